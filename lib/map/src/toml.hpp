// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

// toml++ is used as headers alone, and compiled once, in toml.cpp.
#define TOML_HEADER_ONLY 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
