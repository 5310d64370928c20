// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// What a board writes to and reads from memory, with bus mastering and without it.
//
// A user of a board writes where its interrupts are to go: into the memory of another
// board, where it would be seen. An interrupt of MSI-X is a write by the board, as all DMA.
// And edu's DMA engine copies from a page of this program and to it.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/pci_regs.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "attachment.hpp"
#include "machine.hpp"
#include "trace.hpp"

namespace {

using namespace std::chrono_literals;
using vm::access_at;
using vm::Granted;
using vm::Attachment;

const std::string network = "0000:02:00.0";
using vm::ivshmem;
constexpr std::uint64_t place = 0x2000;
constexpr std::uint32_t message = 0x5ac0ffee;

/* Of the 82574 (Intel's data sheet of it, section 10.2.4) */
constexpr std::uint64_t cause_read = 0xc0, cause_set = 0xc8, mask_set = 0xd0, mask_clear = 0xd8;
constexpr std::uint64_t vectors = 0xe4;
constexpr std::uint32_t link_changed = 1U << 2, other = 1U << 24;
constexpr std::uint32_t other_is_vector_0 = 8U << 16;
constexpr std::uint8_t table_bar = 3;

std::uint64_t address_of_the_place()
{
	for (const vm::BarRange &range : vm::all_bar_ranges())
		if (range.device == ivshmem && range.bar == 2)
			return range.first + place;
	ADD_FAILURE() << "no BAR 2";
	return 0;
}

/* Root does this: no command of pcipeek can. */
void enable_msix()
{
	const std::uint8_t at = vm::capability_of(network, PCI_CAP_ID_MSIX);
	ASSERT_NE(0, at);
	vm::set_config(network, at + PCI_MSIX_FLAGS + 1, {PCI_MSIX_FLAGS_ENABLE >> 8});
}

class AnInterruptThatAUserAims : public testing::Test {
protected:
	void SetUp() override
	{
		aim();
	}

	void aim()
	{
		const std::uint64_t address = address_of_the_place();
		write(memory_, 2, place, 0);
		enable_msix();
		write(attachment_, table_bar, PCI_MSIX_ENTRY_LOWER_ADDR, address & 0xffffffff);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_UPPER_ADDR, address >> 32);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_DATA, message);
		write(attachment_, table_bar, PCI_MSIX_ENTRY_VECTOR_CTRL, 0);
		write(attachment_, 0, vectors, other_is_vector_0);
	}

	static void write(const Attachment &attachment, std::uint8_t bar, std::uint64_t offset,
			  std::uint64_t value)
	{
		ASSERT_EQ(0, attachment.write(access_at(bar, offset, 4, value))) << offset;
	}

	void fire()
	{
		write(attachment_, 0, mask_clear, 0xffffffff);
		write(attachment_, 0, cause_read, 0xffffffff);
		write(attachment_, 0, mask_set, other | link_changed);
		write(attachment_, 0, cause_set, link_changed);
		std::this_thread::sleep_for(100ms);
	}

	std::uint64_t arrived()
	{
		pcipeek_access access = access_at(2, place, 4);
		EXPECT_EQ(0, memory_.read(access));
		return access.value;
	}

	Granted granted_{network};
	Granted other_{ivshmem};
	Attachment attachment_{network};
	Attachment memory_{ivshmem};
};

TEST_F(AnInterruptThatAUserAims, GoesNowhereUnlessRootHasSwitchedBusMasteringOn)
{
	fire();
	EXPECT_EQ(0U, arrived());
	vm::set_command(network, vm::command_of(network) | PCI_COMMAND_MASTER);
	fire();
	EXPECT_EQ(message, arrived()) << "nothing was proved";
}

TEST_F(AnInterruptThatAUserAims, ArrivesWhereBusMasteringWasAskedForAlsoAfterAReset)
{
	auto master =
		std::make_unique<Attachment>(network, vm::all_rights, PCIPEEK_ATTACH_BUS_MASTER);
	fire();
	EXPECT_EQ(message, arrived());
	ASSERT_EQ(0, vm::write_pci("devices/" + network + "/reset", "1"));
	aim();
	fire();
	EXPECT_EQ(message, arrived()) << "after a reset";
	master.reset();
	aim();
	fire();
	EXPECT_EQ(0U, arrived()) << "after the last close";
}

/* What edu has (QEMU, docs/specs/edu.txt): a buffer of 4 KiB. */
constexpr std::uint64_t edu_buffer = 0x40000;
constexpr std::size_t page_size = 4096;
/* QEMU 7.2 takes a transfer that ends with the buffer for one beyond it, and aborts. */
constexpr std::size_t copied = page_size - 4;
constexpr unsigned to_edu = 1, from_edu = 3;

/* Where a page of this program is in memory; 0 if it is not. */
std::uint64_t physical_address_of(const void *page)
{
	constexpr std::uint64_t present = 1ULL << 63, frame = (1ULL << 55) - 1;
	const auto at = reinterpret_cast<std::uintptr_t>(page) / page_size * sizeof(std::uint64_t);
	std::uint64_t entry = 0;
	const int pagemap = ::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	if (::pread(pagemap, &entry, sizeof(entry), static_cast<off_t>(at)) != sizeof(entry))
		entry = 0;
	::close(pagemap);
	return entry & present ? (entry & frame) * page_size : 0;
}

/* A page of this program that the kernel leaves where it is. */
class Page {
public:
	Page()
	{
		void *page = ::mmap(nullptr, page_size, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | MAP_LOCKED, -1, 0);
		if (page == MAP_FAILED)
			return;
		words_ = static_cast<volatile std::uint32_t *>(page);
		address_ = physical_address_of(page);
	}
	~Page()
	{
		if (words_)
			::munmap(const_cast<std::uint32_t *>(words_), page_size);
	}
	Page(const Page &) = delete;
	Page &operator=(const Page &) = delete;

	/* Where it was at first. */
	bool is_there() const
	{
		return address_ != 0 &&
		       physical_address_of(const_cast<std::uint32_t *>(words_)) == address_;
	}
	std::uint64_t address() const
	{
		return address_;
	}

	/* Each word another value, from this one on. */
	void fill(std::uint32_t first)
	{
		for (std::uint32_t i = 0; i < copied / 4; i++)
			words_[i] = first + i;
	}
	bool has(std::uint32_t first) const
	{
		for (std::uint32_t i = 0; i < copied / 4; i++)
			if (words_[i] != first + i)
				return false;
		return true;
	}

private:
	volatile std::uint32_t *words_ = nullptr;
	std::uint64_t address_ = 0;
};

/* Driven as people do: by an ordinary user's `pcipeek run`, with what root handed on. */
class ACopyByEdu : public testing::Test {
protected:
	void SetUp() override
	{
		ASSERT_TRUE(page_.is_there()) << "no physical address";
	}
	void TearDown() override
	{
		EXPECT_TRUE(page_.is_there()) << "the kernel moved it";
	}

	static int copy(const std::string &options, std::uint64_t from, std::uint64_t to,
			unsigned command)
	{
		const auto set = [](const char *location, std::uint64_t value) {
			return location + std::to_string(value) + "; ";
		};
		const std::string script = set("bar0+0x80.q=", from) + set("bar0+0x88.q=", to) +
					   set("bar0+0x90.q=", copied) +
					   set("bar0+0x98.q=", command) +
					   "wait bar0+0x98.q:0==0 5s";
		return std::system(("pcipeek exec " + vm::edu + " " + options +
				    " -- setpriv --reuid=1234 --regid=1234 --clear-groups -- "
				    "pcipeek run " +
				    vm::edu + " -e '" + script + "'")
					   .c_str());
	}
	int copy_to_edu(const std::string &options)
	{
		return copy(options, page_.address(), edu_buffer, to_edu);
	}
	int copy_from_edu(const std::string &options)
	{
		return copy(options, edu_buffer, page_.address(), from_edu);
	}

	Granted granted_{vm::edu};
	Page page_;
};

TEST_F(ACopyByEdu, GoesToMemoryAndBackForAUserWhoWasHandedBusMastering)
{
	page_.fill(0x5ac00000);
	ASSERT_EQ(0, copy_to_edu("--bus-master"));
	page_.fill(0);
	ASSERT_EQ(0, copy_from_edu("--bus-master"));
	EXPECT_TRUE(page_.has(0x5ac00000));
	EXPECT_FALSE(vm::command_of(vm::edu) & PCI_COMMAND_MASTER) << "the program has ended";
}

TEST_F(ACopyByEdu, ReachesNoMemoryWithoutBusMastering)
{
	page_.fill(0x11100000);
	ASSERT_EQ(0, copy_to_edu("--bus-master"));
	page_.fill(0x22200000);
	ASSERT_EQ(0, copy_from_edu(""));
	EXPECT_TRUE(page_.has(0x22200000)) << "written to";
	ASSERT_EQ(0, copy_to_edu(""));
	page_.fill(0);
	ASSERT_EQ(0, copy_from_edu("--bus-master"));
	EXPECT_FALSE(page_.has(0x22200000)) << "read";
	EXPECT_FALSE(page_.has(0)) << "nothing was proved";
}

} // namespace
