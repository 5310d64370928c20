// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// usage: hand_over DEVICE BAR [UID]
//
// A privileged program hands one BAR of a device, for reading, to a program that it does
// not trust. The other one is a child process that gave up all privileges before there was
// anything to keep: it receives an open file, and can read the BAR by it. It then tries
// whatever else it might do with that file. The exit status is 0 if the child could read
// its BAR, and everything else was refused.
//
//     # hand_over 00:03.0 0
//     the child reads 0x010000ed
//     writing: Permission denied
//     ...
#include <linux/pcipeek.h>
#include <pcipeek/pcipeek.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <grp.h>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr unsigned nobody = 65534;

[[noreturn]] void fail(const char *what)
{
	throw std::system_error{errno, std::generic_category(), what};
}

// ------------------------------------------- a descriptor through a socket, unix(7) --

struct Message {
	Message()
	{
		header.msg_iov = &content;
		header.msg_iovlen = 1;
		header.msg_control = control.data();
		header.msg_controllen = control.size();
	}

	char byte = 0;
	iovec content{&byte, 1};
	alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
	msghdr header{};
};

void send_descriptor(int socket, int fd)
{
	Message message;
	cmsghdr *control = CMSG_FIRSTHDR(&message.header);
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = CMSG_LEN(sizeof(fd));
	std::memcpy(CMSG_DATA(control), &fd, sizeof(fd));
	if (::sendmsg(socket, &message.header, 0) < 0)
		fail("sendmsg");
}

int receive_descriptor(int socket)
{
	Message message;
	int fd = -1;
	if (::recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) < 0)
		fail("recvmsg");
	const cmsghdr *control = CMSG_FIRSTHDR(&message.header);
	if (!control || control->cmsg_type != SCM_RIGHTS)
		throw std::runtime_error{"the parent sent no descriptor"};
	std::memcpy(&fd, CMSG_DATA(control), sizeof(fd));
	return fd;
}

// -------------------------------------------------------------------- the parent --

void hand_over(int socket, const pcipeek::Address &address, unsigned bar)
{
	const auto devices = pcipeek::lspci({.address = address});
	if (devices.empty())
		throw std::runtime_error{"there is no device " + to_string(address)};
	const pcipeek::Device &device = devices.front();
	device.open({.write = true, .map = true});
	device.drop_rights({.bars = {bar}});
	send_descriptor(socket, device.fd());
}

// --------------------------------------------------------------------- the child --

void drop_privileges(unsigned user)
{
	if (::setgroups(0, nullptr) || ::setgid(user) || ::setuid(user))
		fail("cannot give up privileges");
}

// The library does not ask for what it knows to be hopeless; the kernel is asked itself.
void ask_kernel(int fd, unsigned long request, void *argument)
{
	if (::ioctl(fd, request, argument) < 0)
		fail("ioctl");
}

void read_other_bar(int fd, unsigned bar)
{
	pcipeek_access access{};
	access.bar = static_cast<__u8>((bar + 1) % PCIPEEK_BAR_COUNT);
	access.width = 1;
	ask_kernel(fd, PCIPEEK_IOC_READ, &access);
}

void restrict_upwards(int fd)
{
	pcipeek_restrict rights{};
	rights.size = sizeof(rights);
	rights.rights = PCIPEEK_RIGHT_ALL_BARS | PCIPEEK_RIGHT_WRITE;
	ask_kernel(fd, PCIPEEK_IOC_RESTRICT, &rights);
}

void attach(int fd, const pcipeek::Address &address)
{
	pcipeek_attach attach{};
	attach.size = sizeof(attach);
	attach.domain = address.domain;
	attach.bus = address.bus;
	attach.devfn = static_cast<__u8>(address.device << 3 | address.function);
	attach.rights = PCIPEEK_RIGHT_ALL_BARS;
	ask_kernel(fd, PCIPEEK_IOC_ATTACH, &attach);
}

void open_node()
{
	if (::open("/dev/pcipeek", O_RDONLY | O_CLOEXEC) < 0)
		fail("open");
}

bool is_refused(const char *what, const std::function<void()> &action)
{
	try {
		action();
	} catch (const std::system_error &error) {
		std::cout << what << ": " << error.code().message() << '\n';
		return true;
	}
	std::cout << what << ": done, and should have been refused\n";
	return false;
}

bool use(const pcipeek::Device &device, unsigned index)
{
	const pcipeek::Bar bar = device.bar(index);
	const int fd = device.fd();
	const pcipeek::Address address = device.address();
	bool refused = true;

	std::cout << "the child reads 0x" << std::hex << std::setw(8) << std::setfill('0')
		  << pcipeek::read<std::uint32_t>(bar, 0) << '\n';
	refused &= is_refused("writing", [&] { pcipeek::write(bar, 0, std::uint32_t{0}); });
	refused &= is_refused("another BAR", [&] { read_other_bar(fd, index); });
	refused &= is_refused("mapping", [&] { pcipeek::Mapping{bar}; });
	refused &= is_refused("mapping for writing", [&] {
		pcipeek::Mapping{bar, 0, 0, {.write = true}};
	});
	refused &= is_refused("more rights", [&] { restrict_upwards(fd); });
	refused &= is_refused("attaching again", [&] { attach(fd, address); });
	refused &= is_refused("a file of its own", open_node);
	return refused;
}

int child(int socket, unsigned bar, unsigned user)
{
	drop_privileges(user);
	const auto device = pcipeek::Device::adopt(receive_descriptor(socket));
	return use(device, bar) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int result_of(pid_t process)
{
	int status = 0;
	if (::waitpid(process, &status, 0) < 0)
		fail("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

int run(const pcipeek::Address &address, unsigned bar, unsigned user)
{
	std::array<int, 2> sockets{};
	if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()))
		fail("socketpair");
	const pid_t process = ::fork();
	if (process < 0)
		fail("fork");
	if (process == 0) {
		::close(sockets[0]);
		return child(sockets[1], bar, user);
	}
	::close(sockets[1]);
	hand_over(sockets[0], address, bar);
	return result_of(process);
}

} // namespace

int main(int argc, char **argv)
try {
	const auto address = pcipeek::Address::parse(argc > 1 ? argv[1] : "");
	if (argc < 3 || argc > 4 || !address) {
		std::cerr << "usage: hand_over DEVICE BAR [UID]\n";
		return 2;
	}
	const auto user = argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : nobody;
	return run(*address, static_cast<unsigned>(std::stoul(argv[2])), user);
} catch (const std::exception &error) {
	std::cerr << "hand_over: " << error.what() << '\n';
	return EXIT_FAILURE;
}
