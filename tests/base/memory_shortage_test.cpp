#include "ocrtune/base/memory_shortage.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <system_error>

namespace ocrtune {
namespace {

TEST(MemoryWatch, NoticesWhatMallocDidNotGive) {
  errno = ENOMEM;  // of earlier
  const MemoryWatch watch;
  EXPECT_NO_THROW(watch.check());
  // Read at run time, so that the compiler does not warn of it.
  const volatile std::size_t too_much = std::numeric_limits<std::ptrdiff_t>::max();
  void* nothing = std::malloc(too_much);
  EXPECT_EQ(nothing, nullptr);
  EXPECT_THROW(watch.check(), std::bad_alloc);
  std::free(nothing);
  errno = ENOENT;
  EXPECT_NO_THROW(watch.check());
}

TEST(IsMemoryShortage, KnowsTheExceptionsThatSaySo) {
  EXPECT_TRUE(is_memory_shortage(std::bad_alloc()));
  EXPECT_TRUE(is_memory_shortage(
      std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))));
  EXPECT_FALSE(
      is_memory_shortage(std::system_error(std::make_error_code(std::errc::no_such_process))));
  EXPECT_FALSE(is_memory_shortage(std::runtime_error("damaged")));
}

}  // namespace
}  // namespace ocrtune
