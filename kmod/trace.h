/* SPDX-License-Identifier: GPL-2.0-only */
/* SPDX-FileCopyrightText: The pcipeek developers */
/*
 * The tracepoint pcipeek:pcipeek_access: an audit of every access that the module
 * makes. What a mapping's owner does is not seen by anybody.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM pcipeek

#if !defined(PCIPEEK_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define PCIPEEK_TRACE_H

#include <linux/tracepoint.h>

#include "device.h"

/* A read is recorded after it was made, a write before. */
TRACE_EVENT(pcipeek_access,
	    TP_PROTO(const struct pcipeek_device *device, u8 bar, u64 offset,
		     u8 width, u64 value, bool write),
	    TP_ARGS(device, bar, offset, width, value, write),
	    TP_STRUCT__entry(__field(u32, domain)
			     __field(u8, bus)
			     __field(u8, devfn)
			     __field(u8, bar)
			     __field(u8, width)
			     __field(u64, offset)
			     __field(u64, value)
			     __field(bool, write)),
	    TP_fast_assign(__entry->domain = device->identity.domain;
			   __entry->bus = device->identity.bus;
			   __entry->devfn = device->identity.devfn;
			   __entry->bar = bar;
			   __entry->width = width;
			   __entry->offset = offset;
			   __entry->value = value;
			   __entry->write = write;),
	    TP_printk("%04x:%02x:%02x.%d %s bar%u+0x%02llx width=%u value=0x%llx",
		      __entry->domain, __entry->bus, PCI_SLOT(__entry->devfn),
		      PCI_FUNC(__entry->devfn),
		      __entry->write ? "write" : "read", __entry->bar,
		      __entry->offset, __entry->width, __entry->value));

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
