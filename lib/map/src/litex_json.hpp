// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace pcipeek::map::litex {

using Json = nlohmann::json;

/** The objects of a csr.json. What is not as it has to be is a MapError. */
class Document {
public:
	Document(std::string_view text, std::string file);

	const std::string &file() const;

	/** An object at the top; empty if there is none. */
	const Json &section(const char *name) const;

	/** The same, that has to be there. */
	const Json &required_section(const char *name) const;

	/** A number in @p object; @p where is for errors: "csr_registers.ctrl_reset". */
	std::uint64_t number(const Json &object, const char *key, const std::string &where) const;
	std::uint64_t number(const Json &object, const char *key, const std::string &where,
			     std::uint64_t otherwise) const;
	std::uint64_t number(const Json &value, const std::string &where) const;

	/** Throws MapError: "csr.json: WHERE: COMPLAINT". */
	[[noreturn]] void fail(const std::string &where, const std::string &complaint) const;

private:
	void parse(std::string_view text);

	std::string file_;
	Json json_;
};

} // namespace pcipeek::map::litex
