#include "ocrtune/base/hash.h"

#include <gtest/gtest.h>

#include <set>

namespace ocrtune {
namespace {

TEST(Hash, IsXxh3Of128Bits) {
  // The value that xxhsum -H128 prints for no bytes.
  EXPECT_EQ(content_hash("").text(), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(content_hash("abc").text(), "06b05ab6733a618578af5f94892f3950");
}

TEST(Hash, TellsContentsApart) {
  std::set<std::string> seen;
  for (int length = 0; length < 300; ++length) {
    const std::string text(static_cast<std::size_t>(length), 'x');
    EXPECT_EQ(content_hash(text).text().size(), 32U);
    EXPECT_EQ(content_hash(text), content_hash(std::as_bytes(std::span(text))));
    seen.insert(content_hash(text).text());
  }
  EXPECT_EQ(seen.size(), 300U);
}

}  // namespace
}  // namespace ocrtune
