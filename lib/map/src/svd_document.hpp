// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace pcipeek::map::svd {

/** The elements of an SVD file, and where in it they are. */
class Document {
public:
	/** @p text has to stay for as long as the document. Throws MapError. */
	Document(std::string_view text, std::string file);

	pugi::xml_node device() const;
	const std::string &file() const;

	/** The text of an element without blanks around it; "" of none. Stays. */
	std::string_view text(pugi::xml_node element);

	/** The text of the element's child <name>. */
	std::string_view name_of(pugi::xml_node element);

	/** Throws MapError: "soc.svd:123: register UART0.CTRL: COMPLAINT". */
	[[noreturn]] void fail(pugi::xml_node element, const std::string &complaint);

	/**
	 * Counts the memory that the expanded file takes. Few lines can describe more than
	 * any machine has: that is an error at @p element, before the memory is taken.
	 */
	void spend(pugi::xml_node element, std::size_t bytes);

	/** How many steps all searches in it may take: enough for any file made by people. */
	std::size_t most_steps() const;

private:
	std::size_t line_of(std::ptrdiff_t offset) const;
	std::string place_of(pugi::xml_node element);

	std::string_view text_;
	std::string file_;
	pugi::xml_document xml_;
	/** Texts that comments had cut into pieces. */
	std::deque<std::string> joined_;
	std::size_t spent_ = 0;
};

/** The element that it belongs to: of a register, a cluster or the peripheral. */
pugi::xml_node owner_of(pugi::xml_node element);

} // namespace pcipeek::map::svd
