// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "map_text.hpp"

#include <string>

namespace pcipeek::test {

/* A device of this text; its first line is the second of the file. */
inline std::string device_of(const std::string &text)
{
	return "<?xml version=\"1.0\"?>\n<device><name>chip</name>" + text + "</device>\n";
}

/* One peripheral P at 0x1000, which has these registers and clusters. */
inline std::string peripheral_of(const std::string &registers)
{
	return device_of("<peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress>"
			 "<registers>" +
			 registers + "</registers></peripheral></peripherals>");
}

/* One register R in it, which has these fields. */
inline std::string register_of(const std::string &fields)
{
	return peripheral_of("<register><name>R</name><addressOffset>4</addressOffset><fields>" +
			     fields + "</fields></register>");
}

/* One register R in it, at 0, which has this inside. */
inline std::string register_r(const std::string &inner)
{
	return peripheral_of("<register><name>R</name><addressOffset>0</addressOffset>" + inner +
			     "</register>");
}

/* A field F. */
inline std::string field_f(const std::string &inner)
{
	return "<field><name>F</name>" + inner + "</field>";
}

inline Map svd(const std::string &text)
{
	return Map::parse(text, MapFormat::svd, "chip.svd");
}

inline std::string svd_error_of(const std::string &text)
{
	return map_error_of([&] { svd(text); });
}

} // namespace pcipeek::test
