// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// replay PATH...: runs a target on files, and on those in directories, without a fuzzer.
#include "input.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

int replay(const fs::path &path)
{
	std::ifstream file(path, std::ios::binary);
	const std::string text{std::istreambuf_iterator<char>(file), {}};

	/* A copy that ends where the input ends, so that sanitizers see what is behind. */
	const std::vector<std::uint8_t> input(text.begin(), text.end());
	(void)std::printf("%s\n", path.c_str());
	(void)std::fflush(stdout);
	LLVMFuzzerTestOneInput(input.data(), input.size());
	return 1;
}

int replay_all(const fs::path &path)
{
	int count = 0;

	if (!fs::is_directory(path))
		return replay(path);
	for (const auto &entry : fs::directory_iterator(path))
		count += replay(entry.path());
	return count;
}

} // namespace

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; ++i)
		count += replay_all(argv[i]);
	(void)std::printf("%d inputs\n", count);
	return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
