#include "ocrtune/training/ctc_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ocrtune::training {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();
constexpr double kLeastProbability = 1e-30;

/// log(exp(a) + exp(b) + exp(c)).
double log_sum(double a, double b, double c) {
  const double most = std::max({a, b, c});
  if (most == kImpossible) return kImpossible;
  return most + std::log(std::exp(a - most) + std::exp(b - most) + std::exp(c - most));
}

}  // namespace

void CtcLoss::forward() {
  const std::size_t states = states_.size();
  alpha_.assign(rows_ * states, kImpossible);
  at(alpha_, 0, 0) = at(emitted_, 0, 0);
  at(alpha_, 0, 1) = at(emitted_, 0, 1);
  for (std::size_t row = 1; row < rows_; ++row) {
    for (std::size_t s = 0; s < states; ++s) {
      const double stay = at(alpha_, row - 1, s);
      const double next = s >= 1 ? at(alpha_, row - 1, s - 1) : kImpossible;
      const double skip = skips_[s] != 0 ? at(alpha_, row - 1, s - 2) : kImpossible;
      at(alpha_, row, s) = log_sum(stay, next, skip) + at(emitted_, row, s);
    }
  }
}

void CtcLoss::backward() {
  const std::size_t states = states_.size();
  beta_.assign(rows_ * states, kImpossible);
  at(beta_, rows_ - 1, states - 1) = 0;
  at(beta_, rows_ - 1, states - 2) = 0;
  for (std::size_t row = rows_ - 1; row-- > 0;) {
    const auto from = [&](std::size_t s) {
      return s < states ? at(beta_, row + 1, s) + at(emitted_, row + 1, s) : kImpossible;
    };
    for (std::size_t s = 0; s < states; ++s) {
      const double skip = s + 2 < states && skips_[s + 2] != 0 ? from(s + 2) : kImpossible;
      at(beta_, row, s) = log_sum(from(s), from(s + 1), skip);
    }
  }
}

std::optional<double> CtcLoss::operator()(std::span<const float> probabilities, int classes,
                                          std::span<const int> labels, std::span<float> gradient) {
  const auto columns = static_cast<std::size_t>(classes);
  rows_ = probabilities.size() / columns;
  states_.assign(2 * labels.size() + 1, 0);
  skips_.assign(states_.size(), 0);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    states_[2 * i + 1] = labels[i];
    skips_[2 * i + 1] = i > 0 && labels[i] != labels[i - 1] ? 1 : 0;
  }
  if (rows_ == 0) return std::nullopt;
  emitted_.resize(rows_ * states_.size());
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t s = 0; s < states_.size(); ++s) {
      const double p = probabilities[row * columns + static_cast<std::size_t>(states_[s])];
      at(emitted_, row, s) = std::log(std::max(p, kLeastProbability));
    }
  }
  forward();
  const double total = log_sum(at(alpha_, rows_ - 1, states_.size() - 1),
                               at(alpha_, rows_ - 1, states_.size() - 2), kImpossible);
  if (total == kImpossible) return std::nullopt;
  backward();
  std::ranges::copy(probabilities, gradient.begin());
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t s = 0; s < states_.size(); ++s) {
      const double share = std::exp(at(alpha_, row, s) + at(beta_, row, s) - total);
      gradient[row * columns + static_cast<std::size_t>(states_[s])] -= static_cast<float>(share);
    }
  }
  return -total;
}

}  // namespace ocrtune::training
