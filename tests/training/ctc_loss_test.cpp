#include "ocrtune/training/ctc_loss.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace ocrtune::training {
namespace {

std::vector<float> softmax(const std::vector<float>& inputs, int classes) {
  std::vector<float> values(inputs.size());
  for (std::size_t row = 0; row < inputs.size(); row += static_cast<std::size_t>(classes)) {
    double sum = 0;
    for (int c = 0; c < classes; ++c) sum += std::exp(inputs[row + static_cast<std::size_t>(c)]);
    for (int c = 0; c < classes; ++c) {
      const std::size_t at = row + static_cast<std::size_t>(c);
      values[at] = static_cast<float>(std::exp(inputs[at]) / sum);
    }
  }
  return values;
}

/// What a path of classes says: without repetitions, then without blanks.
std::vector<int> collapsed(const std::vector<int>& path) {
  std::vector<int> labels;
  int before = 0;
  for (const int c : path) {
    if (c != 0 && c != before) labels.push_back(c);
    before = c;
  }
  return labels;
}

/// The probability of labels, as the sum over all paths.
double by_paths(const std::vector<float>& probabilities, int classes,
                const std::vector<int>& labels) {
  const std::size_t rows = probabilities.size() / static_cast<std::size_t>(classes);
  std::vector<int> path(rows, 0);
  double sum = 0;
  for (;;) {
    if (collapsed(path) == labels) {
      double p = 1;
      for (std::size_t row = 0; row < rows; ++row)
        p *= probabilities[row * static_cast<std::size_t>(classes) +
                           static_cast<std::size_t>(path[row])];
      sum += p;
    }
    std::size_t row = 0;
    while (row < rows && ++path[row] == classes) path[row++] = 0;
    if (row == rows) return sum;
  }
}

std::vector<float> random_inputs(std::size_t count) {
  std::vector<float> inputs;
  for (std::size_t i = 0; i < count; ++i)
    inputs.push_back(static_cast<float>(*rc::gen::inRange(-300, 300)) / 100.0F);
  return inputs;
}

RC_GTEST_PROP(CtcLoss, IsTheSumOverAllPaths, ()) {
  const int classes = *rc::gen::inRange(2, 5);
  const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
  const auto labels =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, classes)));
  const auto p = softmax(random_inputs(rows * static_cast<std::size_t>(classes)), classes);
  std::vector<float> gradient(p.size());
  CtcLoss loss;
  const auto found = loss(p, classes, labels, gradient);
  const double expected = by_paths(p, classes, labels);
  RC_ASSERT(found.has_value() == (expected > 0));
  if (found) RC_ASSERT(std::abs(std::exp(-*found) - expected) < 1e-5 * expected + 1e-12);
}

RC_GTEST_PROP(CtcLoss, GradientIsTheDifferenceQuotient, ()) {
  const int classes = *rc::gen::inRange(2, 5);
  const std::size_t rows = *rc::gen::inRange<std::size_t>(4, 7);
  const std::vector<int> labels{1, classes - 1};
  std::vector<float> inputs = random_inputs(rows * static_cast<std::size_t>(classes));
  std::vector<float> gradient(inputs.size());
  std::vector<float> unused(inputs.size());
  CtcLoss loss;
  RC_ASSERT(loss(softmax(inputs, classes), classes, labels, gradient).has_value());
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, inputs.size());
  constexpr float kStep = 0.01F;
  inputs[at] += kStep;
  const double above = *loss(softmax(inputs, classes), classes, labels, unused);
  inputs[at] -= 2 * kStep;
  const double below = *loss(softmax(inputs, classes), classes, labels, unused);
  RC_ASSERT(std::abs((above - below) / (2 * kStep) - gradient[at]) < 1e-3);
}

TEST(CtcLoss, NeedsARowForEachLabelAndABlankBetweenEqualOnes) {
  const std::vector<float> p = softmax(std::vector<float>(6, 0), 3);
  std::vector<float> gradient(p.size());
  CtcLoss loss;
  EXPECT_TRUE(loss(p, 3, std::vector<int>{1, 2}, gradient).has_value());
  EXPECT_FALSE(loss(p, 3, std::vector<int>{1, 1}, gradient).has_value());
  EXPECT_FALSE(loss(p, 3, std::vector<int>{1, 2, 1}, gradient).has_value());
  EXPECT_FALSE(loss({}, 3, std::vector<int>{1}, {}).has_value());
}

}  // namespace
}  // namespace ocrtune::training
