# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The command: its grammar and its output by themselves, and the whole of it on a
# mocked /sys.
if(NOT TARGET pcipeek_command)
  return()
endif()

find_package(nlohmann_json REQUIRED)

add_executable(pcipeek_command_tests
  tools_access_test.cpp
  tools_assign_test.cpp
  tools_command_line_test.cpp
  tools_condition_test.cpp
  tools_config_target_test.cpp
  tools_config_test.cpp
  tools_device_spec_test.cpp
  tools_dump_test.cpp
  tools_duration_test.cpp
  tools_elements_test.cpp
  tools_exec_test.cpp
  tools_exit_status_test.cpp
  tools_hexdump_test.cpp
  tools_info_test.cpp
  tools_large_test.cpp
  tools_location_test.cpp
  tools_number_test.cpp
  tools_pattern_test.cpp
  tools_place_test.cpp
  tools_printable_test.cpp
  tools_read_test.cpp
  tools_rom_test.cpp
  tools_run_test.cpp
  tools_scanner_test.cpp
  tools_script_test.cpp
  tools_verb.cpp
  tools_wait_test.cpp
  tools_write_test.cpp)
target_link_libraries(pcipeek_command_tests PRIVATE
  pcipeek_command_objects pcipeek_objects pcipeek_warnings
  nlohmann_json::nlohmann_json GTest::gmock_main)
gtest_discover_tests(pcipeek_command_tests TEST_PREFIX unit.command. PROPERTIES LABELS unit)

# The command as people run it. umockdev's library is loaded before the sanitizer's, which
# wants to be the first.
find_program(UMOCKDEV_RUN umockdev-run REQUIRED)
add_script_tests(unit.command ${CMAKE_CURRENT_LIST_DIR}/tools_command_test.sh
  ARGUMENTS $<TARGET_FILE:pcipeek_command>
  PROPERTIES LABELS unit SKIP_RETURN_CODE 77 ENVIRONMENT ASAN_OPTIONS=verify_asan_link_order=0)

add_test(NAME unit.command.its_manual_lists_every_option_and_no_other
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/tools_man_page_test.sh
    $<TARGET_FILE:pcipeek_command> ${PROJECT_SOURCE_DIR}/tools/pcipeek.1)
set_tests_properties(unit.command.its_manual_lists_every_option_and_no_other PROPERTIES
  LABELS unit SKIP_RETURN_CODE 77)

if(PCIPEEK_SANITIZE)
  set(SANITIZE_FLAG -fsanitize=${PCIPEEK_SANITIZE})
endif()
add_test(NAME unit.command.its_readme_has_a_program_that_builds
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/tools_readme_test.sh ${PROJECT_SOURCE_DIR}/README.md
    ${CMAKE_CXX_COMPILER} $<TARGET_FILE:pcipeek>
    -I${PROJECT_SOURCE_DIR}/lib/include ${SANITIZE_FLAG})
set_tests_properties(unit.command.its_readme_has_a_program_that_builds PROPERTIES LABELS unit)
