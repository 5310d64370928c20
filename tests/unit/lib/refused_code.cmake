# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# Code that the library's headers refuse, with the compiler of this build, and with clang if
# that is another one and is there.
set(refused_code ${CMAKE_CURRENT_LIST_DIR}/refused_code_test.sh)
add_script_tests(unit.refused_code ${refused_code}
  ARGUMENTS ${CMAKE_CXX_COMPILER} ${PROJECT_SOURCE_DIR}/lib/include
  PROPERTIES LABELS unit)

find_program(CLANGXX clang++)
if(CLANGXX AND NOT CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  add_script_tests(unit.refused_code.clang ${refused_code}
    ARGUMENTS ${CLANGXX} ${PROJECT_SOURCE_DIR}/lib/include
    PROPERTIES LABELS unit)
endif()
