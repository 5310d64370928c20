// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/error.hpp>

#include <gtest/gtest.h>

namespace pcipeek::test {

// The Error that the action ends with. That there is none is a failure.
template <class Action>
Error refusal_of(const Action &action)
{
	try {
		action();
	} catch (const Error &error) {
		return error;
	}
	ADD_FAILURE() << "nothing was refused";
	return Error{{}};
}

} // namespace pcipeek::test
