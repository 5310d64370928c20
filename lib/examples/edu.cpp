// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// usage: edu [DEVICE [ADDRESS]]
//
// Lets QEMU's device "edu" compute 10!, and then copy its buffer to a bus address.
// The registers are those of a header that the command makes of a map:
//
//     pcipeek header 1234-11e8 --namespace edu > edu.hpp
#include "edu.hpp"

#include <pcipeek/pcipeek.hpp>

#include <cstdlib>
#include <iostream>

using namespace std::chrono_literals;

std::uint32_t factorial(const pcipeek::Device &board, std::uint32_t number)
{
	wait_until(board, edu::STATUS.BUSY == 0, 1s);
	write(board, edu::FACTORIAL, number);
	wait_until(board, edu::STATUS.BUSY == 0, 1s);
	return read(board, edu::FACTORIAL);
}

void copy_to_ram(const pcipeek::Device &board, std::uint64_t address)
{
	write(board, edu::DMA_SOURCE, 0x40000); // the buffer of the device
	write(board, edu::DMA_DEST, address);
	write(board, edu::DMA_COUNT, 16);
	update(board, edu::CTRL.START(1) | edu::CTRL.DIRECTION(edu::CTRL.DIRECTION.to_ram));
	wait_until(board, edu::CTRL.START == 0, 1s);
}

int main(int argc, char **argv)
try {
	const auto board = pcipeek::find(argc > 1 ? argv[1] : "1234:11e8");
	std::cout << "10! is " << factorial(board, 10) << '\n';
	if (argc > 2)
		copy_to_ram(board, std::strtoull(argv[2], nullptr, 0));
	return EXIT_SUCCESS;
} catch (const pcipeek::Error &error) {
	std::cerr << "edu: " << error.what() << '\n';
	return EXIT_FAILURE;
}
