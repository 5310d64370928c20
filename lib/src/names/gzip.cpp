// SPDX-License-Identifier: LGPL-2.1-or-later
// SPDX-FileCopyrightText: The pcipeek developers
//
// zlib, loaded only by who meets a compressed file: hardly anybody does, and each start of
// a program would pay for it. Built without zlib's header, no file is decompressed.
#include "names/gzip.hpp"

#if __has_include(<zlib.h>)
#include <dlfcn.h>
#define ZLIB_CONST // its input is const
#include <zlib.h>
#endif

namespace pcipeek::detail {

bool is_gzip(std::string_view data)
{
	return data.starts_with("\x1f\x8b");
}

#if __has_include(<zlib.h>)
namespace {

// The functions of zlib that are needed, with the signatures of its header.
struct Zlib {
	template <class Function>
	static Function *find(const char *name)
	{
		// Never closed: who reads one compressed file reads the next.
		// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a handle
		static void *const library = ::dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
		return library ? reinterpret_cast<Function *>(::dlsym(library, name)) : nullptr;
	}

	decltype(::inflateInit2_) *init = find<decltype(::inflateInit2_)>("inflateInit2_");
	decltype(::inflate) *step = find<decltype(::inflate)>("inflate");
	decltype(::inflateEnd) *end = find<decltype(::inflateEnd)>("inflateEnd");

	explicit operator bool() const
	{
		return init && step && end;
	}
};

} // namespace

std::optional<std::string> gunzip(std::string_view data, std::size_t limit)
{
	constexpr int gzip_format = 16 + MAX_WBITS;
	static const Zlib zlib;
	z_stream stream{};

	stream.next_in = reinterpret_cast<const Bytef *>(data.data());
	stream.avail_in = static_cast<uInt>(data.size());
	if (!zlib || zlib.init(&stream, gzip_format, ZLIB_VERSION, sizeof(stream)) != Z_OK)
		return std::nullopt;
	std::string text(limit, '\0');
	stream.next_out = reinterpret_cast<Bytef *>(text.data());
	stream.avail_out = static_cast<uInt>(limit);
	const int result = zlib.step(&stream, Z_FINISH);
	text.resize(limit - stream.avail_out);
	zlib.end(&stream);
	if (result != Z_STREAM_END)
		return std::nullopt;
	return text;
}
#else
std::optional<std::string> gunzip(std::string_view, std::size_t)
{
	return std::nullopt;
}
#endif

} // namespace pcipeek::detail
