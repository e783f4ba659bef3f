#include "ocrtune/ocr/lstm/forward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "ocrtune/ocr/lstm/plain_forward.h"
#include "support/networks.h"
#include "support/repetitions.h"
#include "support/simd_targets.h"

namespace ocrtune::lstm {
namespace {

using namespace networks;
using ocrtune::test::on_every_target;

std::shared_ptr<const PreparedNetwork> prepare(
    const Network& network,
    PreparedNetwork::ByteProducts byte_products = PreparedNetwork::ByteProducts::allowed) {
  return std::make_shared<const PreparedNetwork>(network, kSampleIteration, byte_products);
}

LineOutput run(const std::shared_ptr<const PreparedNetwork>& network, const LineInput& line) {
  LineOutput out;
  Forward(network).run(line, out);
  return out;
}

testing::AssertionResult same_bits(const LineOutput& a, const LineOutput& b) {
  if (a.steps != b.steps || a.classes != b.classes ||
      a.probabilities.size() != b.probabilities.size()) {
    return testing::AssertionFailure() << "sizes differ";
  }
  for (std::size_t i = 0; i < a.probabilities.size(); ++i) {
    if (std::bit_cast<std::uint32_t>(a.probabilities[i]) !=
        std::bit_cast<std::uint32_t>(b.probabilities[i])) {
      return testing::AssertionFailure() << a.probabilities[i] << " and " << b.probabilities[i]
                                         << " at " << i << " of " << a.probabilities.size();
    }
  }
  return testing::AssertionSuccess();
}

void expect_plain_bits(const Network& network, const std::vector<int>& widths, Random& random) {
  std::vector<LineInput> lines;
  std::vector<LineOutput> expected;
  for (const int width : widths) {
    lines.push_back(random_line(network, width, random));
    expected.push_back(plain_forward(network, kSampleIteration, lines.back()));
  }
  on_every_target([&] {
    using ByteProducts = PreparedNetwork::ByteProducts;
    for (const auto byte_products : {ByteProducts::allowed, ByteProducts::avoided}) {
      Forward forward(prepare(network, byte_products));
      LineOutput out;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        SCOPED_TRACE(testing::Message() << "width " << lines[i].width);
        forward.run(lines[i], out);
        EXPECT_TRUE(same_bits(out, expected[i]));
      }
    }
  });
}

TEST(Forward, GivesThePlainBitsForInstalledNetworks) {
  for (const char* language : {"eng", "fra"}) {
    SCOPED_TRACE(language);
    Random random(1);
    std::uniform_int_distribution<int> width(1, 250);
    expect_plain_bits(installed_network(language),
                      {3, test::repetitions(700, 700, 150), width(random), width(random)}, random);
  }
}

TEST(Forward, GivesThePlainBitsForLineNetworksOfAnySize) {
  Random random(2);
  std::uniform_int_distribution<int> width(1, 100);
  for (int round = 0; round < 25 && !HasFailure(); ++round) {
    expect_plain_bits(random_line_network(random),
                      {width(random), 1, 2, 3, 4, 5, width(random), width(random)}, random);
  }
}

TEST(Forward, GivesThePlainBitsForEveryKindOfLayer) {
  Random random(3);
  std::uniform_int_distribution<int> width(1, 60);
  for (int round = 0; round < 25 && !HasFailure(); ++round) {
    expect_plain_bits(random_mixed_network(random), {4, 8, width(random), width(random)}, random);
  }
}

// Weights of −128 and inputs of ±127 with all signs alike are where 16-bit sums would overflow.
TEST(Forward, HoldsTheGreatestSums) {
  Network network{
      .layers = {}, .input_height = 1, .x_scale_factor = 1, .classes = 3, .integer = true};
  FullyConnected wide{.activation = Activation::linear, .weights = {}};
  wide.weights.outputs = 301;
  wide.weights.inputs = 1;
  wide.weights.integers.assign(602, -128);
  wide.weights.scales.assign(301, 1);
  FullyConnected last{.activation = Activation::softmax, .weights = {}};
  last.weights.outputs = 3;
  last.weights.inputs = 301;
  last.weights.integers.assign(906, -128);
  last.weights.scales = {1e-6F, 2e-6F, 3e-6F};
  network.layers.resize(2);
  network.layers[0].inputs = 1;
  network.layers[0].outputs = 301;
  network.layers[0].kind = wide;
  network.layers[1].inputs = 301;
  network.layers[1].outputs = 3;
  network.layers[1].kind = last;
  Random random(4);
  expect_plain_bits(network, {1, 30}, random);
}

// A pool of sums would take the wrong one where a scale turns their order.
TEST(Forward, GivesThePlainBitsForNegativeScales) {
  Random random(5);
  Network network = random_line_network(random);
  auto& scales = std::get<FullyConnected>(network.layers[1].kind).weights.scales;
  for (float& scale : scales) scale = -scale;
  expect_plain_bits(network, {40, 41}, random);
}

TEST(Forward, LinesTooNarrowForAStepGiveNone) {
  const Network network = installed_network("eng");
  for (const Network& either : {network, as_floats(network)}) {
    const auto prepared = prepare(either);
    Random random(6);
    for (const int width : {0, 1, 2}) {
      const LineOutput out = run(prepared, random_line(network, width, random));
      EXPECT_EQ(out.steps, 0);
      EXPECT_EQ(out.classes, network.classes);
      EXPECT_TRUE(out.probabilities.empty());
    }
  }
}

TEST(Forward, RemembersNothingOfLinesBefore) {
  Random random(7);
  const Network network = random_line_network(random);
  const LineInput line = random_line(network, 50, random);
  const LineOutput expected = plain_forward(network, kSampleIteration, line);
  Forward forward(prepare(network));
  LineOutput out;
  for (const int width : {7, 32'000, 500}) {
    const LineInput other = random_line(network, width, random);
    forward.run(other, out);
    EXPECT_TRUE(same_bits(out, plain_forward(network, kSampleIteration, other)));
    forward.run(line, out);
    EXPECT_TRUE(same_bits(out, expected)) << "after " << width;
  }
}

TEST(Forward, LinesTogetherGiveWhatTheyGiveAlone) {
  Random random(11);
  std::uniform_int_distribution<int> width(0, 200);
  const int rounds = test::repetitions(6, 6, 3);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const Network network = round == 0       ? installed_network("eng")
                            : round == 1     ? as_floats(random_line_network(random))
                            : round % 4 == 0 ? random_mixed_network(random)
                                             : random_line_network(random);
    std::vector<LineInput> lines;
    std::vector<LineOutput> expected;
    for (int i = 0; i < 22; ++i) {
      lines.push_back(random_line(network, i == 20 && round > 0 ? 4000 : width(random), random));
      expected.push_back(run(prepare(network), lines.back()));
    }
    on_every_target([&] {
      Forward forward(prepare(network));
      std::vector<LineOutput> outs(lines.size());
      forward.run(lines, outs);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_TRUE(!network.integer || same_bits(outs[i], expected[i])) << i;
        EXPECT_EQ(outs[i].steps, expected[i].steps);
      }
    });
  }
}

TEST(Forward, ThreadsShareANetwork) {
  Random random(8);
  const Network network = installed_network("eng");
  const auto prepared = prepare(network);
  const LineInput line = random_line(network, 120, random);
  const LineOutput expected = run(prepared, line);
  std::vector<LineOutput> outs(3);
  std::vector<std::thread> threads;
  threads.reserve(outs.size());
  for (LineOutput& out : outs) {
    threads.emplace_back([&] {
      Forward forward(prepared);
      for (int i = 0; i < 5; ++i) forward.run(line, out);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const LineOutput& out : outs) EXPECT_TRUE(same_bits(out, expected));
}

TEST(Forward, FloatNetworksGiveThePlainBitsWhereMultiplyAddIsFused) {
  Random random(9);
  for (int round = 0; round < 5; ++round) {
    const Network network = as_floats(random_line_network(random));
    const LineInput line = random_line(network, 30, random);
    const LineOutput expected = plain_forward(network, kSampleIteration, line);
    on_every_target([&] {
      const LineOutput out = run(prepare(network), line);
      const bool fused = hwy::SupportedTargets() <= HWY_AVX2;
      EXPECT_TRUE(!fused || same_bits(out, expected));
      ASSERT_EQ(out.probabilities.size(), expected.probabilities.size());
      for (std::size_t i = 0; i < out.probabilities.size(); ++i) {
        EXPECT_NEAR(out.probabilities[i], expected.probabilities[i], 1e-3);
      }
    });
  }
}

TEST(Forward, FloatNetworksReadAsTheirIntegersDo) {
  const Network network = installed_network("eng");
  Random random(10);
  const LineInput line = random_line(network, 300, random);
  const LineOutput integers = run(prepare(network), line);
  const LineOutput floats = run(prepare(as_floats(network)), line);
  ASSERT_EQ(integers.steps, floats.steps);
  int alike = 0;
  for (int step = 0; step < integers.steps; ++step) {
    const auto a = integers.at(step);
    const auto b = floats.at(step);
    alike += std::max_element(a.begin(), a.end()) - a.begin() ==
                     std::max_element(b.begin(), b.end()) - b.begin()
                 ? 1
                 : 0;
  }
  EXPECT_GE(alike, integers.steps * 8 / 10);
}

TEST(MeanOfBest, LeavesOutTheNullCodeAndRoundsDown) {
  const LineOutput output{.steps = 4,
                          .classes = 3,
                          .probabilities = {0.1F, 0.2F, 0.7F,    // the null code: left out
                                            0.9F, 0.05F, 0.05F,  // 114 / 127
                                            0.2F, 0.7F, 0.1F,    // 88 / 127
                                            1, 0, 0}};           // 127 / 127
  EXPECT_FLOAT_EQ(mean_of_best(output, 2), (114.0F + 88 + 127) / 3 / 127);
}

TEST(MeanOfBest, IsNothingWhereOnlyNullCodesAre) {
  EXPECT_EQ(mean_of_best({.steps = 1, .classes = 2, .probabilities = {0.5F, 0.5F}}, 1),
            63.0F / 127);
  EXPECT_EQ(mean_of_best({.steps = 1, .classes = 2, .probabilities = {0.1F, 0.9F}}, 1), 0);
  EXPECT_EQ(mean_of_best({.steps = 0, .classes = 2, .probabilities = {}}, 1), 0);
}

}  // namespace
}  // namespace ocrtune::lstm
