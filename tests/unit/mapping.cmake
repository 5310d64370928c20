# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# What the accessors of Mapping are compiled to, as users compile them: optimised, and
# without what sanitizers, coverage and hardening add.
add_library(pcipeek_mapping_accessors OBJECT mapping_accessors.cpp)
target_link_libraries(pcipeek_mapping_accessors PRIVATE pcipeek::pcipeek pcipeek_warnings)
target_compile_options(pcipeek_mapping_accessors PRIVATE
  -O2 -fno-sanitize=all -fno-profile-arcs -fno-test-coverage -fno-stack-protector)

# Each function it_... of the script is a test.
find_program(OBJDUMP NAMES ${CMAKE_OBJDUMP} objdump REQUIRED)
set(ACCESSORS_TEST ${CMAKE_CURRENT_LIST_DIR}/mapping_accessors_test.sh)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ACCESSORS_TEST})
file(STRINGS ${ACCESSORS_TEST} CLAIMS REGEX "^it_[a-z0-9_]+\\(\\)")
foreach(CLAIM IN LISTS CLAIMS)
  string(REGEX REPLACE "\\(.*" "" CLAIM ${CLAIM})
  add_test(NAME unit.mapping.${CLAIM}
    COMMAND ${ACCESSORS_TEST} ${OBJDUMP} $<TARGET_OBJECTS:pcipeek_mapping_accessors> ${CLAIM})
  set_tests_properties(unit.mapping.${CLAIM} PROPERTIES LABELS unit SKIP_RETURN_CODE 77)
endforeach()
