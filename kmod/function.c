// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "function.h"
#include "device.h"

static bool is_vf(const struct pcipeek_device *device)
{
	return device->physfn;
}

/* Its physical function decodes for a virtual one, whose own command word has no bits. */
static u8 ask_vf_memory(const struct pcipeek_device *device, struct pcipeek_obstacle *obstacle)
{
	const u16 needed = PCI_SRIOV_CTRL_VFE | PCI_SRIOV_CTRL_MSE;
	struct pci_dev *physfn = device->physfn;
	u16 control = pcipeek_config_word(physfn, device->sriov + PCI_SRIOV_CTRL);

	if (control == 0xffff)
		return pcipeek_obstructed(obstacle, physfn, PCIPEEK_REACH_SILENT);
	obstacle->found = control;
	if ((control & needed) != needed)
		return pcipeek_obstructed(obstacle, physfn, PCIPEEK_REACH_VF_OFF);
	return PCIPEEK_REACH_OK;
}

/* Of a virtual function: can its physical function serve it? */
u8 pcipeek_function_ask_physfn(const struct pcipeek_device *device,
			       struct pcipeek_obstacle *obstacle)
{
	if (!is_vf(device))
		return PCIPEEK_REACH_OK;
	return pcipeek_ask_power(device->physfn, obstacle) ?: ask_vf_memory(device, obstacle);
}

u8 pcipeek_function_ask_address(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
				struct pcipeek_obstacle *obstacle)
{
	const struct pcipeek_reach *reach = &device->reach[bar - device->bar];
	struct pci_dev *holder = device->physfn ?: device->pdev;
	u64 found;

	if (!reach->mask)
		return PCIPEEK_REACH_OK;
	found = pcipeek_config_dword(holder, reach->at);
	if (bar->attributes & PCIPEEK_BAR_64BIT)
		found |= (u64)pcipeek_config_dword(holder, reach->at + 4) << 32;
	if (!((found ^ reach->held) & reach->mask))
		return PCIPEEK_REACH_OK;
	obstacle->found = found & reach->mask;
	obstacle->wanted = reach->held;
	return pcipeek_obstructed(obstacle, holder, PCIPEEK_REACH_ADDRESS_LOST);
}

/* Does the function decode? A virtual one has no bit for that. */
u8 pcipeek_function_judge(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
			  u16 command, struct pcipeek_obstacle *obstacle)
{
	struct pci_dev *pdev = device->pdev;

	if (command == 0xffff)
		return pcipeek_obstructed(obstacle, pdev, PCIPEEK_REACH_SILENT);
	if (bar->kind == PCIPEEK_BAR_MEMORY && pdev->no_command_memory)
		return PCIPEEK_REACH_OK;
	if (!(command & pcipeek_decode_bit(bar)))
		return pcipeek_obstructed(obstacle, pdev, PCIPEEK_REACH_DECODE_OFF);
	return PCIPEEK_REACH_OK;
}

bool pcipeek_function_holds_addresses(struct pcipeek_device *device)
{
	struct pcipeek_obstacle unused;
	unsigned int i;

	for (i = 0; i < PCIPEEK_BAR_COUNT; i++) {
		if (device->bar[i].length &&
		    pcipeek_function_ask_address(device, &device->bar[i], &unused))
			return false;
	}
	return true;
}

bool pcipeek_function_vf_decodes(struct pcipeek_device *device)
{
	struct pcipeek_obstacle unused;

	return is_vf(device) && !ask_vf_memory(device, &unused);
}
