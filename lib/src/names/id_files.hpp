// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "names/names.hpp"
#include "names/pci_ids.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pcipeek::detail {

/**
 * Several files of the format of pci.ids, the most trusted first. One that cannot be read,
 * or does not know a number, leaves the question to the next. Each is read when it is
 * first needed, and once. Any number of threads may ask.
 */
class IdFiles {
public:
	explicit IdFiles(std::vector<std::string> paths);

	/** Fills in the names that are still empty. */
	void complete(Names &names, const Identity &identity);

private:
	struct File {
		explicit File(std::string &&bytes);

		std::string text;
		PciIds ids;
	};

	bool is_known(const std::string &text) const;
	void read_next();
	/** The list of that number, of those that have anything; null beyond the last. */
	const PciIds *list(std::size_t index);

	std::vector<std::string> paths_;
	std::mutex reading_;
	std::size_t next_ = 0; // of the paths
	std::vector<std::unique_ptr<const File>> files_;
};

/** Whether a name is missing. */
bool is_incomplete(const Names &names);

/** Where distributions keep their lists, compressed or not. */
IdFiles &machine_id_files();

} // namespace pcipeek::detail
