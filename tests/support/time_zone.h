#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace ocrtune::test {

/// Local time is that of a zone an hour east of UTC.
class EastOfUtc : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC-1", 1);
    tzset();
  }
  void TearDown() override {
    unsetenv("TZ");
    tzset();
  }
};

}  // namespace ocrtune::test
