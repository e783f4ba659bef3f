// Networks on devices: the bits of the processors' code, whatever runs together.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "devices/device_list.h"
#include "ocrtune/ocr/lstm/device_network.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/shared_forward.h"
#include "support/networks.h"

namespace ocrtune::lstm {
namespace {

using namespace networks;

/// One of each, as opening one takes seconds.
std::shared_ptr<OcrDevice> opened(const std::string& name) {
  static std::map<std::string, std::shared_ptr<OcrDevice>> devices;
  std::shared_ptr<OcrDevice>& device = devices[name];
  if (!device) device = std::make_shared<OcrDevice>(test::device_named(name));
  return device;
}

class DeviceNetworks : public testing::TestWithParam<std::string> {
 protected:
  void expect_bits(const Network& network, const std::vector<int>& widths) {
    ASSERT_TRUE(DeviceNetwork::fits(network));
    std::vector<LineInput> lines;
    for (const int width : widths) lines.push_back(random_line(network, width, random_));
    std::vector<LineOutput> expected(lines.size());
    Forward(std::make_shared<const PreparedNetwork>(network, kSampleIteration))
        .run(lines, expected);
    std::vector<LineOutput> outs(lines.size());
    SharedForward forward(network, kSampleIteration, device_);
    ASSERT_TRUE(forward.run(lines, outs)) << device_->first_failure();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      SCOPED_TRACE(testing::Message() << "line " << i << ", width " << widths[i]);
      ASSERT_EQ(outs[i].steps, expected[i].steps);
      const auto bits = [](float value) { return std::bit_cast<std::uint32_t>(value); };
      EXPECT_TRUE(
          std::ranges::equal(outs[i].probabilities, expected[i].probabilities, {}, bits, bits));
    }
  }

  std::vector<int> widths(int count, int low, int high) {
    std::vector<int> all;
    for (int i = 0; i < count; ++i)
      all.push_back(std::uniform_int_distribution<int>(low, high)(random_));
    return all;
  }

  [[nodiscard]] bool host() const { return GetParam() == "host"; }
  std::shared_ptr<OcrDevice> device_ = opened(GetParam());
  Random random_{20261122};
};

TEST_P(DeviceNetworks, LineNetworksOfAnySizeGiveTheBitsOfTheProcessor) {
  for (int round = 0; round < (host() ? 5 : 15) && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    std::vector<int> all = widths(host() ? 6 : 20, 0, 100);
    all.insert(all.end(), {0, 1, 2, 3, 4, 5});
    expect_bits(random_line_network(random_), all);
  }
}

TEST_P(DeviceNetworks, EveryKindOfLayerGivesTheBitsOfTheProcessor) {
  for (int round = 0; round < (host() ? 3 : 12) && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    expect_bits(random_turning_network(random_), widths(host() ? 4 : 9, 4, 60));
  }
}

TEST_P(DeviceNetworks, InstalledNetworksGiveTheBitsOfTheProcessor) {
  for (const char* language : {"eng", "fra"}) {
    SCOPED_TRACE(language);
    std::vector<int> all = host() ? std::vector<int>{} : widths(30, 1, 400);
    all.insert(all.end(), {3, 5, 90, 41});
    expect_bits(installed_network(language), all);
  }
}

TEST_P(DeviceNetworks, ManyLinesRunTogether) {
  expect_bits(random_line_network(random_), widths(host() ? 40 : 700, 0, 60));
}

INSTANTIATE_TEST_SUITE_P(All, DeviceNetworks, testing::ValuesIn(test::device_names()),
                         [](const auto& each) { return each.param; });

TEST(DeviceNetwork, OthersAreLeftToTheProcessors) {
  Random random(1);
  const Network network = random_line_network(random);
  EXPECT_TRUE(DeviceNetwork::fits(network));
  EXPECT_FALSE(DeviceNetwork::fits(as_floats(network)));
  EXPECT_FALSE(DeviceNetwork::fits(random_mixed_network(random)));
  const auto changed = [&](const std::function<void(Network&)>& change) {
    Network other = network;
    change(other);
    return DeviceNetwork::fits(other);
  };
  EXPECT_FALSE(changed([](Network& other) {
    std::get<FullyConnected>(other.layers[1].kind).weights.scales[0] *= -1;
  }));
  EXPECT_FALSE(changed([](Network& other) { other.layers.resize(1); }));
  const auto with_states = [&](int states) {
    return changed([&](Network& other) {
      auto& turned = std::get<Reversed>(other.layers[3].kind);
      std::get<Lstm>(turned.series[0].kind).states = states;
    });
  };
  EXPECT_TRUE(with_states(512));
  EXPECT_FALSE(with_states(513));
}

}  // namespace
}  // namespace ocrtune::lstm
