// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#define TOML_IMPLEMENTATION
#include "toml.hpp"
