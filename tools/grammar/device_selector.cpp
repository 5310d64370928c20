// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "grammar/device_selector.hpp"

#include "format.hpp"
#include "grammar/number.hpp"
#include "grammar/pattern.hpp"

namespace pcipeek::tools {

namespace {

Address take_address(Scanner &in)
{
	const std::string_view rest = in.rest();
	const auto address = Address::parse(rest);

	if (!address)
		in.fail(formatted("'{}' is not an address; write [domain:]bus:device.function "
				  "in hexadecimal, such as 0000:05:0d.0",
				  rest));
	in.take(rest);
	return *address;
}

constexpr std::string_view hint = "; an address has a dot, as in 05:0d.0";

Ids take_ids(Scanner &in)
{
	Ids ids{};

	ids.vendor = take_id(in, hint);
	if (!in.take(":"))
		in.fail("':' is missing; a device is [domain:]bus:device.function "
			"or vvvv:dddd[@BDF|@N]");
	ids.device = take_id(in, hint);
	return ids;
}

void take_choice(Scanner &in, DeviceSelector &spec)
{
	if (in.rest().find(':') != std::string_view::npos)
		spec.address = take_address(in);
	else
		spec.index = take_number(in);
}

} // namespace

DeviceSelector parse_device(std::string_view text)
{
	Scanner in(text);
	DeviceSelector spec;

	spec.text = text;
	if (text.substr(0, text.find('@')).find('.') != std::string_view::npos) {
		spec.address = take_address(in);
		return spec;
	}
	spec.ids = take_ids(in);
	if (in.take("@"))
		take_choice(in, spec);
	if (!in.at_end())
		in.fail(formatted("'{}' is not understood here; write vvvv:dddd, "
				  "vvvv:dddd@BDF or vvvv:dddd@N",
				  in.rest()));
	return spec;
}

} // namespace pcipeek::tools
