/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_OPTION_HPP
#define PCIPEEK_TESTS_VM_OPTION_HPP

#include <cstdint>
#include <cstdlib>

namespace vm {

/* The number that the kernel command line has for it (run.sh, VM_APPEND). */
inline std::uint64_t option(const char *name, std::uint64_t otherwise)
{
	const char *text = std::getenv(name);
	return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

} // namespace vm

#endif
