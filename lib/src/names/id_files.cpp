// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "names/id_files.hpp"

#include "names/large_file.hpp"

#include <algorithm>
#include <utility>

namespace pcipeek::detail {
namespace {

void complete_one(std::string &name, std::string &&other)
{
	if (name.empty())
		name = std::move(other);
}

} // namespace

bool is_incomplete(const Names &names)
{
	return names.vendor_name.empty() || names.device_name.empty() || names.class_name.empty();
}

IdFiles::File::File(std::string &&bytes) : text{std::move(bytes)}, ids{text}
{
}

IdFiles::IdFiles(std::vector<std::string> paths) : paths_{std::move(paths)}
{
}

// Distributions link one place to the other.
bool IdFiles::is_known(const std::string &text) const
{
	return std::ranges::any_of(files_, [&](const auto &file) { return file->text == text; });
}

void IdFiles::read_next()
{
	auto text = read_large_file(paths_[next_++].c_str());
	if (!text || is_known(*text))
		return;
	auto file = std::make_unique<const File>(std::move(*text));
	if (!file->ids.empty())
		files_.push_back(std::move(file));
}

const PciIds *IdFiles::list(std::size_t index)
{
	const std::lock_guard turn{reading_};
	while (index >= files_.size() && next_ < paths_.size())
		read_next();
	return index < files_.size() ? &files_[index]->ids : nullptr;
}

void IdFiles::complete(Names &names, const Identity &identity)
{
	for (std::size_t index = 0; is_incomplete(names); index++) {
		const PciIds *ids = list(index);
		if (!ids)
			return;
		Names more = ids->names(identity);
		complete_one(names.vendor_name, std::move(more.vendor_name));
		complete_one(names.device_name, std::move(more.device_name));
		complete_one(names.class_name, std::move(more.class_name));
	}
}

IdFiles &machine_id_files()
{
	static IdFiles files{[] {
		std::vector<std::string> paths;
		for (const char *path : {"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids",
					 "/usr/share/pci.ids", "/var/lib/pciutils/pci.ids"})
			for (const char *ending : {"", ".gz"})
				paths.push_back(std::string{path} + ending);
		return paths;
	}()};
	return files;
}

} // namespace pcipeek::detail
