/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
/* virtio functions, which every machine of QEMU has. */
#ifndef PCIPEEK_MATRIX_VIRTIO_H
#define PCIPEEK_MATRIX_VIRTIO_H

#include "board.h"

bool is_virtio(const struct board *board);
void test_virtio(const struct board *board);

#endif
