// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/scanner.hpp"

#include "errors.hpp"
#include "format.hpp"

namespace pcipeek::tools {

namespace {

/* Not std::isalnum(): it asks the locale. */
bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name(char c)
{
	return is_word(c) || c == '_';
}

} // namespace

Scanner::Scanner(std::string_view text) : text_(text)
{
}

bool Scanner::at_end() const
{
	return position_ == text_.size();
}

std::size_t Scanner::position() const
{
	return position_;
}

std::string_view Scanner::text() const
{
	return text_;
}

std::string_view Scanner::rest() const
{
	return text_.substr(position_);
}

bool Scanner::sees(std::string_view expected) const
{
	return rest().starts_with(expected);
}

bool Scanner::sees_name() const
{
	const char next = at_end() ? ' ' : rest().front();

	return is_name(next) && !(next >= '0' && next <= '9');
}

bool Scanner::take(std::string_view expected)
{
	if (!sees(expected))
		return false;
	position_ += expected.size();
	return true;
}

std::string_view Scanner::take_word()
{
	return take_while(is_word);
}

std::string_view Scanner::take_name()
{
	return take_while(is_name);
}

std::string_view Scanner::take_while(bool (*wanted)(char c))
{
	const std::size_t start = position_;

	while (!at_end() && wanted(text_[position_]))
		++position_;
	return text_.substr(start, position_ - start);
}

void Scanner::fail(std::string_view complaint) const
{
	fail_at(position_, complaint);
}

void Scanner::fail_at(std::size_t position, std::string_view complaint) const
{
	throw UsageError(formatted("'{}', column {}: {}", text_, position + 1, complaint));
}

} // namespace pcipeek::tools
