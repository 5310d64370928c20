// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/comment.hpp"

#include <algorithm>
#include <vector>

namespace pcipeek::tools::header {

namespace {

constexpr std::size_t longest_line = 92;

bool is_space(char c)
{
	return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

/* Lines of words, as long as they may be. */
std::vector<std::string> wrapped(const std::string &text, std::size_t width)
{
	std::vector<std::string> lines(1);
	std::size_t start = 0;

	while (start < text.size()) {
		const auto end = std::min(text.find(' ', start), text.size());
		const auto word = text.substr(start, end - start);

		if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width)
			lines.emplace_back();
		lines.back() += (lines.back().empty() ? "" : " ") + word;
		start = end + 1;
	}
	return lines;
}

} // namespace

std::string in_comment(std::string_view text)
{
	std::string line;

	for (const char c : text) {
		if (c == '/' && line.ends_with('*'))
			line += ' ';
		if (!is_space(c))
			line += c;
		else if (!line.empty() && !line.ends_with(' '))
			line += ' ';
	}
	while (line.ends_with(' ') || line.ends_with('\\'))
		line.pop_back();
	return line;
}

std::string doc_comment(const std::string &description, const std::string &source,
			std::size_t depth)
{
	const std::string indent(depth, '\t');
	std::string text = in_comment(description);

	if (const auto from = in_comment(source); !from.empty())
		text += text.empty() ? from : " (" + from + ")";
	if (text.empty())
		return "";

	const auto lines = wrapped(text, longest_line - 8 * std::min<std::size_t>(depth, 6));
	if (lines.size() == 1)
		return indent + "/** " + lines[0] + " */\n";
	std::string comment = indent + "/**\n";
	for (const auto &line : lines)
		comment.append(indent).append(" * ").append(line).append("\n");
	return comment + indent + " */\n";
}

} // namespace pcipeek::tools::header
