// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

// Marks what libpcipeek.so shows to its users; everything else stays hidden.
#define PCIPEEK_API __attribute__((visibility("default")))
