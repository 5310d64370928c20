// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// What QEMU's ports lack: a supply that the kernel can switch off, and then the port and
// what is behind it are in D3cold (ACPI 6.5, sections 7.2 and 7.3.11). The boards that
// lose it forget all, as they do in a reset, and are found by nobody until it is back: the
// port is told that it has no bus behind it.
DefinitionBlock ("", "SSDT", 2, "PCIPKT", "POWER", 1)
{
    // The port at 00:0b.0 (machine-programs.conf), as QEMU names it.
    External (\_SB.PCI0.S58, DeviceObj)

    Scope (\_SB.PCI0.S58)
    {
        OperationRegion (CONF, PCI_Config, 0x00, 0x40)
        Field (CONF, ByteAcc, NoLock, Preserve)
        {
            Offset (0x19),
            SECB, 8, // secondary bus
            SUBB, 8, // subordinate bus
            Offset (0x3e),
            , 6,
            SRST, 1  // secondary bus reset
        }

        Name (ISON, 1)
        Name (SECS, 0)
        Name (SUBS, 0)

        PowerResource (SUPP, 0, 0)
        {
            Method (_STA)
            {
                Return (ISON)
            }

            Method (_ON, 0, Serialized)
            {
                If (!ISON)
                {
                    SECB = SECS
                    SUBB = SUBS
                    ISON = 1
                }
            }

            Method (_OFF, 0, Serialized)
            {
                If (ISON)
                {
                    ISON = 0
                    SRST = 1
                    Sleep (1)
                    SRST = 0
                    SECS = SECB
                    SUBS = SUBB
                    SECB = 0
                    SUBB = 0
                }
            }
        }

        Name (_PR0, Package () { SUPP })
        Name (_PR3, Package () { SUPP })
    }
}
