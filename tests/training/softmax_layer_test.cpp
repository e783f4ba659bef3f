#include "ocrtune/training/softmax_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune::training {
namespace {

constexpr int kFeatures = 4;
constexpr int kClasses = 4;

/// Rows whose feature of their class is 1, with some noise.
std::vector<float> features_of(const std::vector<int>& classes, Random& random) {
  std::vector<float> features;
  for (const int c : classes) {
    for (int f = 0; f < kFeatures; ++f)
      features.push_back(static_cast<float>((f == c ? 1 : 0) + random.normal(0, 0.1)));
  }
  return features;
}

std::vector<int> best_classes(std::span<const float> probabilities) {
  std::vector<int> best;
  for (std::size_t row = 0; row < probabilities.size(); row += kClasses) {
    const auto values = probabilities.subspan(row, kClasses);
    best.push_back(static_cast<int>(std::ranges::max_element(values) - values.begin()));
  }
  return best;
}

SoftmaxLayer untrained() {
  return {kFeatures, kClasses, std::vector<float>(kFeatures * kClasses, 0),
          std::vector<float>(kClasses, 0)};
}

TEST(SoftmaxLayer, ProbabilitiesOfARowAreOneTogether) {
  std::vector<float> p;
  class_probabilities(std::vector<float>{2, -90}, std::vector<float>{1, 2, 3},
                      std::vector<float>{0, -1, 500}, p);
  ASSERT_EQ(p.size(), 6U);
  EXPECT_NEAR(p[0] + p[1] + p[2], 1, 1e-6);
  EXPECT_NEAR(p[5], 1, 1e-6);
}

TEST(SoftmaxLayer, LearnsWhatLinesSayWithoutBeingToldWhere) {
  Random random(1);
  SoftmaxLayer layer = untrained();
  for (int step = 0; step < 3000; ++step) {
    const std::vector<int> first{0, 1, 1, 0, 2, 0, 3};
    const std::vector<int> second{2, 0, 3, 3, 0, 1};
    const auto a = features_of(first, random);
    const auto b = features_of(second, random);
    const std::vector<int> a_says{1, 2, 3};
    const std::vector<int> b_says{2, 3, 1};
    layer.step(std::vector<LayerSample>{{.features = a, .labels = a_says},
                                        {.features = b, .labels = b_says}});
  }
  const std::vector<int> line{3, 0, 1, 0, 2, 2};
  std::vector<float> p;
  class_probabilities(features_of(line, random), layer.weights(), layer.bias(), p);
  EXPECT_EQ(best_classes(p), line);
}

TEST(SoftmaxLayer, LinesThatAreTooShortTeachNothing) {
  SoftmaxLayer layer = untrained();
  const std::vector<float> features(kFeatures, 1);
  const std::vector<int> labels{1, 1};
  layer.step(std::vector<LayerSample>{{.features = features, .labels = labels}});
  EXPECT_EQ(layer.weights(), untrained().weights());
  layer.step({});
  EXPECT_EQ(layer.bias(), untrained().bias());
}

}  // namespace
}  // namespace ocrtune::training
