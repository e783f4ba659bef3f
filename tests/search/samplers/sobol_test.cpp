#include "ocrtune/search/samplers/sobol.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>

#include "support/errors.h"

namespace ocrtune {
namespace {

/// FNV-1a over the doubles' bytes, least significant first.
std::uint64_t fnv_of(const std::vector<double>& values) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const double value : values) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned shift = 0; shift < 64; shift += 8) {
      hash = (hash ^ ((bits >> shift) & 0xFFU)) * 0x100000001b3U;
    }
  }
  return hash;
}

// Expected values: scipy 1.10.1, qmc.Sobol(21, scramble=False).random(4096).
TEST(Sobol, PlainPointsAreThoseOfJoeAndKuo) {
  const std::vector<double> points = sobol_points(21, 4096, {});
  ASSERT_EQ(points.size(), 21U * 4096U);
  EXPECT_EQ(fnv_of(points), 0x60a162783baafbf8U);
  const auto row = [&](std::size_t i) {
    const double* first = &points[i * 21];
    return std::vector<double>{first[0], first[1], first[2], first[7], first[20]};
  };
  using Row = std::vector<double>;
  EXPECT_EQ(row(0), (Row{0, 0, 0, 0, 0}));
  EXPECT_EQ(row(1), (Row{0.5, 0.5, 0.5, 0.5, 0.5}));
  EXPECT_EQ(row(2), (Row{0.75, 0.25, 0.25, 0.75, 0.25}));
  EXPECT_EQ(row(3), (Row{0.25, 0.75, 0.75, 0.25, 0.75}));
  EXPECT_EQ(row(100), (Row{0.4140625, 0.2578125, 0.7734375, 0.4765625, 0.7578125}));
  EXPECT_EQ(row(4095),
            (Row{0.000244140625, 0.941162109375, 0.334228515625, 0.390869140625, 0.225830078125}));
}

TEST(Sobol, APointAloneIsThatOfTheSequence) {
  const std::vector<double> points = sobol_points(3, 10, 5);
  for (std::size_t i = 0; i < 10; ++i) {
    const std::vector<double> row(points.begin() + static_cast<std::ptrdiff_t>(3 * i),
                                  points.begin() + static_cast<std::ptrdiff_t>(3 * i + 3));
    EXPECT_EQ(sobol_point(3, i, 5), row) << i;
  }
}

/// One point in each of the 2^k intervals of width 2^-k, in every dimension.
bool is_stratified(const std::vector<double>& points, std::size_t dimensions) {
  const std::size_t count = points.size() / dimensions;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::vector<bool> taken(count);
    for (std::size_t i = 0; i < count; ++i) {
      const double scaled = points[i * dimensions + d] * static_cast<double>(count);
      const auto interval = static_cast<std::size_t>(scaled);
      if (interval >= count || taken[interval]) return false;
      taken[interval] = true;
    }
  }
  return true;
}

TEST(Sobol, EveryDimensionIsStratified) {
  for (std::size_t exponent = 0; exponent <= 10; ++exponent) {
    const std::size_t count = std::size_t{1} << exponent;
    EXPECT_TRUE(is_stratified(sobol_points(21, count, {}), 21)) << exponent;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      EXPECT_TRUE(is_stratified(sobol_points(21, count, seed), 21)) << exponent;
    }
  }
}

TEST(Sobol, ScrambledFirstTwoDimensionsAreANet) {
  // (0, m, 2)-net: one point in each elementary box of 2^m points, whatever its shape.
  constexpr std::size_t kExponent = 8;
  for (const std::uint64_t seed : {1U, 77U}) {
    const std::vector<double> points = sobol_points(2, std::size_t{1} << kExponent, seed);
    for (std::size_t across = 0; across <= kExponent; ++across) {
      std::set<std::pair<int, int>> boxes;
      for (std::size_t i = 0; i < points.size(); i += 2) {
        boxes.emplace(
            static_cast<int>(std::ldexp(points[i], static_cast<int>(across))),
            static_cast<int>(std::ldexp(points[i + 1], static_cast<int>(kExponent - across))));
      }
      EXPECT_EQ(boxes.size(), std::size_t{1} << kExponent) << across;
    }
  }
}

TEST(Sobol, ScramblingStaysInRangeAndDependsOnTheSeed) {
  const auto one = sobol_points(7, 1024, 1);
  EXPECT_EQ(one, sobol_points(7, 1024, 1));
  for (const double value : one) ASSERT_TRUE(value >= 0 && value < 1);
  std::set<std::vector<double>> designs;
  for (std::uint64_t seed = 0; seed < 50; ++seed) designs.insert(sobol_points(7, 4, seed));
  designs.insert(sobol_points(7, 4, {}));
  designs.insert(sobol_points(7, 4, ~std::uint64_t{0}));
  EXPECT_EQ(designs.size(), 52U);
}

TEST(Sobol, ScrambledDimensionsDiffer) {
  const auto points = sobol_points(7, 256, 3);
  for (std::size_t a = 0; a < 7; ++a) {
    for (std::size_t b = a + 1; b < 7; ++b) {
      int same = 0;
      for (std::size_t i = 0; i < 256; ++i) same += points[i * 7 + a] == points[i * 7 + b] ? 1 : 0;
      EXPECT_LT(same, 8);
    }
  }
}

TEST(Sobol, ScrambledMeanIsUnbiased) {
  // Each coordinate is uniform over seeds, the first point too.
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) sum += sobol_points(1, 1, seed)[0];
  EXPECT_NEAR(sum / 2000, 0.5, 0.03);
}

TEST(Sobol, LongerDesignsBeginWithShorterOnes) {
  for (const std::optional<std::uint64_t> seed : {std::optional<std::uint64_t>{}, {5U}}) {
    const auto shorter = sobol_points(9, 300, seed);
    auto longer = sobol_points(9, 600, seed);
    longer.resize(shorter.size());
    EXPECT_EQ(longer, shorter);
  }
}

TEST(Sobol, RefusesWhatItCantDo) {
  EXPECT_TRUE(sobol_points(3, 0, {}).empty());
  EXPECT_EQ(sobol_points(3667, 2, 1).size(), 7334U);
  test::error_of(Errc::invalid_argument, [] { (void)sobol_points(0, 4, {}); });
  test::error_of(Errc::invalid_argument, [] { (void)sobol_points(3668, 4, {}); });
  test::error_of(Errc::invalid_argument,
                 [] { (void)sobol_points(1, (std::size_t{1} << 32U) + 1, {}); });
}

TEST(SobolSampler, GivesThePointsOfItsDesign) {
  const Space space({{.name = "on", .type = ParameterType::boolean, .low = 0, .high = 1},
                     {.name = "x", .low = 2, .high = 4, .active_if = "on"},
                     {.name = "k", .type = ParameterType::odd, .low = 3, .high = 9}});
  const auto sampler = sobol_design(space, 4, 7);
  const auto unit = sobol_points(3, 16, 7);
  EXPECT_FALSE(sampler->ask(0));
  for (std::size_t number = 16; number >= 1; --number) {
    const auto point = sampler->ask(number);
    ASSERT_TRUE(point);
    EXPECT_EQ(*point, space.at(std::span(unit).subspan((number - 1) * 3, 3)));
    sampler->tell({.number = number, .point = *point, .values = {1}});
  }
  EXPECT_FALSE(sampler->ask(17));
  EXPECT_EQ(sobol_design(space, 4, 7)->ask(5), sampler->ask(5));
  EXPECT_EQ(sobol_design(space, 9, 7)->ask(5), sampler->ask(5));
}

}  // namespace
}  // namespace ocrtune
