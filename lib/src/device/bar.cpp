// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include <pcipeek/bar.hpp>
#include <pcipeek/device.hpp>

#include <utility>

namespace pcipeek {

Bar::Bar(std::shared_ptr<detail::Attachment> attachment, unsigned index,
	 const Region &region) noexcept
	: attachment_{std::move(attachment)},
	  addr_{region.addr},
	  size_{region.size},
	  index_{static_cast<std::uint8_t>(index)},
	  type_{region.type},
	  prefetchable_{region.prefetchable},
	  bits_{region.bits}
{
}

Device Bar::device() const
{
	return Device{attachment_};
}

} // namespace pcipeek
