# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# Large headers of others are parsed once a target and not once a file, which halves
# the build. -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows what each file includes itself.

# Tests run once; nobody waits for them to be fast, but everybody for them to be built.
function(quick_to_build target)
  if(NOT PCIPEEK_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

function(precompile target)
  if(TARGET ${target})
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <span> <string>
      <string_view> <system_error> <vector> ${ARGN})
  endif()
endfunction()

precompile(pcipeek_objects <fmt/core.h>)
precompile(pcipeek_command_objects <fmt/core.h>)
foreach(tests pcipeek_unit_tests pcipeek_command_tests pcipeek_kmod_tests pcipeek_map_tests)
  if(TARGET ${tests})
    quick_to_build(${tests})
    precompile(${tests} <gmock/gmock.h> <gtest/gtest.h>)
  endif()
endforeach()

# The programs of the virtual machine are one file each: they share what vm_support has.
if(TARGET vm_support)
  quick_to_build(vm_support)
  precompile(vm_support <gmock/gmock.h> <gtest/gtest.h>)
  get_directory_property(programs DIRECTORY tests/vm BUILDSYSTEM_TARGETS)
  foreach(program ${programs})
    if(program MATCHES "_test$")
      quick_to_build(${program})
      target_precompile_headers(${program} REUSE_FROM vm_support)
    endif()
  endforeach()
endif()
