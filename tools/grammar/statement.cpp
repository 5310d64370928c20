// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/statement.hpp"

#include "errors.hpp"
#include "format.hpp"
#include "grammar/duration.hpp"

namespace pcipeek::tools {

namespace {

constexpr std::chrono::nanoseconds default_timeout = std::chrono::seconds(1);
constexpr std::string_view blanks = " \t\r\v\f";

/* Steps over the text up to the first of the delimiters, and over that. */
std::string_view take_until(std::string_view &text, std::string_view delimiters)
{
	const auto taken = text.substr(0, text.find_first_of(delimiters));

	text.remove_prefix(std::min(taken.size() + 1, text.size()));
	return taken;
}

std::vector<std::string_view> split_words(std::string_view text)
{
	std::vector<std::string_view> words;

	while (!text.empty()) {
		const auto word = take_until(text, blanks);

		if (!word.empty())
			words.push_back(word);
	}
	return words;
}

void split_line(std::string_view text, std::size_t line, std::vector<Statement> &statements)
{
	text = text.substr(0, text.find('#'));
	while (!text.empty()) {
		auto words = split_words(take_until(text, ";"));

		if (!words.empty())
			statements.push_back({line, std::move(words)});
	}
}

void check_words(std::span<const std::string_view> words, std::size_t least, std::size_t most,
		 std::string_view form)
{
	if (words.size() < least)
		throw UsageError(formatted("'{}' is incomplete; write {}", words.front(), form));
	if (words.size() > most)
		throw UsageError(formatted("unexpected '{}'; write {}", words[most], form));
}

Action parse_wait(std::span<const std::string_view> words)
{
	check_words(words, 2, 3, "wait CONDITION [TIMEOUT]");

	const Wait wait{parse_condition(words[1]),
			words.size() > 2 ? parse_duration(words[2]) : default_timeout};
	if (wait.timeout > longest_batch)
		throw UsageError(formatted("'{}': a batch takes at most 10s; 'pcipeek wait' "
					   "waits longer",
					   words[2]));
	return wait;
}

Action parse_expect(std::span<const std::string_view> words)
{
	check_words(words, 2, 2, "expect CONDITION");
	return Expect{parse_condition(words[1])};
}

Action parse_delay(std::span<const std::string_view> words)
{
	check_words(words, 2, 2, "delay TIME");
	return Delay{parse_duration(words[1])};
}

Action parse_flush(std::span<const std::string_view> words)
{
	check_words(words, 1, 1, "flush");
	return Flush{};
}

bool begins_with_region(std::string_view word)
{
	return word.starts_with("bar") || word.starts_with("config") || word.starts_with("rom");
}

/* A name that has other words behind it is rather a statement that nobody knows. */
bool is_location(std::span<const std::string_view> words)
{
	return begins_with_region(words.front()) ||
	       (words.size() == 1 && begins_with_symbol(words.front()));
}

Action parse_read(std::string_view word)
{
	Location location = parse_location(word);

	require_bar(location);
	return location;
}

Action parse_write(std::string_view word)
{
	Assign assign = parse_assign(word);

	require_bar(assign.location);
	return assign;
}

Action parse_access(std::span<const std::string_view> words)
{
	const std::string_view word = words.front();

	if (!is_location(words))
		throw UsageError(formatted("'{}' is not understood; a line is LOCATION, ASSIGN, "
					   "wait, expect, delay or flush",
					   word));
	check_words(words, 1, 1, "LOCATION or LOCATION=VALUE[:MASK], without blanks in it");
	if (word.find("==") != std::string_view::npos || word.find("!=") != std::string_view::npos)
		throw UsageError(
			formatted("'{}' is a condition; write wait or expect before it", word));
	return word.find('=') == std::string_view::npos ? parse_read(word) : parse_write(word);
}

} // namespace

std::vector<Statement> split_statements(std::string_view text)
{
	std::vector<Statement> statements;

	for (std::size_t line = 1; !text.empty(); ++line)
		split_line(take_until(text, "\n"), line, statements);
	return statements;
}

Action parse_action(std::span<const std::string_view> words)
{
	if (words.front() == "wait")
		return parse_wait(words);
	if (words.front() == "expect")
		return parse_expect(words);
	if (words.front() == "delay")
		return parse_delay(words);
	if (words.front() == "flush")
		return parse_flush(words);
	return parse_access(words);
}

} // namespace pcipeek::tools
