// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "litex_json.hpp"

#include "builder.hpp"
#include "reader_text.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace pcipeek::map::litex {
namespace {

// Without the name of the exception, and where it was: that is before the text.
std::string reason_of(const Json::exception &error)
{
	std::string text = error.what();

	for (const char *const mark : {"] ", "parse error at ", ": "}) {
		const std::size_t at = text.find(mark);
		if (at != std::string::npos)
			text.erase(0, at + std::string_view{mark}.size());
	}
	constexpr std::size_t longest = 160;
	return prose(text.substr(0, longest));
}

std::size_t line_of(std::string_view text, std::size_t byte)
{
	const auto before = text.substr(0, byte);

	return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

/** Of the objects that are open, the keys as yet. */
class Keys {
public:
	/** False if that is the second time. */
	bool add(Json::parse_event_t event, const Json &value)
	{
		if (event == Json::parse_event_t::object_start)
			open_.emplace_back();
		else if (event == Json::parse_event_t::object_end)
			open_.pop_back();
		else if (event == Json::parse_event_t::key)
			return open_.back().insert(value.get<std::string>()).second;
		return true;
	}

private:
	std::vector<std::set<std::string>> open_;
};

} // namespace

Document::Document(std::string_view text, std::string file) : file_{std::move(file)}
{
	try {
		parse(text);
	} catch (const Json::parse_error &error) {
		map::fail(file_, line_of(text, error.byte), "malformed JSON: " + reason_of(error));
	} catch (const Json::exception &error) {
		map::fail(file_, 0, "malformed JSON: " + reason_of(error));
	}
	if (!json_.is_object())
		map::fail(file_, 0, "this is not LiteX's csr.json: it is not an object");
}

// nlohmann-json keeps one of two values with the same key, and says nothing.
void Document::parse(std::string_view text)
{
	Keys keys;

	json_ = Json::parse(text, [&](int, Json::parse_event_t event, Json &value) {
		if (!keys.add(event, value))
			map::fail(file_, 0,
				  "the key " + in_quotes(value.get<std::string>()) +
					  " is there twice");
		return true;
	});
}

const std::string &Document::file() const
{
	return file_;
}

const Json &Document::section(const char *name) const
{
	static const Json none = Json::object();
	const auto found = json_.find(name);

	if (found == json_.end())
		return none;
	if (!found->is_object())
		fail(name, "it is not an object");
	return *found;
}

const Json &Document::required_section(const char *name) const
{
	if (!json_.contains(name))
		map::fail(file_, 0, std::string{"this is not LiteX's csr.json: it has no "} + name);
	return section(name);
}

std::uint64_t Document::number(const Json &value, const std::string &where) const
{
	if (!value.is_number_unsigned())
		fail(where, std::string{"it is "} +
				    (value.is_number() ? "negative or broken" : value.type_name()) +
				    ", and not a number from 0 up");
	return value.get<std::uint64_t>();
}

std::uint64_t Document::number(const Json &object, const char *key, const std::string &where) const
{
	if (!object.is_object())
		fail(where, "it is not an object");
	const auto found = object.find(key);
	if (found == object.end())
		fail(where, std::string{key} + " is missing");
	return number(*found, where + '.' + key);
}

std::uint64_t Document::number(const Json &object, const char *key, const std::string &where,
			       std::uint64_t otherwise) const
{
	return object.contains(key) ? number(object, key, where) : otherwise;
}

void Document::fail(const std::string &where, const std::string &complaint) const
{
	constexpr std::size_t longest = 200;

	map::fail(file_, 0, prose(where.substr(0, longest)) + ": " + complaint);
}

} // namespace pcipeek::map::litex
