# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# -DPCIPEEK_COVERAGE=ON builds everything so that it counts which lines run.
# scripts/coverage.sh makes a report of that.
if(PCIPEEK_COVERAGE)
  # The threads of a test would lose counts otherwise.
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
