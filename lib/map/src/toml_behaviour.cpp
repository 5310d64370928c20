// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "toml_behaviour.hpp"

#include "effect_words.hpp"

#include <array>

namespace pcipeek::map {

namespace {

using namespace std::string_view_literals;

constexpr std::array access_words{"rw"sv,   "ro"sv,  "wo"sv, "rw1c"sv,
				  "rw1s"sv, "rwo"sv, "rc"sv, "none"sv};

constexpr std::array accesses{
	Behaviour{},
	Behaviour{.access = Access::read_only},
	Behaviour{.access = Access::write_only},
	Behaviour{.write_effect = WriteEffect::one_to_clear},
	Behaviour{.write_effect = WriteEffect::one_to_set},
	Behaviour{.write_once = true},
	Behaviour{.access = Access::read_only, .read_effect = ReadEffect::clears},
	Behaviour{.access = Access::none},
};

} // namespace

Behaviour behaviour_of(const Keys &keys, const Behaviour &otherwise)
{
	const auto access = keys.word("access", access_words);
	Behaviour behaviour = access ? accesses.at(*access) : otherwise;

	if (const auto effect = keys.word("read", read_words))
		behaviour.read_effect = static_cast<ReadEffect>(*effect);
	if (const auto effect = keys.word("write", write_words))
		behaviour.write_effect = static_cast<WriteEffect>(*effect);
	return behaviour;
}

} // namespace pcipeek::map
