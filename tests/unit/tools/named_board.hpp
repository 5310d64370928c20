// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include "verb_run.hpp"

#include <string>

namespace pcipeek::tools {

/*
 * The board of AVerbOnABoard with a register map, in the only folder of maps that there
 * is. Bit 4 of STATUS and bit 9 of CTRL are cleared by a one.
 */
class ANamedBoard : public AVerbOnABoard {
protected:
	ANamedBoard();
	~ANamedBoard() override;

	/* Writes a map into the folder; returns its path. */
	std::string write_map(const std::string &name, const std::string &text);
	void remove_map(const std::string &name);

	const std::string &folder() const
	{
		return folder_;
	}

private:
	std::string folder_;
};

} // namespace pcipeek::tools
