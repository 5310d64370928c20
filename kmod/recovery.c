// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include <linux/string.h>

#include "guard.h"
#include "recovery.h"

/*
 * How long to wait for the next callback of a recovery. Before 6.18 the kernel
 * tells no driver that a recovery failed, which it does as soon as one function
 * below the port has no driver.
 */
#define PATIENCE (5 * HZ)

static void recovery_read_registers(struct pci_dev *pdev, u32 *registers)
{
	int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++)
		pci_read_config_dword(pdev, PCI_BASE_ADDRESS_0 + 4 * i,
				      &registers[i]);
}

/* Is it there, with its BARs where probe found them? */
static bool recovery_is_intact(const struct grant *grant)
{
	u32 now[PCIPEEK_BAR_COUNT];

	if (!pcipeek_driver_answers(grant->pdev))
		return false;
	recovery_read_registers(grant->pdev, now);
	return !memcmp(now, grant->registers, sizeof(now));
}

static void recovery_pause(struct grant *grant)
{
	pcipeek_recovery_stop(grant);
	pcipeek_device_pause(grant->device);
	schedule_delayed_work(&grant->watch, PATIENCE);
}

static void recovery_resume(struct grant *grant)
{
	pci_intx(grant->pdev, 0);
	pcipeek_device_resume(grant->device);
}

static void recovery_lose(struct grant *grant)
{
	pci_err(grant->pdev,
		"not recovered from an error on the bus; bind it again\n");
	pcipeek_device_lose(grant->device);
}

static pci_ers_result_t recovery_give_up(struct grant *grant)
{
	pcipeek_recovery_stop(grant);
	recovery_lose(grant);
	return PCI_ERS_RESULT_DISCONNECT;
}

/*
 * The kernel gave up, or is slow: it may still call slot_reset() and recovery_resume(),
 * which pause and restore the function whatever is decided here.
 */
static void recovery_watch(struct work_struct *work)
{
	struct grant *grant =
		container_of(to_delayed_work(work), struct grant, watch);

	if (pcipeek_guard_blocked(grant->pdev)) /* a reset is under way */
		schedule_delayed_work(&grant->watch, PATIENCE);
	else if (pcipeek_guard_offline(grant->pdev) || !recovery_is_intact(grant))
		recovery_lose(grant);
	else
		recovery_resume(grant);
}

int pcipeek_recovery_init(struct grant *grant)
{
	INIT_DELAYED_WORK(&grant->watch, recovery_watch);
	recovery_read_registers(grant->pdev, grant->registers);
	grant->saved = pci_store_saved_state(grant->pdev);
	return grant->saved ? 0 : -ENOMEM;
}

void pcipeek_recovery_stop(struct grant *grant)
{
	cancel_delayed_work_sync(&grant->watch);
}

/*
 * Pauses for errors that are not fatal as well: if another driver below the port
 * asks for a reset, kernels from 6.18 on reset the bus without another word to us
 * before it. A driver without this callback vetoes the recovery of the whole
 * subtree.
 */
pci_ers_result_t pcipeek_recovery_detected(struct pci_dev *pdev,
					   pci_channel_state_t state)
{
	struct grant *grant = pci_get_drvdata(pdev);

	recovery_pause(grant);
	switch (state) {
	case pci_channel_io_normal:
		return PCI_ERS_RESULT_CAN_RECOVER;
	case pci_channel_io_frozen:
		return PCI_ERS_RESULT_NEED_RESET;
	default:
		return recovery_give_up(grant);
	}
}

/*
 * Restores what probe stored. What pci_save_state() left in @pdev is no longer
 * marked as saved after a reset or a system sleep, and pci_restore_state() does
 * nothing then.
 */
pci_ers_result_t pcipeek_recovery_slot_reset(struct pci_dev *pdev)
{
	struct grant *grant = pci_get_drvdata(pdev);

	recovery_pause(grant);
	if (!pci_load_saved_state(pdev, grant->saved)) {
		pci_restore_state(pdev);
		pcipeek_driver_quiesce(pdev);
		if (recovery_is_intact(grant))
			return PCI_ERS_RESULT_RECOVERED;
	}
	return recovery_give_up(grant);
}

void pcipeek_recovery_resume(struct pci_dev *pdev)
{
	struct grant *grant = pci_get_drvdata(pdev);

	pcipeek_recovery_stop(grant);
	recovery_resume(grant);
}
