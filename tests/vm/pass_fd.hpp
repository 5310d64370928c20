/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_TESTS_VM_PASS_FD_HPP
#define PCIPEEK_TESTS_VM_PASS_FD_HPP

/* Descriptors through a socket of datagrams (SCM_RIGHTS), without waiting. */
namespace vm {

/* Returns the errno. */
int send_fd(int socket, int fd);
/* -1 when there is none */
int receive_fd(int socket);

} // namespace vm

#endif
