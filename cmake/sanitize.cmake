# SPDX-License-Identifier: GPL-2.0-or-later
# SPDX-FileCopyrightText: The pcipeek developers
#
# -DPCIPEEK_SANITIZE=address,undefined builds everything with these sanitizers.
if(PCIPEEK_SANITIZE)
  add_compile_options(-fsanitize=${PCIPEEK_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PCIPEEK_SANITIZE})
endif()
