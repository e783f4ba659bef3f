#include "ocrtune/parsers/received_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace ocrtune {
namespace {

TEST(ReceivedBytes, FillMemoryExactly) {
  std::array<std::byte, 5> memory{};
  ReceivedBytes received(memory);
  EXPECT_FALSE(received.is_full());
  EXPECT_TRUE(received.take(std::vector<std::byte>(3, std::byte{1})));
  EXPECT_FALSE(received.take(std::vector<std::byte>(3, std::byte{2})));
  EXPECT_TRUE(received.take(std::vector<std::byte>(2, std::byte{3})));
  EXPECT_TRUE(received.is_full());
  EXPECT_TRUE(received.take({}));
  EXPECT_EQ(memory,
            (std::array{std::byte{1}, std::byte{1}, std::byte{1}, std::byte{3}, std::byte{3}}));
}

}  // namespace
}  // namespace ocrtune
