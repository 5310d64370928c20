/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
#ifndef PCIPEEK_EVENTS_H
#define PCIPEEK_EVENTS_H

/* Follow what happens to functions that were not granted: drivers, removal. */
int pcipeek_events_watch(void);
void pcipeek_events_unwatch(void);

/* A foreign attachment was opened: look regularly for what no event tells. */
void pcipeek_events_keep_looking(void);

#endif
