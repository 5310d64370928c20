// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "unmaskable.h"

struct place {
	unsigned int domain, bus, device, function;
};

/* The module's parameter lock guards both; the kernel holds it around set and get. */
static struct place allowed[32];
static unsigned int count;

static bool unmaskable_is_allowed(const struct place *place)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!memcmp(&allowed[i], place, sizeof(*place)))
			return true;
	}
	return false;
}

bool pcipeek_unmaskable_allowed(struct pci_dev *pdev)
{
	const struct place place = {
		pci_domain_nr(pdev->bus), pdev->bus->number,
		PCI_SLOT(pdev->devfn), PCI_FUNC(pdev->devfn)
	};
	bool found;

	kernel_param_lock(THIS_MODULE);
	found = unmaskable_is_allowed(&place);
	kernel_param_unlock(THIS_MODULE);
	return found;
}

static int unmaskable_add(const char *word)
{
	struct place place;
	int end = 0;

	if (sscanf(word, "%8x:%2x:%2x.%1x%n", &place.domain, &place.bus,
		   &place.device, &place.function, &end) != 4 ||
	    word[end] || place.device > 0x1f || place.function > 7) {
		pr_err("unmaskable_interrupt: \"%.32s\" is not domain:bus:device.function in hex, such as 0000:05:0d.0\n",
		       word);
		return -EINVAL;
	}
	if (unmaskable_is_allowed(&place))
		return 0;
	if (count == ARRAY_SIZE(allowed)) {
		pr_err("unmaskable_interrupt: %zu functions at most; write an empty line to begin anew\n",
		       ARRAY_SIZE(allowed));
		return -ENOSPC;
	}
	allowed[count++] = place;
	return 0;
}

/* All of @text, or nothing. */
static int unmaskable_add_all(char *text)
{
	unsigned int before = count;
	char *word;
	int err = 0;

	while (!err && (word = strsep(&text, ","))) {
		if (*word)
			err = unmaskable_add(word);
	}
	if (err)
		count = before;
	return err;
}

/* Adds to what is there, so that nobody has to repeat it; nothing clears it. */
static int unmaskable_set(const char *value, const struct kernel_param *param)
{
	char *copy = kstrdup(value, GFP_KERNEL);
	char *text;
	int err = 0;

	if (!copy)
		return -ENOMEM;
	text = strim(copy);
	if (*text)
		err = unmaskable_add_all(text);
	else
		count = 0;
	kfree(copy);
	return err;
}

static int unmaskable_get(char *buffer, const struct kernel_param *param)
{
	unsigned int i;
	int length = 0;

	for (i = 0; i < count; i++)
		length += scnprintf(buffer + length, PAGE_SIZE - length,
				    "%s%04x:%02x:%02x.%x", i ? "," : "",
				    allowed[i].domain, allowed[i].bus,
				    allowed[i].device, allowed[i].function);
	return length + scnprintf(buffer + length, PAGE_SIZE - length, "\n");
}

static const struct kernel_param_ops ops = {
	.set = unmaskable_set,
	.get = unmaskable_get,
};

module_param_cb(unmaskable_interrupt, &ops, NULL, 0644);
MODULE_PARM_DESC(unmaskable_interrupt,
		 "Functions that may be bound although their INTx cannot be masked: domain:bus:device.function[,...] in hex; writing adds, an empty line clears");
