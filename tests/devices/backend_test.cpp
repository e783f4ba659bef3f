#include "ocrtune/devices/backend.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "devices/device_list.h"
#include "ocrtune/devices/device.h"
#include "ocrtune/kernels/lines/line_mask.h"
#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using test::same_pixels;

/// One of each, as opening one takes seconds.
Backend& backend_named(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Backend>> opened;
  std::unique_ptr<Backend>& backend = opened[name];
  if (!backend) backend = backend_of(test::device_named(name));
  return *backend;
}

class DeviceBackends : public testing::TestWithParam<std::string> {
 protected:
  /// Calls `compare` with images of the sizes and contents that kernels are tried with, as many as
  /// are done in seconds.
  void on_images(int count, cv::Size largest,
                 const std::function<void(const cv::Mat& gray, cv::RNG& rng)>& compare) {
    cv::RNG rng(20261122);
    for (int round = 0; round < count; ++round) {
      const cv::Size size(rng.uniform(1, largest.width + 1), rng.uniform(1, largest.height + 1));
      const cv::Mat gray = test::kernel_image(size, round, rng);
      SCOPED_TRACE(testing::Message() << "round " << round << ", " << size);
      compare(gray, rng);
      if (HasFailure()) return;
    }
  }

  [[nodiscard]] bool host() const { return GetParam() == "host"; }
  Backend& backend_ = backend_named(GetParam());
  Backend& cpu_ = cpu_backend();
};

TEST_P(DeviceBackends, PixelsComeBack) {
  on_images(20, {300, 200}, [&](const cv::Mat& gray, cv::RNG&) {
    const Pixels held = backend_.hold(gray);
    EXPECT_EQ(held.size(), gray.size());
    EXPECT_TRUE(same_pixels(backend_.gray(held), gray));
  });
}

TEST_P(DeviceBackends, HashesTellImagesApart) {
  on_images(10, {90, 70}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const ContentHash hash = backend_.pixel_hash(backend_.hold(gray));
    EXPECT_EQ(hash, backend_.pixel_hash(backend_.hold(gray.clone())));
    cv::Mat other = gray.clone();
    other.at<std::uint8_t>(rng.uniform(0, gray.rows), rng.uniform(0, gray.cols)) ^= 1;
    EXPECT_NE(hash, backend_.pixel_hash(backend_.hold(other)));
    const cv::Mat turned = gray.clone().reshape(0, gray.cols);
    if (turned.size() != gray.size()) {
      EXPECT_NE(hash, backend_.pixel_hash(backend_.hold(turned)));
    }
  });
}

TEST_P(DeviceBackends, LinesAreThoseOfTheProcessor) {
  on_images(host() ? 20 : 60, {400, 300}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const LineSizes sizes{.h_size = rng.uniform(1, 120),
                          .v_size = rng.uniform(1, 120),
                          .dilate_iter = rng.uniform(0, 4)};
    const Pixels held = backend_.hold(gray);
    EXPECT_TRUE(same_pixels(backend_.gray(backend_.line_mask(held, sizes)),
                            cpu_.gray(cpu_.line_mask(cpu_.hold(gray), sizes))));
    EXPECT_TRUE(same_pixels(backend_.gray(backend_.without_lines(held, sizes)),
                            cpu_.gray(cpu_.without_lines(cpu_.hold(gray), sizes))));
  });
}

TEST_P(DeviceBackends, DivisionIsThatOfTheProcessor) {
  on_images(host() ? 10 : 40, {host() ? 80 : 300, 100}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const int kernel = 2 * rng.uniform(1, 110) + 1;
    SCOPED_TRACE(kernel);
    EXPECT_TRUE(same_pixels(backend_.gray(backend_.divided_by_blur(backend_.hold(gray), kernel)),
                            cpu_.gray(cpu_.divided_by_blur(cpu_.hold(gray), kernel))));
  });
}

TEST_P(DeviceBackends, NonLocalMeansAreThoseOfTheProcessor) {
  on_images(
      host() ? 8 : 40, host() ? cv::Size(70, 20) : cv::Size(200, 120),
      [&](const cv::Mat& gray, cv::RNG& rng) {
        const float h = rng.uniform(0.0F, 25.0F);
        const int search = 2 * rng.uniform(0, 11) + 1;
        SCOPED_TRACE(testing::Message() << "h " << h << ", search " << search);
        EXPECT_TRUE(same_pixels(backend_.gray(backend_.denoise_nlm(backend_.hold(gray), h, search)),
                                cpu_.gray(cpu_.denoise_nlm(cpu_.hold(gray), h, search))));
      });
}

TEST_P(DeviceBackends, NonLocalMeansAreThoseOfTheProcessorWhereTilesMeet) {
  cv::RNG rng(20261123);
  // Of 128 x 12 pixels.
  const std::vector<cv::Size> sizes{{1, 13}, {127, 11}, {128, 12}, {129, 13}, {130, 1}, {257, 25}};
  for (const int search : {3, 21}) {
    for (const cv::Size size : sizes) {
      const cv::Mat gray = test::kernel_image(size, rng.uniform(0, 1000), rng);
      // Weights of the last two don't fit into a group's memory.
      for (const float h : {0.5F, 9.0F, 20.0F, 20.5F, 40.0F}) {
        SCOPED_TRACE(testing::Message() << size << ", h " << h << ", search " << search);
        ASSERT_TRUE(same_pixels(backend_.gray(backend_.denoise_nlm(backend_.hold(gray), h, search)),
                                cpu_.gray(cpu_.denoise_nlm(cpu_.hold(gray), h, search))));
      }
    }
  }
}

TEST_P(DeviceBackends, TheLaplaciansVarianceIsThatOfTheProcessor) {
  on_images(30, {300, 200}, [&](const cv::Mat& gray, cv::RNG&) {
    EXPECT_EQ(backend_.laplacian_variance(backend_.hold(gray)),
              cpu_.laplacian_variance(cpu_.hold(gray)));
  });
}

TEST_P(DeviceBackends, ThresholdsAreThoseOfTheProcessor) {
  on_images(host() ? 10 : 60, {host() ? 80 : 300, 100}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const int block = 2 * rng.uniform(1, 110) + 1;
    const double c = rng.uniform(-5.0, 30.0);
    SCOPED_TRACE(testing::Message() << "block " << block << ", c " << c);
    EXPECT_TRUE(same_pixels(
        backend_.gray(backend_.adaptive_threshold_gaussian(backend_.hold(gray), block, c)),
        cpu_.gray(cpu_.adaptive_threshold_gaussian(cpu_.hold(gray), block, c))));
  });
}

TEST_P(DeviceBackends, BlursAreThoseOfTheProcessorWhereRunsAndStretchesEnd) {
  cv::RNG rng(20261124);
  // Runs are of 8 pixels, stretches of 512, and no kernel is wider than the last.
  for (const int kernel : {3, 9, 11, 2001}) {
    for (const cv::Size size : {cv::Size{1, 17}, {511, 7}, {512, 8}, {513, 9}, {1025, 1}}) {
      SCOPED_TRACE(testing::Message() << size << ", kernel " << kernel);
      const cv::Mat gray = test::kernel_image(size, rng.uniform(0, 1000), rng);
      const Pixels held = backend_.hold(gray);
      ASSERT_TRUE(same_pixels(backend_.gray(backend_.divided_by_blur(held, kernel)),
                              cpu_.gray(cpu_.divided_by_blur(cpu_.hold(gray), kernel))));
      ASSERT_TRUE(
          same_pixels(backend_.gray(backend_.adaptive_threshold_gaussian(held, kernel, 15)),
                      cpu_.gray(cpu_.adaptive_threshold_gaussian(cpu_.hold(gray), kernel, 15))));
    }
  }
}

TEST_P(DeviceBackends, DistancesFromThePaperAreThoseOfTheProcessor) {
  on_images(host() ? 10 : 40, {host() ? 80 : 300, 100}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const int dilate = 2 * rng.uniform(0, 20) + 1;
    const int blur = 2 * rng.uniform(0, host() ? 20 : 128) + 1;
    SCOPED_TRACE(testing::Message() << "dilate " << dilate << ", blur " << blur);
    EXPECT_TRUE(
        same_pixels(backend_.gray(backend_.distance_from_paper(backend_.hold(gray), dilate, blur)),
                    cpu_.gray(cpu_.distance_from_paper(cpu_.hold(gray), dilate, blur))));
  });
}

TEST_P(DeviceBackends, ContrastIsThatOfTheProcessor) {
  on_images(host() ? 20 : 60, {300, 200}, [&](const cv::Mat& gray, cv::RNG& rng) {
    const Pixels held = backend_.hold(gray);
    EXPECT_TRUE(same_pixels(backend_.gray(backend_.stretched(held)),
                            cpu_.gray(cpu_.stretched(cpu_.hold(gray)))));
    const double clip = rng.uniform(0, 4) == 0 ? 0 : rng.uniform(0.0, 8.0);
    const int tiles = rng.uniform(1, 20);
    SCOPED_TRACE(testing::Message() << "clip " << clip << ", tiles " << tiles);
    EXPECT_TRUE(same_pixels(backend_.gray(backend_.equalised(held, clip, tiles)),
                            cpu_.gray(cpu_.equalised(cpu_.hold(gray), clip, tiles))));
  });
}

TEST_P(DeviceBackends, ManyPixelsAtTheirThresholdsAreDecidedAsOpencvDoes) {
  // All means are the level itself, which for an offset of 0 is what a pixel must be above.
  for (const int level : {0, 1, 127, 255}) {
    const cv::Mat flat(60, 90, CV_8UC1, cv::Scalar(level));
    for (const double c : {-1.0, 0.0, 1.0}) {
      EXPECT_TRUE(same_pixels(
          backend_.gray(backend_.adaptive_threshold_gaussian(backend_.hold(flat), 61, c)),
          cpu_.gray(cpu_.adaptive_threshold_gaussian(cpu_.hold(flat), 61, c))));
    }
  }
}

TEST_P(DeviceBackends, ThreadsShareIt) {
  if (host()) GTEST_SKIP() << "not thread-safe";
  std::vector<std::jthread> threads;
  std::atomic<int> equal{0};
  constexpr int kThreads = 4;
  constexpr int kRounds = 5;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const cv::Mat gray = test::scanned(150 + i, 90, static_cast<std::uint64_t>(i));
      const auto made = [&](Backend& backend, int round) {
        const Pixels divided = backend.divided_by_blur(backend.hold(gray), 31 + 2 * round);
        return backend.gray(backend.adaptive_threshold_gaussian(divided, 41, 10 + i));
      };
      for (int round = 0; round < kRounds; ++round)
        equal += same_pixels(made(backend_, round), made(cpu_, round)) ? 1 : 0;
    });
  }
  threads.clear();
  EXPECT_EQ(equal, kThreads * kRounds);
}

TEST_P(DeviceBackends, ImagesOutliveTheThreadsThatMadeThem) {
  const cv::Mat gray = test::scanned(150, 90, 1);
  std::optional<Pixels> made;
  for (int i = 0; i < 3; ++i) {
    std::jthread([&] { made = backend_.divided_by_blur(made ? *made : backend_.hold(gray), 31); });
  }
  Pixels expected = cpu_.hold(gray);
  for (int i = 0; i < 3; ++i) expected = cpu_.divided_by_blur(expected, 31);
  std::jthread([&] { EXPECT_TRUE(same_pixels(backend_.gray(*made), cpu_.gray(expected))); });
  made.reset();
  EXPECT_TRUE(same_pixels(backend_.gray(backend_.hold(gray)), gray));
}

TEST_P(DeviceBackends, ArgumentsAreChecked) {
  const Pixels held = backend_.hold(cv::Mat(3, 3, CV_8UC1, cv::Scalar(7)));
  EXPECT_THROW(backend_.divided_by_blur(held, 4), cv::Exception);
  EXPECT_THROW(backend_.denoise_nlm(held, 9, 23), cv::Exception);
  EXPECT_THROW(backend_.adaptive_threshold_gaussian(held, 2, 0), cv::Exception);
  EXPECT_THROW(backend_.distance_from_paper(held, 3, 257), cv::Exception);
  EXPECT_THROW(backend_.line_mask(held, {.h_size = 0}), cv::Exception);
}

INSTANTIATE_TEST_SUITE_P(All, DeviceBackends, testing::ValuesIn(test::device_names()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace ocrtune
