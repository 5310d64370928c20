// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The pcipeek developers

#include "function.h"
#include "device.h"

/* Its physical function decodes for a virtual one, whose own command word has no bits. */
u8 pcipeek_function_ask_vf_memory(const struct pcipeek_device *device,
				  struct pcipeek_obstacle *obstacle)
{
	const u16 needed = PCI_SRIOV_CTRL_VFE | PCI_SRIOV_CTRL_MSE;
	struct pci_dev *physfn = device->physfn;
	u16 control;

	if (!physfn)
		return PCIPEEK_REACH_OK;
	control = pcipeek_config_word(physfn, device->sriov + PCI_SRIOV_CTRL);
	if (control == 0xffff)
		return pcipeek_obstructed(obstacle, physfn, PCIPEEK_REACH_SILENT);
	obstacle->found = control;
	if ((control & needed) != needed)
		return pcipeek_obstructed(obstacle, physfn, PCIPEEK_REACH_VF_OFF);
	return PCIPEEK_REACH_OK;
}

u8 pcipeek_function_ask_address(const struct pcipeek_device *device, const struct pcipeek_bar *bar,
				u64 bits, struct pcipeek_obstacle *obstacle)
{
	const struct pcipeek_reach *reach = &device->reach[bar - device->bar];
	struct pci_dev *holder = device->physfn ?: device->pdev;
	u64 mask = reach->mask & bits;
	u64 found = 0;

	if (lower_32_bits(mask))
		found = pcipeek_config_dword(holder, reach->at);
	if (upper_32_bits(mask))
		found |= (u64)pcipeek_config_dword(holder, reach->at + 4) << 32;
	if (!((found ^ reach->held) & mask))
		return PCIPEEK_REACH_OK;
	obstacle->found = found & mask;
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
		    pcipeek_function_ask_address(device, &device->bar[i], ~0ULL, &unused))
			return false;
	}
	return true;
}

bool pcipeek_function_vf_decodes(struct pcipeek_device *device)
{
	struct pcipeek_obstacle unused;

	return device->physfn && !pcipeek_function_ask_vf_memory(device, &unused);
}
