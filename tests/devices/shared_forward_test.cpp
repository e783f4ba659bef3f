// Threads that share a device for OCR, and what becomes of lines where it fails.

#include "ocrtune/ocr/lstm/shared_forward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "devices/device_list.h"
#include "devices/host_device.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "support/networks.h"
#include "support/repetitions.h"

namespace ocrtune::lstm {
namespace {

using namespace networks;

/// How a device is to fail, what it has, and how often it ran a kernel.
struct Fate {
  std::atomic<int> kernels{0};
  std::uint64_t memory_bytes = 1U << 30U;
  std::atomic<int> fails_from{1 << 30};
};

/// Another device, which fails when told.
class FailingDevice final : public Device {
 public:
  FailingDevice(std::unique_ptr<Device> device, Fate& fate)
      : device_(std::move(device)), fate_(fate), info_(device_->info()) {
    info_.memory_bytes = fate.memory_bytes;
  }

  [[nodiscard]] const BackendInfo& info() const override { return info_; }
  BufferPtr room(std::size_t bytes) override { return device_->room(bytes); }
  void write(Buffer& to, const void* from, std::size_t bytes) override {
    device_->write(to, from, bytes);
  }
  void read(const Buffer& from, void* to, std::size_t bytes) override {
    device_->read(from, to, bytes);
  }
  void wait() override { device_->wait(); }
  void run(const std::string& kernel, WorkItems items, WorkItems group,
           std::initializer_list<Argument> arguments) override {
    if (fate_.kernels++ >= fate_.fails_from) throw DeviceError("it is gone");
    device_->run(kernel, items, group, arguments);
  }

 private:
  std::unique_ptr<Device> device_;
  Fate& fate_;
  BackendInfo info_;
};

class SharedForwards : public testing::Test {
 protected:
  std::vector<LineOutput> expected_of(const std::vector<LineInput>& lines) {
    std::vector<LineOutput> outs(lines.size());
    Forward(std::make_shared<const PreparedNetwork>(network_, kSampleIteration)).run(lines, outs);
    return outs;
  }

  static bool same(const std::vector<LineOutput>& a, const std::vector<LineOutput>& b) {
    return std::ranges::equal(a, b, {}, &LineOutput::probabilities, &LineOutput::probabilities);
  }

  Random random_{3};
  Network network_ = random_line_network(random_);
  Fate fate_;
  std::shared_ptr<OcrDevice> device_ =
      std::make_shared<OcrDevice>(std::make_unique<FailingDevice>(test::host_device(), fate_));
};

TEST_F(SharedForwards, ThreadsGetWhatTheyGetAlone) {
  for (const std::string& name : test::device_names()) {
    SCOPED_TRACE(name);
    SharedForward forward(network_, kSampleIteration,
                          std::make_shared<OcrDevice>(test::device_named(name)));
    std::vector<std::jthread> threads;
    std::atomic<int> equal{0};
    constexpr int kThreads = 6;
    const int rounds = test::repetitions(4, 2);
    for (unsigned i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        Random random(i);
        for (int round = 0; round < rounds; ++round) {
          std::vector<LineInput> lines;
          for (int width : {20, 3, 0, 35}) lines.push_back(random_line(network_, width, random));
          std::vector<LineOutput> outs(lines.size());
          const bool done = forward.run(lines, outs);
          equal += done && same(outs, expected_of(lines)) ? 1 : 0;
        }
      });
    }
    threads.clear();
    EXPECT_EQ(equal, kThreads * rounds);
  }
}

TEST_F(SharedForwards, ADeviceThatFailsOftenIsLeftAlone) {
  SharedForward forward(network_, kSampleIteration, device_);
  const std::vector<LineInput> lines{random_line(network_, 20, random_)};
  std::vector<LineOutput> outs(1);
  EXPECT_TRUE(forward.run(lines, outs));
  const int kernels = fate_.kernels;
  fate_.fails_from = kernels + 1;
  for (int i = 0; i < 12; ++i) EXPECT_FALSE(forward.run(lines, outs));
  EXPECT_EQ(device_->failures(), 8);
  EXPECT_TRUE(device_->left_alone());
  EXPECT_EQ(device_->first_failure(), "it is gone");
  EXPECT_EQ(fate_.kernels, kernels + 9);
}

TEST_F(SharedForwards, WhatIsTooMuchForItsMemoryGoesInParts) {
  std::vector<LineInput> lines;
  for (int i = 0; i < 30; ++i) lines.push_back(random_line(network_, 10 + i, random_));
  std::vector<LineOutput> outs(lines.size());
  int kernels = 0;
  for (const std::uint64_t memory_bytes : {1U << 30U, 1U << 18U}) {
    Fate fate{.memory_bytes = memory_bytes};
    SharedForward forward(
        network_, kSampleIteration,
        std::make_shared<OcrDevice>(std::make_unique<FailingDevice>(test::host_device(), fate)));
    ASSERT_TRUE(forward.run(lines, outs));
    EXPECT_TRUE(same(outs, expected_of(lines)));
    EXPECT_GT(fate.kernels, 2 * kernels);
    kernels = fate.kernels;
  }
}

TEST_F(SharedForwards, LinesTooWideForItsMemoryAreNotTaken) {
  SharedForward forward(network_, kSampleIteration, device_);
  LineInput line = random_line(network_, 3, random_);
  line.width = 1 << 30;
  std::vector<LineOutput> outs(1);
  EXPECT_FALSE(forward.run({&line, 1}, outs));
  EXPECT_EQ(device_->failures(), 0);
}

/// A page whose second line is read inverted.
Image page() {
  cv::Mat gray(150, 420, CV_8UC1, cv::Scalar(230));
  cv::putText(gray, "Coffee, large", {20, 50}, cv::FONT_HERSHEY_DUPLEX, 1, 20, 1, cv::LINE_AA);
  cv::rectangle(gray, {10, 70}, {400, 130}, cv::Scalar(40), -1);
  cv::putText(gray, "white on black", {20, 110}, cv::FONT_HERSHEY_DUPLEX, 1, 235, 1, cv::LINE_AA);
  return {gray};
}

std::string words_of(const OcrResult& ocr_result) {
  std::string text;
  for (const Word& word : ocr_result.words)
    text += word.text + " " + std::to_string(word.confidence) + "\n";
  return text;
}

TEST_F(SharedForwards, PagesAreReadAlikeWhetherItFailsOrNot) {
  const std::atomic<bool> stop{false};
  const auto read = [&](std::shared_ptr<OcrDevice> device) {
    return words_of(*open_lstm("eng", {.device = std::move(device)})->read(page(), {}, stop));
  };
  const std::string expected = read(nullptr);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(read(device_), expected);
  const int kernels = fate_.kernels;
  EXPECT_GT(kernels, 0);
  EXPECT_EQ(device_->failures(), 0);
  fate_.fails_from = kernels + 3;
  EXPECT_EQ(read(device_), expected);
  EXPECT_GT(device_->failures(), 0);
}

}  // namespace
}  // namespace ocrtune::lstm
