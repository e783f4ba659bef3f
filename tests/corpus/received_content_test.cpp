#include "ocrtune/corpus/received_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

std::span<const std::byte> bytes_in(std::string_view text) {
  return std::as_bytes(std::span(text));
}

class ReceivedContents : public testing::Test {
 protected:
  ReceivedContents() { ::setenv("OCRTUNE_CACHE", (folder_.path() / "cache").c_str(), 1); }
  ~ReceivedContents() override { ::unsetenv("OCRTUNE_CACHE"); }

  test::TempFolder folder_;
};

TEST_F(ReceivedContents, AreWhatHasCome) {
  for (const std::uint64_t in_memory : {0, 4, 10, 1000}) {
    ReceivedContent content(1000, in_memory);
    std::string all;
    for (int i = 0; i < 100; ++i) {
      const std::string part = std::to_string(i);
      ASSERT_TRUE(content.add(bytes_in(part)));
      all += part;
      EXPECT_LE(content.beginning().size(), in_memory);
    }
    EXPECT_EQ(content.size(), all.size());
    const std::vector<std::byte> taken = content.taken();
    EXPECT_TRUE(std::ranges::equal(taken, bytes_in(all))) << in_memory;
    EXPECT_EQ(content.size(), 0U);
  }
  // The files had no names.
  EXPECT_TRUE(fs::is_empty(folder_.path() / "cache"));
}

TEST_F(ReceivedContents, HaveALimit) {
  ReceivedContent content(10, 4);
  EXPECT_TRUE(content.add(bytes_in("12345")));
  EXPECT_FALSE(content.add(bytes_in("123456")));
  EXPECT_TRUE(content.add(bytes_in("12345")));
  EXPECT_FALSE(content.add(bytes_in("1")));
  EXPECT_EQ(content.taken().size(), 10U);
}

}  // namespace
}  // namespace ocrtune
