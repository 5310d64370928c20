/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_MACHINE_HPP
#define PCIPEEK_TESTS_VM_MACHINE_HPP

#include <string>

/* Where machine.conf puts the functions; guest/machine.sh has it for the shell. */
namespace vm {

inline const std::string host_bridge = "0000:00:00.0";
inline const std::string edu = "0000:00:03.0";
inline const std::string testdev = "0000:00:04.0";
inline const std::string ivshmem = "0000:00:05.0";
inline const std::string rtl8139 = "0000:00:06.0";
inline const std::string serial = "0000:00:08.0";
inline const std::string bridge = "0000:00:09.0";
inline const std::string nvme = "0000:01:00.0";
inline const std::string nobody_there = "0000:00:1e.7";

} // namespace vm

#endif
