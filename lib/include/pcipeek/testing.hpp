// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#pragma once

#include <pcipeek/access.hpp>
#include <pcipeek/address.hpp>
#include <pcipeek/bar.hpp>
#include <pcipeek/device.hpp>
#include <pcipeek/export.hpp>
#include <pcipeek/width.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

/**
 * @file
 * @brief A board that is not there, for the tests of your own programs.
 *
 *     pcipeek::testing::FakeBoard board{{.vendor_id = 0x1147,
 *                                        .device_id = 3214,
 *                                        .bars = {{0, {.size = 64}}, {2, {.size = 32}}}}};
 *     board.set<std::uint32_t>(0, 0x08, 0x1234);
 *     board.on_write(0, 0x00, [&](const auto &access) { board.set(0, 0x04, ...); });
 *
 *     run_my_program();                 // its lspci() finds the board, and only that
 *
 *     assert(board.accesses() == ...);
 *
 * Not part of <pcipeek/pcipeek.hpp>. Links with nothing but the library; goes with any
 * test framework. A whole test program is installed as
 * share/doc/pcipeek/examples/fake_board_test.cpp (lib/examples in the source).
 */
namespace pcipeek::testing {

/** @brief A BAR of a fake board. */
struct FakeBar {
	BarType type = BarType::mem;
	/** In bytes; at least 1. */
	std::uint64_t size = 4096;
	/** A physical address or port number, to be shown; 0: some address. */
	std::uint64_t addr = 0;
	bool prefetchable = false;
	/** 64: takes the number after its own, too. */
	unsigned bits = 32;
};

/** @brief What a fake board is. */
struct FakeBoardOptions {
	/** One domain, bus, device and function for each board that lives. */
	Address address = {.bus = 5, .device = 13};
	std::uint16_t vendor_id = 0x1234;
	std::uint16_t device_id = 0x0001;
	std::uint16_t subsystem_vendor_id = 0;
	std::uint16_t subsystem_id = 0;
	/** 24 bits. The default is "unassigned class". */
	std::uint32_t class_code = 0xff0000;
	std::uint8_t revision_id = 0;
	/** The BARs by their numbers, 0 to 5. */
	std::map<unsigned, FakeBar> bars = {{0, {}}};
};

/** @brief One access that reached a board: what the bus would have seen. */
struct Access {
	enum class Kind : std::uint8_t {
		read,
		write,
	};

	Kind kind = Kind::read;
	unsigned bar = 0;
	std::uint64_t offset = 0;
	Width width = Width::w32;
	/** What was read or written. */
	std::uint64_t value = 0;

	bool operator==(const Access &) const = default;
};

/** @brief "read bar0+0x8 32 = 0x5": for messages and comparisons. */
PCIPEEK_API std::string to_string(const Access &access);

/**
 * @brief Gives the value of a read. The access comes with what is stored there.
 *
 * Bits that the width does not have are cut off. What is stored does not change.
 */
using ReadHook = std::function<std::uint64_t(const Access &access)>;

/**
 * @brief Gives what a write stores, from the access and what is stored there: a register
 * with bits that cannot be written, or that are cleared by writing 1 to them.
 */
using StoreHook = std::function<std::uint64_t(const Access &access, std::uint64_t stored)>;

/** @brief Is told of a write, after the value was stored. */
using WriteHook = std::function<void(const Access &access)>;

/**
 * @brief A board of registers, in this process, with the kernel in front of it.
 *
 * **Plugged in** from its construction on: lspci() returns it, and everything that
 * takes a Device or a Bar works on it: read(), write(), blocks, FIFOs, batches, updates
 * and waits, with the checks, widths and errors of the real thing. Its configuration
 * space is a file with the ids and BARs, so that Config works, too; what is written
 * there stays there and does nothing. The board is granted to pcipeek. It has no memory
 * to map, no descriptor to pass on, sends no events, and cannot be unbound.
 *
 * **As long as a FakeBoard lives, lspci() finds fake boards only**, so that a test
 * never touches the real board of the machine that it runs on.
 *
 * **Registers** are little-endian memory, all zero at first. Hooks make them alive. They
 * belong to the offset at which an access begins, whatever its width is. A hook runs
 * in the middle of the access and may use the board, but not wait for another thread
 * that does: accesses come one at a time. It must not throw.
 *
 * **Time** on the board is its own: delays and polls of batches and wait_until() take
 * none in the real world. now() goes on by what they would have waited, and by 1 us
 * with each access; after() lets the board do something at a time to come. So a wait
 * for what never happens is a TimeoutError at once, and each run of a test is the same.
 *
 * Neither copied nor moved. All functions may be called from any thread.
 */
class PCIPEEK_API FakeBoard {
public:
	/**
	 * @throws std::invalid_argument: a BAR number above 5, a BAR of size 0, an I/O
	 * or last BAR of 64 bits, one in the upper half of another, or an address
	 * that another fake board has. std::system_error: no room for temporary files.
	 */
	explicit FakeBoard(const FakeBoardOptions &options = {});

	/** @brief Unplugs it. Devices and Bars that are left behind are Cause::gone. */
	~FakeBoard();
	FakeBoard(const FakeBoard &) = delete;
	FakeBoard &operator=(const FakeBoard &) = delete;

	/** @brief A handle on it, as lspci() returns it. */
	Device device() const;

	/**
	 * @brief Stores a value, as the board itself would: no hook, no entry in the log.
	 * @throws std::out_of_range: not inside the BAR.
	 */
	template <RegisterValue T>
	void set(unsigned bar, std::uint64_t offset, std::type_identity_t<T> value)
	{
		set_value(bar, offset, width_of<T>, value);
	}

	/** @brief What is stored there. No hook, no entry in the log. */
	template <RegisterValue T>
	T get(unsigned bar, std::uint64_t offset) const
	{
		return static_cast<T>(get_value(bar, offset, width_of<T>));
	}

	/** @brief Stores bytes, upwards from the offset. */
	void set_bytes(unsigned bar, std::uint64_t offset, std::span<const std::byte> data);

	/** @brief The stored bytes. */
	std::vector<std::byte> get_bytes(unsigned bar, std::uint64_t offset,
					 std::size_t size) const;

	/** @brief Asks the hook at each read at that offset, instead of the one before. */
	void on_read(unsigned bar, std::uint64_t offset, ReadHook hook);

	/** @brief Stores what the hook says at each write at that offset; not at set(). */
	void on_store(unsigned bar, std::uint64_t offset, StoreHook hook);

	/** @brief Tells the hook of each write at that offset, instead of the one before. */
	void on_write(unsigned bar, std::uint64_t offset, WriteHook hook);

	/** @brief All accesses so far, in order; those of hooks, too. */
	std::vector<Access> accesses() const;

	/** @brief Begins the log anew. */
	void clear_accesses();

	/** @brief The board's time, from 0 on; see the top. */
	std::chrono::nanoseconds now() const;

	/** @brief Moves the board's time on, as a wait does. */
	void advance(std::chrono::nanoseconds time);

	/** @brief Runs the action when now() has gone on by that much. */
	void after(std::chrono::nanoseconds delay, std::function<void()> action);

	/**
	 * @brief Whether it decodes its memory, or its I/O BARs; both at first.
	 *
	 * If not, accesses are Error EIO, Cause::decode_off.
	 */
	void set_decode(BarType type, bool on);

	/**
	 * @brief Whether it may do DMA: while something that was opened with
	 * OpenOptions::bus_master is open. For hooks that play a DMA engine.
	 *
	 * Unlike the kernel, a fake board asks for no capability.
	 */
	bool is_bus_master() const;

	/** @brief D0 at first. In D1 to D3 accesses are Error EIO, Cause::asleep. */
	void set_power_state(unsigned state);

	/** @brief If not, accesses are Error EIO, Cause::offline. */
	void set_answering(bool on);

	/**
	 * @brief Begins a reset: until end_reset() accesses are Error EAGAIN, Cause::reset.
	 */
	void begin_reset();

	/** @brief Ends it: the generation counts on. Registers stay as they are. */
	void end_reset();

	/**
	 * @brief Takes it out of the machine: lspci() no longer finds it, and accesses
	 * through the handles that exist are Error ENODEV, Cause::gone, from then on.
	 */
	void unplug();

	/** @brief Puts it in again, with all it has stored. lspci() gives new handles. */
	void plug();

	/** @cond For the templates above. */
	void set_value(unsigned bar, std::uint64_t offset, Width width, std::uint64_t value);
	std::uint64_t get_value(unsigned bar, std::uint64_t offset, Width width) const;
	class Board;
	/** @endcond */

private:
	std::shared_ptr<Board> board_;
};

} // namespace pcipeek::testing
