// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "header/names.hpp"

#include "errors.hpp"
#include "format.hpp"

#include <pcipeek/map.hpp>

#include <algorithm>
#include <array>

namespace pcipeek::tools::header {

namespace {

/* C++20's keywords and alternative tokens. */
constexpr auto keywords =
	std::to_array<std::string_view>({"alignas",	  "alignof",	 "and",
					 "and_eq",	  "asm",	 "auto",
					 "bitand",	  "bitor",	 "bool",
					 "break",	  "case",	 "catch",
					 "char",	  "char16_t",	 "char32_t",
					 "char8_t",	  "class",	 "co_await",
					 "co_return",	  "co_yield",	 "compl",
					 "concept",	  "const",	 "const_cast",
					 "consteval",	  "constexpr",	 "constinit",
					 "continue",	  "decltype",	 "default",
					 "delete",	  "do",		 "double",
					 "dynamic_cast",  "else",	 "enum",
					 "explicit",	  "export",	 "extern",
					 "false",	  "float",	 "for",
					 "friend",	  "goto",	 "if",
					 "inline",	  "int",	 "long",
					 "mutable",	  "namespace",	 "new",
					 "noexcept",	  "not",	 "not_eq",
					 "nullptr",	  "operator",	 "or",
					 "or_eq",	  "private",	 "protected",
					 "public",	  "register",	 "reinterpret_cast",
					 "requires",	  "return",	 "short",
					 "signed",	  "sizeof",	 "static",
					 "static_assert", "static_cast", "struct",
					 "switch",	  "template",	 "this",
					 "thread_local",  "throw",	 "true",
					 "try",		  "typedef",	 "typeid",
					 "typename",	  "union",	 "unsigned",
					 "using",	  "virtual",	 "void",
					 "volatile",	  "wchar_t",	 "while",
					 "xor",		  "xor_eq"});

/* Members of the library's types, and what the header itself uses. */
constexpr auto taken = std::to_array<std::string_view>(
	{"Register", "block", "mask", "of", "pcipeek", "place", "std", "traits", "value_type"});

/* Macros of the C library that stand for something without parentheses behind them. */
constexpr auto macros = std::to_array<std::string_view>(
	{"BUFSIZ",	 "CHAR_BIT",	"CHAR_MAX",   "CHAR_MIN",    "EOF",	    "EXIT_FAILURE",
	 "EXIT_SUCCESS", "INTMAX_MAX",	"INTMAX_MIN", "INTPTR_MAX",  "INTPTR_MIN",  "INT_MAX",
	 "INT_MIN",	 "LLONG_MAX",	"LLONG_MIN",  "LONG_MAX",    "LONG_MIN",    "NULL",
	 "PTRDIFF_MAX",	 "PTRDIFF_MIN", "RAND_MAX",   "SCHAR_MAX",   "SCHAR_MIN",   "SHRT_MAX",
	 "SHRT_MIN",	 "SIZE_MAX",	"UCHAR_MAX",  "UINTMAX_MAX", "UINTPTR_MAX", "UINT_MAX",
	 "ULLONG_MAX",	 "ULONG_MAX",	"USHRT_MAX",  "WCHAR_MAX",   "WCHAR_MIN",   "WINT_MAX",
	 "WINT_MIN",	 "errno",	"linux",      "stderr",	     "stdin",	    "stdout",
	 "unix"});

template <class List>
bool has(const List &list, std::string_view name)
{
	return std::ranges::find(list, name) != list.end();
}

bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name(std::string_view text)
{
	return !text.empty() && is_letter(text.front()) &&
	       std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); });
}

} // namespace

std::string identifier(std::string_view name)
{
	const bool is_free = !has(keywords, name) && !has(taken, name) && !has(macros, name);

	return std::string(name) + (is_free ? "" : "_");
}

std::string namespace_for(const std::string &map_name)
{
	std::string text;

	for (const char c : map_name)
		if (is_letter(c) || is_digit(c))
			text += lower(c);
		else if (!text.empty() && text.back() != '_')
			text += '_';
	while (text.ends_with('_'))
		text.pop_back();
	if (!is_name(text))
		throw UsageError(formatted("the map's name, '{}', makes no namespace; "
					   "choose one with --namespace NAME",
					   map_name));
	return identifier(text);
}

void check_namespace(const std::string &text)
{
	std::string_view rest = text;

	for (;;) {
		const auto part = rest.substr(0, rest.find("::"));

		if (!is_name(part) || identifier(part) != part)
			throw UsageError(
				formatted("--namespace '{}': '{}' is not a name for a "
					  "namespace; write one such as edu or boards::edu",
					  text, part));
		if (part.size() == rest.size())
			return;
		rest.remove_prefix(part.size() + 2);
	}
}

Scope::Scope(std::string owner) : owner_(std::move(owner))
{
}

std::string Scope::here(std::string_view name) const
{
	const auto text = identifier(name);

	return text == owner_ ? text + '_' : text;
}

bool Scope::has_room_for(std::string_view name) const
{
	return !names_.contains(here(name));
}

std::string Scope::add(const std::string &name)
{
	const auto [place, is_new] = names_.emplace(here(name), name);

	if (!is_new)
		throw MapError(formatted("'{}' and '{}' would both be '{}' in C++{}; rename one of "
					 "them in the map",
					 place->second, name, place->first,
					 owner_.empty() ? "" : ", in " + owner_));
	return place->first;
}

} // namespace pcipeek::tools::header
