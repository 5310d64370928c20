/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX-FileCopyrightText: The pcipeek developers */
#include "attachment.hpp"
#include "library.hpp"
#include "machine.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/* Mappings by the library: ivshmem's memory, and registers of edu. */
namespace {

using pcipeek::BadAccessError;
using pcipeek::Bar;
using pcipeek::Cause;
using pcipeek::Device;
using pcipeek::Mapping;
using vm::cause_of;
using vm::Granted;

using vm::edu;
using vm::testdev;
using vm::ivshmem;

std::uint32_t pattern(std::size_t offset)
{
	return static_cast<std::uint32_t>(offset * 2654435761U);
}

class MemoryBoard : public testing::Test {
protected:
	Granted granted_{ivshmem};
	Device device_ = vm::device_at(ivshmem);
	Bar bar2_ = device_.bar(2);
};

TEST_F(MemoryBoard, IsFilledThroughAMappingAsBlocksReadIt)
{
	const Mapping mapping{bar2_, 0, 0, {.write = true}};
	ASSERT_EQ(bar2_.size(), mapping.size());
	for (std::size_t at = 0; at < mapping.size(); at += 4)
		mapping.store(at, pattern(at));

	std::vector<std::uint64_t> image(mapping.size() / 8);
	pcipeek::read_block<std::uint64_t>(bar2_, 0, image);
	for (std::size_t i = 0; i < image.size(); i++)
		ASSERT_EQ(pattern(i * 8) | std::uint64_t{pattern(i * 8 + 4)} << 32, image[i]) << i;
}

TEST_F(MemoryBoard, IsSeenFromTheMiddleOfAPage)
{
	pcipeek::write<std::uint64_t>(bar2_, 0x1238, 0x1122334455667788);
	const Mapping mapping{bar2_, 0x1238, 8};
	EXPECT_EQ(8U, mapping.size());
	EXPECT_EQ(0x1122334455667788U, mapping.load<std::uint64_t>(0));
	EXPECT_EQ(0x11223344U, mapping.at<std::uint32_t>(4).load());
	EXPECT_EQ(0x7788U, mapping.load<std::uint16_t>(0));
	EXPECT_EQ(0x66U, mapping.load<std::uint8_t>(2));
	EXPECT_THROW(mapping.at<std::uint8_t>(8), BadAccessError);
}

TEST_F(MemoryBoard, IsMappedWriteCombiningByAnExclusiveHolderAndAsBeforeAfterwards)
{
	device_.open({.write = true, .exclusive = true, .map = true});
	{
		const Mapping mapping{bar2_, 0, 0x2000, {.write = true, .write_combining = true}};
		for (std::size_t at = 0; at < mapping.size(); at += 8)
			mapping.store<std::uint64_t>(at, at);
		EXPECT_EQ(0x1ff8U, mapping.load<std::uint64_t>(0x1ff8));
		EXPECT_EQ(Cause::unsupported,
			  cause_of([&] { pcipeek::read<std::uint32_t>(bar2_, 0); }));
	}
	EXPECT_EQ(0x1ff8U, pcipeek::read<std::uint64_t>(bar2_, 0x1ff8));
}

TEST_F(MemoryBoard, IsMappedWriteCombiningByNobodyElse)
{
	EXPECT_EQ(Cause::no_right, cause_of([&] {
			  Mapping{bar2_, 0, 0, {.write = true, .write_combining = true}};
		  }));
}

TEST_F(MemoryBoard, IsNotMappedByWhatWasOpenedWithoutTheRight)
{
	device_.open({.write = true});
	EXPECT_EQ(Cause::no_right, cause_of([&] { Mapping{bar2_}; }));
}

TEST_F(MemoryBoard, HasABarThatIsTooSmallToBeMapped)
{
	EXPECT_EQ(Cause::unsupported, cause_of([&] { Mapping{device_.bar(0)}; }));
}

TEST_F(MemoryBoard, KeepsTheRightsThatAMappingWasMadeWith)
{
	device_.open({.write = true, .map = true});
	{
		const Mapping mapping{bar2_, 0, 0x1000, {.write = true}};
	}
	EXPECT_THROW(device_.drop_rights({.map = true}), pcipeek::Error);
	device_.drop_rights({.write = true, .map = true, .bars = {2}});
	EXPECT_EQ(Cause::no_right,
		  cause_of([&] { pcipeek::read<std::uint32_t>(device_.bar(0), 0); }));
}

TEST(AMappingOfRegisters, LoadsAndStoresThem)
{
	const Granted granted{edu};
	const Mapping mapping{vm::device_at(edu).bar(0), 0, 0x1000, {.write = true}};
	const auto alive = mapping.at<std::uint32_t>(4);
	EXPECT_EQ(0x010000edU, mapping.load<std::uint32_t>(0));
	alive.store(0x12345678);
	EXPECT_EQ(~0x12345678U, alive.load());
}

TEST(AMappingOfPorts, IsRefused)
{
	const Granted granted{testdev};
	EXPECT_EQ(Cause::unsupported, cause_of([&] { Mapping{vm::device_at(testdev).bar(1)}; }));
}

TEST(AMappingOfADeviceThatWasNotGranted, IsRefused)
{
	EXPECT_EQ(Cause::not_granted, cause_of([&] { Mapping{vm::device_at(edu).bar(0)}; }));
}

} // namespace
