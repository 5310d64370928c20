// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "pass_fd.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace vm {
namespace {

union Control {
	cmsghdr header;
	std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

msghdr message_of(iovec &byte, Control &control)
{
	msghdr message{};
	message.msg_iov = &byte;
	message.msg_iovlen = 1;
	message.msg_control = control.bytes.data();
	message.msg_controllen = control.bytes.size();
	return message;
}

} // namespace

int send_fd(int socket, int fd)
{
	char letter = 'f';
	iovec byte{&letter, 1};
	Control control{};
	const msghdr message = message_of(byte, control);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	std::memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return ::sendmsg(socket, &message, MSG_DONTWAIT) < 0 ? errno : 0;
}

int receive_fd(int socket)
{
	char letter = 0;
	iovec byte{&letter, 1};
	Control control{};
	msghdr message = message_of(byte, control);
	int fd = -1;
	if (::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) == 1 &&
	    CMSG_FIRSTHDR(&message) != nullptr)
		std::memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
	return fd;
}

} // namespace vm
