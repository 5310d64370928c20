#!/bin/bash
# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# toolchain.sh KDIR: print what kbuild must be told of the compiler to build a module for
# that kernel: LLVM=1 for one that clang has built, whose options gcc does not know, and
# otherwise nothing (Documentation/kbuild/llvm.rst).
set -euo pipefail

! grep -qs '^CONFIG_CC_IS_CLANG=y' "$1/.config" || echo LLVM=1
