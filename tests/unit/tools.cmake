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
  fake_channel.cpp
  fake_sysfs.cpp
  tools_access_test.cpp
  tools_assign_test.cpp
  tools_command_line_test.cpp
  tools_device_spec_test.cpp
  tools_elements_test.cpp
  tools_exit_status_test.cpp
  tools_hexdump_test.cpp
  tools_location_test.cpp
  tools_number_test.cpp
  tools_pattern_test.cpp
  tools_place_test.cpp)
target_link_libraries(pcipeek_command_tests PRIVATE
  pcipeek_command_objects pcipeek_objects pcipeek_warnings
  nlohmann_json::nlohmann_json PkgConfig::UMOCKDEV GTest::gmock_main)
gtest_discover_tests(pcipeek_command_tests TEST_PREFIX unit.command. PROPERTIES LABELS unit)
