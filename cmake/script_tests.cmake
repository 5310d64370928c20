# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers

# The functions it_... of a shell script, each of which is a test.
function(functions_of_script result script)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
  file(STRINGS ${script} lines REGEX "^it_[a-z0-9_]+\\(\\) {$")
  list(TRANSFORM lines REPLACE "\\(.*" "")
  set(${result} ${lines} PARENT_SCOPE)
endfunction()

# add_script_tests(PREFIX SCRIPT [ARGUMENTS ...] PROPERTIES ...): a test for each, which
# runs the script with the arguments, and the name of the function behind them.
function(add_script_tests prefix script)
  cmake_parse_arguments(PARSE_ARGV 2 given "" "" "ARGUMENTS;PROPERTIES")
  functions_of_script(functions ${script})
  foreach(function IN LISTS functions)
    add_test(NAME ${prefix}.${function} COMMAND ${script} ${given_ARGUMENTS} ${function})
    set_tests_properties(${prefix}.${function} PROPERTIES ${given_PROPERTIES})
  endforeach()
endfunction()
