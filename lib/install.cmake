# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: The pcipeek developers
# The library for others: headers, libpcipeek.so, pkg-config file, CMake package.
include(CMakePackageConfigHelpers)

install(TARGETS pcipeek EXPORT pcipeek-targets)
install(DIRECTORY include/pcipeek TYPE INCLUDE FILES_MATCHING PATTERN "*.hpp")
install(FILES ${PROJECT_SOURCE_DIR}/include/uapi/linux/pcipeek.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/linux)

# The program that testing.hpp names.
install(FILES examples/fake_board_test.cpp DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

# Both descriptions find their tree from where they lie themselves, so that it may
# be installed below any prefix, and moved. An absolute LIBDIR or INCLUDEDIR stays so.
set(PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/pcipeek)
set(PC_DIR ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH PC_UP ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
cmake_path(APPEND PC_LIBDIR "\${prefix}" ${CMAKE_INSTALL_LIBDIR})
cmake_path(APPEND PC_INCLUDEDIR "\${prefix}" ${CMAKE_INSTALL_INCLUDEDIR})
string(REGEX REPLACE "/$" "" PC_UP "${PC_UP}")
configure_file(pcipeek.pc.in pcipeek.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pcipeek.pc DESTINATION ${PC_DIR})

install(EXPORT pcipeek-targets NAMESPACE pcipeek:: FILE pcipeekConfig.cmake
  DESTINATION ${PACKAGE_DIR})
write_basic_package_version_file(pcipeekConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pcipeekConfigVersion.cmake DESTINATION ${PACKAGE_DIR})
