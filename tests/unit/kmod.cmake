# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The module's pure files, compiled as they are.
enable_language(C)
set(kmod_dir ${PROJECT_SOURCE_DIR}/kmod)

add_library(pcipeek_kmod_pure STATIC
  ${kmod_dir}/alike.c ${kmod_dir}/doubt.c ${kmod_dir}/ops.c ${kmod_dir}/program.c ${kmod_dir}/validate.c)
target_include_directories(pcipeek_kmod_pure PUBLIC
  ${kmod_dir} ${PROJECT_SOURCE_DIR}/include/uapi)
set_target_properties(pcipeek_kmod_pure PROPERTIES C_STANDARD 11 C_EXTENSIONS ON)

add_executable(pcipeek_kmod_tests
  kmod_batch_test.cpp
  kmod_bridge_window_test.cpp
  kmod_caller_test.cpp
  kmod_doubt_test.cpp
  kmod_form_test.cpp
  kmod_ops_test.cpp
  kmod_program_test.cpp
  kmod_validate_test.cpp)
target_link_libraries(pcipeek_kmod_tests PRIVATE pcipeek_kmod_pure GTest::gmock_main)
gtest_discover_tests(pcipeek_kmod_tests TEST_PREFIX unit.kmod. PROPERTIES LABELS unit)

add_script_tests(unit.toolchain ${CMAKE_CURRENT_LIST_DIR}/toolchain_test.sh
  PROPERTIES LABELS unit)
