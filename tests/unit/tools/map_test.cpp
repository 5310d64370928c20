// SPDX-License-Identifier: GPL-2.0-or-later
// SPDX-FileCopyrightText: The pcipeek developers
#include "mapped_board.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace pcipeek::tools {
namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class AMap : public AMappedBoard {
protected:
	std::string file(const std::string &name, const std::string &text)
	{
		return folder.write(name, "name = \"a map\"\n" + text);
	}

	static Outcome map(std::vector<std::string> arguments)
	{
		return outcome_of(map_verb, arguments);
	}
};

TEST_F(AMap, ThatIsSoundIsSummedUp)
{
	const auto good = file("good.toml", "[bar0.A]\noffset = 0\nfields.X = \"0\"\n"
					    "[bar0.B]\noffset = 4\n");

	EXPECT_EQ(map({"check", good}), succeeded(good + ": 2 registers, 1 fields\n"));
}

TEST_F(AMap, ThatIsOddIsShownWithWarnings)
{
	const auto odd = file("odd.toml", "[bar0.A]\noffset = 0\n[bar0.B]\noffset = 2\n");

	const auto outcome = map({"check", odd});
	EXPECT_EQ(outcome.status, 0);
	EXPECT_THAT(outcome.output, StartsWith("warning: " + odd));
	EXPECT_THAT(outcome.output, HasSubstr("overlaps"));
}

TEST_F(AMap, ThatIsWrongIsAnErrorWithItsLineAndTheOthersAreStillChecked)
{
	const auto bad = file("bad.toml", "[bar0.A]\noffset = \"0\"\n");
	const auto good = file("good.toml", "[bar0.A]\noffset = 0\n");

	const auto outcome = map({"check", bad, good});
	EXPECT_EQ(outcome.status, 2);
	EXPECT_THAT(outcome.error, StartsWith("pcipeek: map: " + bad + ":3: "));
	EXPECT_EQ(outcome.output, good + ": 1 registers, 0 fields\n");
}

TEST_F(AMap, EachThatIsWrongHasALineOfItsOwn)
{
	const auto first = file("first.toml", "x = 1\n");
	const auto second = file("second.toml", "y = 1\n");

	::testing::internal::CaptureStderr();
	const auto outcome = map({"check", first, second});
	EXPECT_THAT(::testing::internal::GetCapturedStderr(),
		    StartsWith("pcipeek: map: " + first + ":2: "));
	EXPECT_THAT(outcome.error, StartsWith("pcipeek: map: " + second + ":2: "));
}

TEST_F(AMap, IsShownWithWhatItSays)
{
	const auto shown =
		file("shown.toml",
		     "description = \"Shown\"\nmatch = [\"1147:0c8e\"]\n"
		     "[bar0.CTRL]\noffset = 8\nwidth = 8\naccess = \"rw1c\"\nreset = 2\n"
		     "description = \"what it does\"\n"
		     "fields.DIRECTION = { bits = \"1\", access = \"ro\", values = { from_ram = "
		     "0, to_ram = 1 } }\n");

	EXPECT_EQ(map({"show", shown}),
		  succeeded("a map\nShown\nfor 1147:0c8e\n\n"
			    "bar0\n"
			    "  CTRL  0x08  8  rw, write one-to-clear reset 0x02 what it does\n"
			    "          1  DIRECTION  ro  0=from_ram 1=to_ram\n"));
	const auto list = json::parse(map({"show", shown, "--json"}).output);
	EXPECT_EQ(list.at(0).at("description"), "what it does");
	EXPECT_EQ(list.at(0).at("fields").at(0).at("values").at(1).at("name"), "to_ram");
}

TEST_F(AMap, OfADeviceIsShownByTheDevice)
{
	write_map("[bar1.A]\noffset = 0\n");
	EXPECT_THAT(map({"show", "05:0d.0"}).output, EndsWith("bar1\n  A  0x00  32  rw\n"));
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AMap, IsFoundByTheMostSpecificName)
{
	write_map("");
	file("class-ff00.toml", "");

	const auto path = folder.path().string();
	EXPECT_THAT(map({"which", "05:0d.0"}).output, StartsWith("1147-0c8e-1147-2090  -\n"
								 "1147-0c8e            " +
								 path +
								 "/1147-0c8e.toml\n"
								 "class-ff0000         -\n"
								 "class-ff00           " +
								 path + "/class-ff00.toml\n"));
	EXPECT_THAT(map({"which", "05:0d.0"}).output, HasSubstr("\n  " + path + "\n"));
	const auto object = json::parse(map({"which", "05:0d.0", "--json"}).output);
	EXPECT_EQ(object.at("maps").at(1).at("file"), path + "/1147-0c8e.toml");
	EXPECT_TRUE(object.at("maps").at(0).at("file").is_null());
	EXPECT_EQ(object.at("folders").at(0), path);
	EXPECT_THAT(seen(), IsEmpty());
}

TEST_F(AMap, HasFourActionsAndNoOther)
{
	EXPECT_EQ(map({}), failed(2, "map: an action is missing; use check, show, which or "
				     "convert"));
	EXPECT_EQ(map({"chek"}), failed(2, "map: 'chek' is not an action; use check, show, which "
					   "or convert"));
	EXPECT_EQ(map({"check"}).status, 2);
	EXPECT_EQ(map({"check", "no-such.toml"}).status, 2);
	EXPECT_EQ(map({"show", "no-such"}).status, 5);
	EXPECT_EQ(map({"show", "05:0d.0"}).status, 5);
	EXPECT_EQ(map({"which", "no-such"}).status, 2);
	EXPECT_EQ(map({"convert", "no-such.svd"}).status, 2);
}

} // namespace
} // namespace pcipeek::tools
