// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "errors/attempt.hpp"

#include <pcipeek/device.hpp>

#include <string>

namespace pcipeek::detail {

/** What open() said of the two nodes that lead to a device; 0 of one that was not tried. */
struct NodeErrors {
	int own = 0;
	int common = 0;
};

/** The errno that stands for both: of the own node if that may not be opened. */
int code_of(const NodeErrors &errors);

/** Neither node could be opened. Names those that were refused. */
Diagnosis diagnose_nodes(const NodeErrors &errors, const Address &address,
			 const OpenOptions &options);

/** VERSION failed on a file of this node, or has another major number. */
Diagnosis diagnose_module(const std::string &path);

/** The device's own node led to another one. */
Diagnosis diagnose_wrong_node(const Address &address, const Address &found);

} // namespace pcipeek::detail
