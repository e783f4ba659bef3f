#include "ocrtune/base/aligned_memory.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "support/sanitized.h"

namespace ocrtune {
namespace {

TEST(AlignedMemory, IsThereOrThrows) {
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(aligned_memory<float>(3).get()) % 16, 0U);
  if (test::is_sanitized()) GTEST_SKIP() << "a sanitizer ends the process";
  EXPECT_THROW((void)aligned_memory<float>(std::size_t{1} << 50U), std::bad_alloc);
}

}  // namespace
}  // namespace ocrtune
