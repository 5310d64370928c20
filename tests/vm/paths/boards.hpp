/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_PATHS_BOARDS_HPP
#define PCIPEEK_TESTS_VM_PATHS_BOARDS_HPP

#include <string>
#include <vector>

#include "every_read.hpp"

/* What machine-paths.conf has, and where the firmware puts it. */
namespace paths {

using vm::Board;

/* Behind the first root port, in machine.conf. */
inline const std::string port = "0000:00:09.0";
inline const Board nvme{"0000:01:00.0", "nvme", 0, 8, 0x00010400, false};

/* A port, a switch and a conventional bus, from the root bus down. */
inline const std::vector<std::string> chain{"0000:00:0a.0", "0000:02:00.0", "0000:03:00.0",
					    "0000:04:00.0"};
inline const Board ports{"0000:05:01.0", "ports", 0, 0, 0x0c005452, true, 0};
inline const Board memory{"0000:05:01.0", "memory", 0, 0, 0x0c005452, false, 1};
inline const Board prefetchable{"0000:05:02.0", "prefetchable", 0, 8, 0x01234567, false, 2};

/* The same behind an expander bridge. */
inline const std::vector<std::string> expanded{"0000:80:00.0", "0000:81:00.0"};
inline const Board expanded_ports{"0000:82:01.0", "expanded_ports", 0, 0, 0x0c005452, true, 0};
inline const Board expanded_memory{"0000:82:01.0", "expanded_memory", 0, 0, 0x0c005452, false, 1};

} // namespace paths

#endif
