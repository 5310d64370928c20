/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_FLICKERING_HPP
#define PCIPEEK_TESTS_VM_FLICKERING_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>

#include "attachment.hpp"

namespace vm {

/*
 * A function that decodes now and then, for as long as this lives, while somebody reads
 * it. It decodes again only once the reader was refused: one that came back between a
 * read of all ones and the question that follows it cannot be told from one that was
 * never away.
 */
class Flickering {
public:
	/* @bits of the command word go and come; the reader counts its @refusals. */
	Flickering(std::string address, std::uint16_t bits, const std::atomic<unsigned> &refusals)
		: address_(std::move(address)), bits_(bits), refusals_(refusals)
	{
	}
	~Flickering()
	{
		over_ = true;
		thread_.join();
	}
	Flickering(const Flickering &) = delete;
	Flickering &operator=(const Flickering &) = delete;

private:
	void run()
	{
		while (!over_) {
			const unsigned until = refusals_;
			set_command(address_, command_ & ~bits_);
			while (refusals_ == until && !over_)
				std::this_thread::yield();
			set_command(address_, command_);
			std::this_thread::sleep_for(std::chrono::microseconds(300));
		}
	}

	const std::string address_;
	const std::uint16_t bits_;
	const std::atomic<unsigned> &refusals_;
	const std::uint16_t command_ = command_of(address_);
	std::atomic<bool> over_ = false;
	std::thread thread_{[this] {
		run();
	}};
};

} // namespace vm

#endif
