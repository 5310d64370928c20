// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdint>
#include <vector>

extern "C" {
#include "interpreter.h"
#include "ops.h"
}

namespace pcipeek::test {

/* A batch in the caller's memory. */
inline pcipeek_batch batch_of(std::vector<pcipeek_op> &ops)
{
	pcipeek_batch made{};
	made.ops = reinterpret_cast<std::uintptr_t>(ops.data());
	made.count = static_cast<std::uint32_t>(ops.size());
	made.op_size = sizeof(pcipeek_op);
	return made;
}

/* What the module makes of it. */
struct Fetched {
	std::vector<pcipeek_op> ops; // its copy
	int error = 0;
	bool writes = false;
};

inline Fetched fetch(const pcipeek_batch &batch, std::uint64_t rights, const pcipeek_limits &limits)
{
	pcipeek_checks checks{};
	checks.rights = rights;
	checks.limits = &limits;
	checks.timeout = batch.timeout_ns;
	Fetched made{std::vector<pcipeek_op>(batch.count)};
	made.error = pcipeek_ops_fetch(made.ops.data(), &batch, &checks);
	made.writes = checks.writes;
	return made;
}

} // namespace pcipeek::test
