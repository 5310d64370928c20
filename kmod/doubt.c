// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "doubt.h"

/* An answer makes all that was read before it data. */
static bool doubt_ask(struct pcipeek_doubt *doubt)
{
	doubt->when = pcipeek_doubt_jiffy();
	doubt->err = pcipeek_doubt_question(doubt);
	doubt->answered = !doubt->err;
	if (doubt->answered)
		doubt->first = PCIPEEK_NO_DOUBT;
	return doubt->err;
}

bool pcipeek_doubt_ask(struct pcipeek_doubt *doubt, u32 index)
{
	doubt->first = min(doubt->first, index);
	return doubt_ask(doubt);
}

bool pcipeek_doubt_note(struct pcipeek_doubt *doubt, u32 index)
{
	doubt->first = min(doubt->first, index);
	if (doubt->answered && doubt->when == pcipeek_doubt_jiffy())
		return false;
	return doubt_ask(doubt);
}

int pcipeek_doubt_resolve(struct pcipeek_doubt *doubt, u32 *done)
{
	if (!doubt->err)
		doubt_ask(doubt);
	if (doubt->err)
		*done = doubt->first;
	return doubt->err;
}
