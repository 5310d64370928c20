/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_LIBRARY_HPP
#define PCIPEEK_TESTS_VM_LIBRARY_HPP

#include <pcipeek/pcipeek.hpp>

#include <gtest/gtest.h>

#include <string>

/* What the tests of the library, lib_*_test.cpp, share. */
namespace vm {

inline pcipeek::Device device_at(const std::string &address)
{
	return pcipeek::lspci({.address = pcipeek::Address::parse(address)}).at(0);
}

/* Why the action is refused; that it is not is a failed test. */
template <class Action>
pcipeek::Cause cause_of(const Action &action)
{
	try {
		action();
	} catch (const pcipeek::Error &error) {
		return error.cause();
	}
	ADD_FAILURE() << "nothing was refused";
	return pcipeek::Cause::other;
}

} // namespace vm

#endif
