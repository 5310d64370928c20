// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace pcipeek::test {

// A folder for the files of one test.
class MapFolder {
public:
	MapFolder()
	{
		std::string name =
			(std::filesystem::temp_directory_path() / "pcipeek-XXXXXX").string();
		path_ = mkdtemp(name.data());
	}

	~MapFolder()
	{
		std::error_code ignored;
		std::filesystem::remove_all(path_, ignored);
	}

	MapFolder(const MapFolder &) = delete;
	MapFolder &operator=(const MapFolder &) = delete;

	std::filesystem::path write(const std::string &name, const std::string &text) const
	{
		std::ofstream{path_ / name, std::ios::binary} << text;
		return path_ / name;
	}

	const std::filesystem::path &path() const
	{
		return path_;
	}

private:
	std::filesystem::path path_;
};

} // namespace pcipeek::test
