#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# usage: refused_code_test.sh CXX INCLUDE CLAIM
#
# Code that must not compile: the compiler makes one error of it, which has the sentence that
# says what to do. Optimised, since compilers see most constants only then.
set -eu

cxx=$1
include=$2
claim=$3
here=$(dirname "$(readlink -f "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# compile STATEMENTS: what the compiler says of them; its exit status is the result.
compile() {
	cat >"$scratch/code.cpp" <<-END
		#include "board_registers.hpp"
		void f(const pcipeek::Device &device, const pcipeek::Bar &bar, std::uint64_t v) {
			using namespace std::chrono_literals;
			(void)device, (void)bar, (void)v;
			$1
		}
	END
	"$cxx" -std=c++20 -O1 -I"$include" -I"$here" -c "$scratch/code.cpp" \
		-o "$scratch/code.o" 2>"$scratch/said"
}

fail() {
	echo "$*" >&2
	cat "$scratch/said" >&2
	exit 1
}

# refuses STATEMENT SENTENCE
refuses() {
	local errors lines
	! compile "$1" || fail "it compiles: $1"
	errors=$(grep -c 'error:' "$scratch/said")
	lines=$(wc -l <"$scratch/said")
	grep -q "error: .*$2" "$scratch/said" || fail "the sentence is not there: $2"
	[[ $errors == 1 ]] || fail "$errors errors for: $1"
	((lines <= 20)) || fail "$lines lines for: $1"
}

it_compiles_what_is_right() {
	compile '(void)read(device, board::STATUS.BUSY); write(bar, board::TRIGGER, 0xff);
		update(device, board::CTRL.START(1) | board::CTRL.MODE(board::CTRL.MODE.fast));
		(void)wait_until(device, board::STATUS.BUSY == 0, 10ms);
		(void)read<std::uint32_t>(device, board::PORT[v].CMD);
		write<std::uint64_t>(bar, 0, 1); write<std::uint8_t>(bar, 0, 1);
		write(bar, 0, std::uint32_t{1}); write(bar, 0, std::vector<std::byte>(2));
		fill<std::uint64_t>(bar, 0, 0, 2); (void)read(bar, 0, 2);
		(void)read<std::uint16_t>(bar, 0);' || fail "it does not compile"
}

it_refuses_to_read_what_is_write_only() {
	refuses '(void)read(device, board::TRIGGER);' 'write-only: it cannot be read'
	refuses '(void)read(device, board::CTRL.KICK);' 'write-only: it cannot be read'
	refuses '(void)wait_until(device, board::TRIGGER == 1, 1ms);' 'it cannot be waited for'
}

it_refuses_to_write_what_is_read_only() {
	refuses 'write(device, board::STATUS, 1);' 'read-only: it cannot be written'
	refuses 'update(device, board::STATUS.BUSY(1));' 'read-only: it cannot be written'
}

it_refuses_constants_that_do_not_fit() {
	refuses 'write(device, board::TRIGGER, 0x100);' 'value does not fit the bits'
	refuses 'update(device, board::CTRL.MODE(4));' 'value does not fit the bits'
	refuses '(void)wait_until(device, board::STATUS.BUSY == 2, 1ms);' 'does not fit the bits'
	refuses '(void)read(device, board::PORT[4].CMD);' 'index is beyond the array'
}

it_refuses_values_of_a_wider_type() {
	refuses 'write(device, board::CTRL, v);' 'wider than the register; cast'
	refuses 'write(device, board::CTRL, 1.0);' 'a number, or one of the names'
	refuses 'update(device, board::CTRL.EVENTS(board::CTRL.MODE.fast));' 'one of the names'
}

it_refuses_another_width_than_that_of_the_register() {
	refuses '(void)read<std::uint8_t>(device, board::STATUS);' 'has another width; leave it out'
	refuses 'write<std::uint8_t>(device, board::CTRL, 1);' 'has another width; leave it out'
}

it_refuses_fields_of_two_registers_in_one_update() {
	refuses 'update(device, board::CTRL.START(1) | board::PORT[0].CMD.START(1));' \
		'fields of two registers; use one update'
	refuses 'update(device, board::PORT[0].CMD.SLOT(1) | board::PORT[1].CMD.START(1));' \
		'fields cannot be written together'
	refuses 'update(device, board::CTRL.START(1) | board::CTRL.START(0));' \
		'fields cannot be written together'
}

it_refuses_updates_that_are_no_single_harmless_step() {
	refuses 'update(device, board::POPS.DATA(1));' 'has side effects: use write'
	refuses 'update(device, board::LONG.HIGH(1));' 'several words'
}

it_refuses_accesses_whose_width_is_not_visible() {
	refuses 'write(bar, 0, 1);' 'name the width of the access: write<std::uint32_t>'
	refuses 'write(bar, 0, v);' 'name the width of the access: write<std::uint32_t>'
	refuses 'write<int>(bar, 0, 1);' 'a register is a std::uint8_t, 16, 32 or 64'
	refuses '(void)read(bar, 0);' 'name the width of the access: read<std::uint32_t>'
	refuses '(void)read<int>(bar, 0);' 'a register is a std::uint8_t, 16, 32 or 64'
	refuses 'fill(bar, 0, 0, 16);' 'name the width of the accesses: fill<std::uint32_t>'
}

"$claim"
