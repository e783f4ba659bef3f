#include "ocrtune/execution/page_places.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "execution/fake_device.h"

namespace ocrtune {
namespace {

class Places : public testing::Test {
 protected:
  test::Fate fate_;
  std::shared_ptr<DeviceUse> first_ =
      std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate_));
  std::shared_ptr<DeviceUse> second_ =
      std::make_shared<DeviceUse>(std::make_unique<test::FakeDevice>(fate_));
};

TEST_F(Places, WithoutDevicesAllPagesShareACache) {
  PagePlaces places(1000, 10);
  EXPECT_EQ(places.device_count(), 0U);
  EXPECT_EQ(places.of(0).device, nullptr);
  EXPECT_EQ(&places.of(0).stages, &places.of(7).stages);
}

TEST_F(Places, PagesAreDividedAmongDevicesAndStayThere) {
  PagePlaces places(1000, 10, {first_, second_});
  for (std::size_t page = 0; page < 8; ++page) {
    EXPECT_EQ(places.of(page).device, page % 2 == 0 ? first_.get() : second_.get());
    EXPECT_EQ(&places.of(page).stages, &places.of(page % 2).stages);
  }
  EXPECT_NE(&places.of(0).stages, &places.of(1).stages);
}

TEST_F(Places, NoImagesAreHeldWhereNoneAreKept) {
  Image image{cv::Mat(4, 4, CV_8U, cv::Scalar(7)), {300, 300}};
  image.held = first_->backend()->hold(image.gray);
  const ContentHash content = content_hash("it");
  for (const std::uint64_t bytes : {0, 1000}) {
    PagePlaces places(bytes, 10, {first_});
    places.of(0).stages.keep(content, image);
    EXPECT_EQ(places.of(0).stages.held(content).has_value(), bytes > 0);
  }
}

TEST_F(Places, NoMoreThreadsGiveADeviceWorkThanItsMemoryIsFor) {
  std::atomic<std::size_t> at_work{0};
  std::atomic<std::size_t> most{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 20; ++round) {
          const DeviceUse::Work work(*first_);
          const std::size_t now = ++at_work;
          for (std::size_t seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
          }
          std::this_thread::yield();
          --at_work;
        }
      });
    }
  }
  EXPECT_LE(most, kDeviceThreads);
}

}  // namespace
}  // namespace ocrtune
