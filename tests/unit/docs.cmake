# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# The documents that name tests.
add_test(NAME unit.docs.every_test_that_is_named_is_there
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/docs_names_test.sh)
set_tests_properties(unit.docs.every_test_that_is_named_is_there PROPERTIES LABELS unit)
