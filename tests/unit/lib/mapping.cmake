# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# What the accessors of Mapping are compiled to, as users compile them: optimised, and
# without what sanitizers, coverage and hardening add.
add_library(pcipeek_mapping_accessors OBJECT mapping_accessors.cpp)
target_link_libraries(pcipeek_mapping_accessors PRIVATE pcipeek::pcipeek pcipeek_warnings)
target_compile_options(pcipeek_mapping_accessors PRIVATE
  -O2 -fno-sanitize=all -fno-profile-arcs -fno-test-coverage -fno-stack-protector)

# Not CMAKE_OBJDUMP, which is llvm-objdump beside clang: that prints instructions in another
# way, and knows no --disassemble=NAME.
find_program(GNU_OBJDUMP objdump REQUIRED)
add_script_tests(unit.mapping ${CMAKE_CURRENT_LIST_DIR}/mapping_accessors_test.sh
  ARGUMENTS ${GNU_OBJDUMP} $<TARGET_OBJECTS:pcipeek_mapping_accessors>
  PROPERTIES LABELS unit SKIP_RETURN_CODE 77)
