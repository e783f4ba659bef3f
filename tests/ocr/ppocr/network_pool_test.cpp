#include "ocrtune/ocr/ppocr/network_pool.h"

#include <gtest/gtest.h>

#include <optional>
#include <thread>

#include "ocr/ppocr/made_networks.h"
#include "ocrtune/base/error.h"
#include "support/errors.h"

namespace ocrtune::ppocr {
namespace {

class NetworkPools : public ::testing::Test {
 protected:
  test::Counts counts_;
  NetworkPool pool_{
      std::make_shared<test::MadeModel>(
          [](std::span<const float> /*plane*/, int /*width*/) { return std::vector<float>{1}; }, 1,
          counts_),
      Precision::f32};
};

TEST_F(NetworkPools, WhatWasReturnedIsTakenAgain) {
  for (int i = 0; i < 5; ++i) (void)pool_.take();
  EXPECT_EQ(counts_.compiled, 1);
  const auto first = pool_.take();
  const auto second = pool_.take();
  EXPECT_EQ(counts_.compiled, 2);
}

TEST_F(NetworkPools, OnlyForTheSameSize) {
  (void)pool_.take(320, 640);
  (void)pool_.take(640, 320);
  EXPECT_EQ(counts_.compiled, 2);
  (void)pool_.take(320, 640);
  EXPECT_EQ(counts_.compiled, 2) << "two formats that take turns";
}

TEST_F(NetworkPools, KeepsOneMoreThanWereInUse) {
  for (int width = 1; width <= 20; ++width) (void)pool_.take(width, 100);
  EXPECT_EQ(counts_.compiled - counts_.destroyed, 2);
}

TEST_F(NetworkPools, OfWholePagesGiveTheirMemoryBack) {
  (void)pool_.take();
  EXPECT_EQ(counts_.released, 0);
  (void)pool_.take(320, 640);
  EXPECT_EQ(counts_.released, 1);
}

TEST_F(NetworkPools, GoOnAfterOneThatCannotBeCompiled) {
  const std::string message = test::error_of(Errc::limit_reached, [&] { (void)pool_.take(1, 13); });
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  for (int i = 0; i < 5; ++i) (void)pool_.take();
  EXPECT_EQ(counts_.compiled, 1);
}

TEST_F(NetworkPools, AreSharedByThreads) {
  std::vector<std::jthread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([this] {
      for (int i = 0; i < 200; ++i) {
        const auto network = pool_.take();
        EXPECT_EQ(network->input(8, 8).size(), 192U);
        EXPECT_EQ(network->run().rows, 1);
      }
    });
  }
  workers.clear();
  EXPECT_LE(counts_.compiled, 4);
}

}  // namespace
}  // namespace ocrtune::ppocr
