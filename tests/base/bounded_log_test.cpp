#include "ocrtune/base/bounded_log.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

TEST(BoundedLog, KeepsTextOverTheServersEnd) {
  const test::TempFolder folder;
  BoundedLog log(folder.path() / "log", 0);
  log.append("one\ntw");
  BoundedLog again(folder.path() / "log", log.dropped());
  again.append("o\n\n");
  EXPECT_EQ(again.read(0).text, "one\ntwo\n\n");
  EXPECT_EQ(again.read(4).text, "two\n\n");
  EXPECT_EQ(again.read(4).next, 9U);
  EXPECT_EQ(again.read(99).text, "");
  EXPECT_EQ(again.read(99).next, 9U);
}

TEST(BoundedLog, KnowsTheLastLine) {
  const test::TempFolder folder;
  BoundedLog log(folder.path() / "log", 0);
  log.append("one\n");
  EXPECT_EQ(log.last_line(), "one");
  log.append("\r\n  two \x01 words  \nth");
  EXPECT_EQ(log.last_line(), "two ? words");
}

// Whatever is written in whatever pieces, what can be read is the end of it, from a line's
// beginning where some was dropped, and its places are those of the whole text.
RC_GTEST_PROP(BoundedLog, HasTheEndOfWhatWasWritten, ()) {
  const test::TempFolder folder;
  constexpr std::uint64_t kMax = 200;
  BoundedLog log(folder.path() / "log", 0, kMax);
  std::string all;
  const int pieces = *rc::gen::inRange(0, 40);
  for (int i = 0; i < pieces; ++i) {
    const auto words =
        *rc::gen::container<std::string>(rc::gen::element('a', 'b', '\n', ' ', 'c', 'd', 'e', 'f'));
    log.append(words);
    all += words;
  }
  std::string read;
  std::uint64_t at = 0;
  for (;;) {
    const BoundedLog::Part part = log.read(at);
    if (part.text.empty()) break;
    read += part.text;
    at = part.next;
  }
  RC_ASSERT(read.size() <= kMax);
  RC_ASSERT(all.ends_with(read));
  RC_ASSERT(all.empty() || at == all.size());
  RC_ASSERT(log.dropped() + read.size() == all.size());
}

// A character is never cut, so that each part is UTF-8 where the whole is.
TEST(BoundedLog, CutsNoCharacter) {
  const test::TempFolder folder;
  BoundedLog log(folder.path() / "log", 0);
  std::string all = "x";
  while (all.size() < 600'000) all += "\u00e9\u20ac\U0001F600";
  log.append(all);
  std::string read;
  while (read.size() < all.size()) {
    const BoundedLog::Part part = log.read(read.size());
    ASSERT_FALSE(part.text.empty());
    ASSERT_TRUE(is_utf8(part.text));
    read += part.text;
    ASSERT_EQ(part.next, read.size());
  }
  EXPECT_EQ(read, all);
}

}  // namespace
}  // namespace ocrtune
