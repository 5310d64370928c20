// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_text.hpp"

#include "builder.hpp"

#include <algorithm>

namespace pcipeek::map {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

class Characters {
public:
	explicit Characters(std::string_view text) : text_{text}
	{
	}

	// Where the first one is that is not allowed; npos if there is none.
	std::size_t find_forbidden()
	{
		while (at_ < text_.size()) {
			const char c = text_[at_];
			if (c == '#')
				skip_line();
			else if ((c == '"' || c == '\'') && is_between_words())
				skip_string(c);
			else if (is_beyond_ascii(c))
				return at_;
			else
				at_++;
			if (forbidden_ != std::string_view::npos)
				return forbidden_;
		}
		return std::string_view::npos;
	}

private:
	static bool is_beyond_ascii(char c)
	{
		return (static_cast<unsigned char>(c) & 0x80) != 0;
	}

	// A quote within a word begins no string: the parser takes it for a part of that word.
	bool is_between_words() const
	{
		return at_ == 0 || std::string_view{" \t\r\n=[{,."}.find(text_[at_ - 1]) !=
					   std::string_view::npos;
	}

	void skip_line()
	{
		at_ = std::min(text_.find('\n', at_), text_.size());
	}

	void skip_string(char quote)
	{
		const std::string triple(3, quote);
		const bool is_long = text_.substr(at_).starts_with(triple);
		at_ += is_long ? 3 : 1;
		for (; at_ < text_.size(); at_++) {
			const std::string_view rest = text_.substr(at_);
			if (is_long ? rest.starts_with(triple)
				    : rest[0] == quote || rest[0] == '\n')
				break;
			if (is_long && is_beyond_ascii(rest[0]))
				forbidden_ = std::min(forbidden_, at_);
			if (quote == '"' && rest[0] == '\\')
				at_++;
		}
		// Up to five quotes end a long one: two of them belong to it.
		const std::size_t end = is_long ? text_.find_first_not_of(quote, at_) : at_ + 1;
		at_ = std::min(end, text_.size());
	}

	std::string_view text_;
	std::size_t at_ = 0;
	std::size_t forbidden_ = std::string_view::npos;
};

} // namespace

void check_characters(std::string_view text, const std::string &file)
{
	const std::size_t start = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
	const std::size_t at = Characters{text.substr(start)}.find_forbidden();
	if (at == std::string_view::npos)
		return;
	const auto before = text.substr(0, start + at);
	fail(file, static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
	     "a character beyond ASCII; they are for comments and for strings on one line");
}

} // namespace pcipeek::map
