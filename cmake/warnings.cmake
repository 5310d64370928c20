# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# What every target of ours is compiled with: target_link_libraries(x PRIVATE pcipeek_warnings)
add_library(pcipeek_warnings INTERFACE)
target_compile_options(pcipeek_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi>
  $<$<BOOL:${PCIPEEK_WERROR}>:-Werror>)
