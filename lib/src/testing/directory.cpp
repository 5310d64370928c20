// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "testing/directory.hpp"

#include "access/byte_order.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace pcipeek::testing {
namespace {

namespace fs = std::filesystem;
using detail::BarSlot;
using Image = std::array<std::byte, 256>;

void put(Image &image, std::size_t offset, Width width, std::uint64_t value)
{
	detail::store_little_endian(&image[offset], width, value);
}

void put_bar(Image &image, std::size_t index, const Bar::Region &bar)
{
	const std::size_t offset = 0x10 + 4 * index;
	const std::uint64_t kind =
		bar.type == BarType::io ? 0x1
					: (bar.bits == 64 ? 0x4 : 0) | (bar.prefetchable ? 0x8 : 0);
	put(image, offset, bar.bits == 64 ? Width::w64 : Width::w32, bar.addr | kind);
}

Image config_image(const detail::Identity &identity)
{
	constexpr std::uint16_t decodes = 0x3;
	Image image{};
	put(image, 0x00, Width::w16, identity.vendor_id);
	put(image, 0x02, Width::w16, identity.device_id);
	put(image, 0x04, Width::w16, decodes);
	put(image, 0x08, Width::w32, identity.class_code << 8 | identity.revision_id);
	put(image, 0x2c, Width::w16, identity.subsystem_vendor_id);
	put(image, 0x2e, Width::w16, identity.subsystem_id);
	for (std::size_t i = 0; i < identity.bars.size(); i++)
		if (identity.bars[i].kind == BarSlot::Kind::present)
			put_bar(image, i, identity.bars[i].region);
	return image;
}

std::string make_directory()
{
	std::string path = (fs::temp_directory_path() / "pcipeek-fake-XXXXXX").string();
	if (!::mkdtemp(path.data()))
		throw std::system_error{errno, std::generic_category(), path};
	return path;
}

} // namespace

Directory::Directory(const detail::Identity &identity) : path_{make_directory()}
{
	const Image image = config_image(identity);
	std::ofstream{path_ + "/config", std::ios::binary}.write(
		reinterpret_cast<const char *>(image.data()), image.size());
	fs::create_symlink("../../bus/pci/drivers/pcipeek", path_ + "/driver");
}

Directory::~Directory()
{
	std::error_code ignored;
	fs::remove_all(path_, ignored);
}

} // namespace pcipeek::testing
