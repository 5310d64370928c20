// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/registers.hpp>

// A header like those that `pcipeek header` writes, with one register of each kind.
namespace board {

using pcipeek::typed::Access;
using pcipeek::typed::Array;
using pcipeek::typed::Field;
using pcipeek::typed::Named;
using pcipeek::typed::Place;
using pcipeek::typed::Traits;
using pcipeek::typed::WordOrder;

struct STATUS : pcipeek::typed::Register<struct STATUS,
					 Traits{.offset = 0x20, .access = Access::read_only}> {
	using Register::Register;
	Field<Register, 0, 0, Access::read_only> BUSY{*this};
	Field<Register, 11, 8, Access::read_only> STATE{*this};
};
inline constexpr struct STATUS STATUS {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct CTRL : pcipeek::typed::Register<struct CTRL, Traits{.offset = 0x24,
							   .written_as_zero = 0xf0,
							   .written_as_one = 0xf00}> {
	using Register::Register;
	struct MODE_names {
		static constexpr Named<MODE_names, value_type> slow{0};
		static constexpr Named<MODE_names, value_type> fast{2};
	};
	Field<Register, 0, 0> START{*this};
	Field<Register, 2, 1, Access::read_write, MODE_names> MODE{*this};
	Field<Register, 7, 4> EVENTS{*this};
	Field<Register, 16, 16, Access::write_only> KICK{*this};
};
inline constexpr struct CTRL CTRL {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct TRIGGER : pcipeek::typed::Register<struct TRIGGER, Traits{.offset = 0x28,
								 .width = pcipeek::Width::w8,
								 .access = Access::write_only}> {
	using Register::Register;
};
inline constexpr struct TRIGGER TRIGGER {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct POPS
	: pcipeek::typed::Register<struct POPS, Traits{.offset = 0x2c, .read_has_effect = true}> {
	using Register::Register;
	Field<Register, 7, 0> DATA{*this};
};
inline constexpr struct POPS POPS {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct LONG : pcipeek::typed::Register<struct LONG, Traits{.offset = 0x30,
							   .width = pcipeek::Width::w64,
							   .words = 2,
							   .order = WordOrder::high_first}> {
	using Register::Register;
	Field<Register, 63, 32> HIGH{*this};
};
inline constexpr struct LONG LONG {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct COUNTER : pcipeek::typed::Register<struct COUNTER, Traits{.offset = 0x38,
								 .width = pcipeek::Width::w64,
								 .words = 2,
								 .is_volatile = true}> {
	using Register::Register;
};
inline constexpr struct COUNTER COUNTER {
	Place
	{
		.bar = 2, .offset = 0
	}
};

struct PORT {
	Place block;

	struct CMD : pcipeek::typed::Register<struct CMD, Traits{.offset = 0x4}> {
		using Register::Register;
		Field<Register, 0, 0> START{*this};
		Field<Register, 7, 4> SLOT{*this};
	};
	struct CMD CMD {
		block
	};
};
inline constexpr Array<struct PORT, 4, 0x10> PORT{Place{.bar = 2, .offset = 0x40}};

} // namespace board
