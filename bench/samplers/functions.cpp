#include "samplers/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace ocrtune::bench {
namespace {

constexpr double kPi = std::numbers::pi;

double squared(double value) { return value * value; }

Dimension real(std::string name, double low, double high) {
  return {.name = std::move(name), .low = low, .high = high, .initial = (low + high) / 2};
}

Dimension logarithmic(std::string name, ParameterType type, double low, double high) {
  return {.name = std::move(name),
          .type = type,
          .low = low,
          .high = high,
          .initial = type == ParameterType::real ? std::sqrt(low * high)
                                                 : std::round(std::sqrt(low * high)),
          .log = true};
}

Dimension integer(std::string name, double low, double high) {
  return {.name = std::move(name),
          .type = ParameterType::integer,
          .low = low,
          .high = high,
          .initial = std::round((low + high) / 2)};
}

Dimension category(std::string name, std::vector<std::string> choices) {
  const auto high = static_cast<double>(choices.size() - 1);
  return {.name = std::move(name),
          .type = ParameterType::category,
          .high = high,
          .choices = std::move(choices)};
}

Dimension boolean(std::string name) {
  return {.name = std::move(name), .type = ParameterType::boolean, .high = 1};
}

Dimension only_if(Dimension dimension, std::string parent, std::vector<double> values = {}) {
  dimension.active_if = std::move(parent);
  dimension.active_values = std::move(values);
  return dimension;
}

Space reals(std::size_t count, double low, double high) {
  std::vector<Dimension> dimensions;
  for (std::size_t i = 0; i < count; ++i)
    dimensions.push_back(real(fmt::format("x{}", i + 1), low, high));
  return Space(std::move(dimensions));
}

/// The values of a point whose parameters all exist.
std::vector<double> numbers_of(const Point& point) {
  std::vector<double> numbers;
  for (const auto& [name, value] : point.values) numbers.push_back(value);
  return numbers;
}

/// A function of one objective of all the numbers of a point.
Function plain(std::string name, Space space, std::size_t trials,
               double (*value)(const std::vector<double>&)) {
  return {.name = std::move(name),
          .space = std::move(space),
          .trials = trials,
          .values = [value](const Point& point) { return std::vector{value(numbers_of(point))}; }};
}

double branin(double x, double y) {
  constexpr double kMin = 0.39788735772973816;
  const double bend = y - 5.1 / (4 * kPi * kPi) * x * x + 5 / kPi * x - 6;
  return squared(bend) + 10 * (1 - 1 / (8 * kPi)) * std::cos(x) + 10 - kMin;
}

double hartmann6(const std::vector<double>& x) {
  constexpr double kMin = -3.3223680114155147;
  constexpr std::array<double, 4> kDepths{1, 1.2, 3, 3.2};
  constexpr double kWidths[4][6] = {{10, 3, 17, 3.5, 1.7, 8},
                                    {0.05, 10, 17, 0.1, 8, 14},
                                    {3, 3.5, 1.7, 10, 17, 8},
                                    {17, 8, 0.05, 10, 0.1, 14}};
  constexpr double kCentres[4][6] = {{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                     {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                     {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                     {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}};
  double sum = 0;
  for (std::size_t i = 0; i < kDepths.size(); ++i) {
    double distance = 0;
    for (std::size_t j = 0; j < x.size(); ++j)
      distance += kWidths[i][j] * squared(x[j] - kCentres[i][j]);
    sum -= kDepths[i] * std::exp(-distance);
  }
  return sum - kMin;
}

double rosenbrock(const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i)
    sum += 100 * squared(x[i + 1] - squared(x[i])) + squared(1 - x[i]);
  return sum;
}

double ackley(const std::vector<double>& x) {
  constexpr std::array<double, 5> kBest{7.3, -11.6, 18.2, 9, -13};
  const auto count = static_cast<double>(x.size());
  double squares = 0;
  double waves = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    squares += squared(x[i] - kBest[i]);
    waves += std::cos(2 * kPi * (x[i] - kBest[i]));
  }
  return 20 + std::numbers::e - 20 * std::exp(-0.2 * std::sqrt(squares / count)) -
         std::exp(waves / count);
}

Space ackley_space() {
  return Space({real("x1", -32, 32), real("x2", -32, 32), real("x3", -32, 32),
                integer("x4", -32, 32), integer("x5", -32, 32)});
}

double rastrigin(const std::vector<double>& x) {
  constexpr std::array<double, 5> kBest{1.25, -2.5, 3.75, -0.75, 2};
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double distance = x[i] - kBest[i];
    sum += squared(distance) + 10 * (1 - std::cos(2 * kPi * distance));
  }
  return sum;
}

Space rastrigin_space() {
  std::vector<Dimension> dimensions = reals(5, -5.25, 5.25).dimensions();
  for (Dimension& dimension : dimensions) dimension.step = 0.25;
  return Space(std::move(dimensions));
}

double styblinski(const std::vector<double>& x) {
  constexpr double kMin = -39.166165703771416;
  double sum = 0;
  for (const double value : x)
    sum += (std::pow(value, 4) - 16 * squared(value) + 5 * value) / 2 - kMin;
  return sum;
}

/// As an error of a learner that is trained: the best rate depends on the method and on the width,
/// too high a rate ruins everything, width helps less and less and wants decay.
double learner_error(const std::vector<double>& x) {
  struct Method {
    double best_rate;  // of its decimal logarithm
    double tolerance;
    double least;
  };
  constexpr std::array<Method, 4> kMethods{
      {{-0.8, 0.5, 0.02}, {-1.6, 0.6, 0.01}, {-2.8, 0.8, 0}, {-3.4, 0.4, 0.005}}};
  const double rate = std::log10(x[0]);
  const double decay = std::log10(x[1]);
  const double width = std::log2(x[2]);
  const double dropout = x[3];
  const double batch = std::log2(x[4]);
  const Method& method = kMethods[static_cast<std::size_t>(x[5])];
  const double miss = rate - (method.best_rate - 0.12 * (width - 8.2) + 0.15 * (batch - 5));
  const double spread = miss / method.tolerance * (miss > 0 ? 1.6 : 1);
  const double fit = 0.35 * (1 - std::exp(-squared(spread) / 2));
  const double small = 0.25 * std::exp2(-width / 2.5) - 0.25 * std::exp2(-8.2 / 2.5);
  const double overfit = 0.004 * squared(decay + 3.6 - 0.25 * (width - 8.2)) +
                         0.3 * squared(dropout - 0.04 * width + 0.05) * (0.3 + 0.1 * width);
  return method.least + fit + std::abs(small) + overfit + 0.002 * squared(batch - 5);
}

Space learner_space() {
  return Space({logarithmic("rate", ParameterType::real, 1e-5, 1),
                logarithmic("decay", ParameterType::real, 1e-8, 0.1),
                logarithmic("width", ParameterType::integer, 4, 1024), real("dropout", 0, 0.9),
                logarithmic("batch", ParameterType::integer, 8, 512),
                category("method", {"plain", "momentum", "adaptive", "curved"})});
}

/// From 0 at `best` to 1 far off, half of that way at 1.18 `width`.
double missed(double value, double best, double width) {
  return 1 - std::exp(-squared((value - best) / width) / 2);
}

/// Like a pipeline: stages that may be left out, some of which only help after another.
double switched(const Point& point) {
  const auto is_on = [&](const char* stage) { return point.find(stage) != 0; };
  const auto at = [&](const char* parameter) { return point.find(parameter).value_or(0); };
  double value = 1;
  if (is_on("denoise"))
    value += -0.3 + 0.4 * missed(at("strength"), 9.4, 5) + 0.2 * missed(at("window"), 7, 5);
  if (is_on("threshold")) {
    const double offset = is_on("denoise") ? 17 - 0.5 * at("strength") : 26;
    value += (is_on("denoise") ? -0.4 : -0.1) + 0.3 * missed(at("block"), 61, 40) +
             0.4 * missed(at("offset"), offset, 7);
  }
  if (is_on("lines")) {
    value += (is_on("threshold") ? -0.1 : 0.1) + 0.2 * missed(at("length"), 140, 40) +
             0.1 * missed(at("gap"), 3, 2) + 0.1 * missed(at("turn"), 0.4, 0.5);
  }
  if (is_on("scale"))
    value += -0.2 + 0.3 * missed(std::log2(at("factor")), 0.85, 0.4) +
             0.1 * missed(at("sharpen"), 0.7, 0.4);
  return value;
}

Space switched_space() {
  const auto odd = [](std::string name, double low, double high) {
    return Dimension{.name = std::move(name),
                     .type = ParameterType::odd,
                     .low = low,
                     .high = high,
                     .initial = low};
  };
  return Space(
      {boolean("denoise"), only_if(real("strength", 0, 30), "denoise"),
       only_if(odd("window", 3, 21), "denoise"), boolean("threshold"),
       only_if(odd("block", 3, 201), "threshold"), only_if(real("offset", -20, 40), "threshold"),
       boolean("lines"), only_if(integer("length", 10, 200), "lines"),
       only_if(integer("gap", 0, 20), "lines"), only_if(real("turn", -5, 5), "lines"),
       boolean("scale"), only_if(logarithmic("factor", ParameterType::real, 0.5, 4), "scale"),
       only_if(real("sharpen", 0, 3), "scale")});
}

/// Three ways to go: an easy one and a bent one that aren't the best, and a rough one that is.
double chosen(const Point& point) {
  const std::vector<double> numbers = numbers_of(point);
  const std::vector<double> x(numbers.begin() + 1, numbers.end());
  if (numbers[0] == 0)
    return 0.5 + 0.02 * (squared(x[0] - 1.3) + squared(x[1] + 2.2) + squared(x[2] - 3.1));
  if (numbers[0] == 1) return 0.2 + 0.15 * std::log1p(rosenbrock(x));
  return ackley(x) / 10;
}

Space chosen_space() {
  std::vector<Dimension> dimensions{category("way", {"bowl", "valley", "waves"})};
  for (const char* name : {"a1", "a2", "a3"})
    dimensions.push_back(only_if(real(name, -5, 5), "way", {0}));
  for (const char* name : {"b1", "b2"})
    dimensions.push_back(only_if(real(name, -5, 10), "way", {1}));
  for (const char* name : {"c1", "c2", "c3"})
    dimensions.push_back(only_if(real(name, -32, 32), "way", {2}));
  dimensions.push_back(only_if(integer("c4", -32, 32), "way", {2}));
  return Space(std::move(dimensions));
}

/// The problems ZDT1 to ZDT3 (Zitzler, Deb & Thiele 2000); all but the first parameter are best
/// somewhere inside instead of at 0.
std::vector<double> zdt(int which, const std::vector<double>& x) {
  constexpr std::array<double, 9> kBest{0.31, 0.72, 0.15, 0.58, 0.86, 0.44, 0.23, 0.67, 0.09};
  double off = 0;
  for (std::size_t i = 0; i < kBest.size(); ++i)
    off += std::abs(x[i + 1] - kBest[i]) / std::max(kBest[i], 1 - kBest[i]);
  const double g = 1 + 9 * off / static_cast<double>(kBest.size());
  const double ratio = x[0] / g;
  if (which == 1) return {x[0], g * (1 - std::sqrt(ratio))};
  if (which == 2) return {x[0], g * (1 - squared(ratio))};
  return {x[0], g * (1 - std::sqrt(ratio) - ratio * std::sin(10 * kPi * x[0]))};
}

Function zdt_function(int which) {
  return {.name = fmt::format("zdt{}", which),
          .space = reals(10, 0, 1),
          .trials = 1000,
          .objectives = 2,
          .values = [which](const Point& point) { return zdt(which, numbers_of(point)); },
          .reference = {1.1, 5}};
}

}  // namespace

std::vector<Function> made_up_functions() {
  const auto alone = [](double (*value)(const Point&)) {
    return [value](const Point& point) { return std::vector{value(point)}; };
  };
  return {
      plain("branin", Space({real("x1", -5, 10), real("x2", 0, 15)}), 100,
            [](const std::vector<double>& x) { return branin(x[0], x[1]); }),
      plain("hartmann6", reals(6, 0, 1), 200, hartmann6),
      plain("rosenbrock4", reals(4, -5, 10), 200, rosenbrock),
      plain("ackley5_int", ackley_space(), 200, ackley),
      plain("rastrigin5_step", rastrigin_space(), 200, rastrigin),
      plain("styblinski8", reals(8, -5, 5), 200, styblinski),
      plain("log_mixed", learner_space(), 200, learner_error),
      {.name = "switched", .space = switched_space(), .values = alone(switched)},
      {.name = "chosen", .space = chosen_space(), .values = alone(chosen)},
      zdt_function(1),
      zdt_function(2),
      zdt_function(3),
  };
}

}  // namespace ocrtune::bench
