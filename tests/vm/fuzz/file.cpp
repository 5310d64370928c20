// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers

#include "file.hpp"

#include <fcntl.h>
#include <linux/pcipeek.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "contract.hpp"
#include "pass_fd.hpp"

namespace fuzz {
namespace {

std::string answer(const std::string &what, int error)
{
	return what + ": " + (error == 0 ? "success" : ::strerrorname_np(error));
}

std::string answer(Command command, int error, bool attached)
{
	return answer(std::string(name_of(command)) + (attached ? "" : " of no attachment"), error);
}

/* SCM_RIGHTS, to oneself. */
int send_to_self(int fd)
{
	std::array<int, 2> ends{};
	if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
		return -1;
	const int received = vm::send_fd(ends[0], fd) == 0 ? vm::receive_fd(ends[1]) : -1;
	::close(ends[0]);
	::close(ends[1]);
	return received;
}

} // namespace

File::~File()
{
	if (fd_ >= 0)
		::close(fd_);
}

File::File(File &&other) noexcept
	: fd_(std::exchange(other.fd_, -1)), description_(std::move(other.description_))
{
}

File &File::operator=(File &&other) noexcept
{
	std::swap(fd_, other.fd_);
	std::swap(description_, other.description_);
	return *this;
}

File File::open(int mode)
{
	File file;
	file.fd_ = ::open("/dev/pcipeek", mode | O_CLOEXEC);
	file.description_ = std::make_shared<Description>();
	return file;
}

File File::duplicate() const
{
	File file;
	file.fd_ = ::dup(fd_);
	file.description_ = description_;
	return file;
}

File File::pass() const
{
	File file;
	file.fd_ = send_to_self(fd_);
	file.description_ = description_;
	return file;
}

File::Complaint File::call(const Call &call, Memory &memory, int &error) const
{
	const bool attached = description_->attached;
	error = ::ioctl(fd_, call.request, call.argument) < 0 ? errno : 0;
	if (call.command == Command::attach && error == 0)
		description_->attached = true;
	const bool has_buffer = call.command == Command::block || call.command == Command::batch;
	const std::vector<Range> ranges = may_change(call, error, memory);
	const auto at =
		has_buffer ? memory.changed(ranges) : memory.changed_near(call.argument, ranges);
	if (!may_answer(call.command, error, attached))
		return answer(call.command, error, attached);
	if (at)
		return answer(call.command, error, attached) + ", and changed byte " +
		       std::to_string(static_cast<std::int64_t>(*at - call.argument)) +
		       " of its argument";
	return {};
}

File::Complaint File::look(Memory &memory)
{
	if (memory.changed({}))
		return "a call changed a byte that was neither argument nor buffer";
	return {};
}

File::Complaint File::map(std::uint64_t bytes, int protection, int flags, std::uint64_t offset,
			  void *&at) const
{
	at = ::mmap(nullptr, bytes, protection, flags, fd_, static_cast<off_t>(offset));
	const int error = at == MAP_FAILED ? errno : 0;
	if (error != 0)
		at = nullptr;
	if (may_map_answer(error, description_->attached))
		return {};
	return answer(description_->attached ? "mmap" : "mmap of no attachment", error);
}

File::Complaint File::poll() const
{
	pollfd asked{fd_, POLLIN | POLLOUT | POLLPRI, 0};
	::poll(&asked, 1, 0);
	const int allowed = description_->attached ? POLLPRI : POLLERR;
	if ((asked.revents & ~allowed) == 0 && (description_->attached || asked.revents != 0))
		return {};
	return "poll: events " + std::to_string(asked.revents);
}

File::Complaint File::read_and_write() const
{
	std::array<char, 8> bytes{};
	const bool read = ::read(fd_, bytes.data(), bytes.size()) < 0;
	const bool write = ::pwrite(fd_, bytes.data(), bytes.size(), 0) < 0;
	if (read && write)
		return {};
	return "read() or write() succeeded";
}

} // namespace fuzz
