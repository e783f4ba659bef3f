#include "ocrtune/samplers/sobol.h"

#include <fmt/format.h>

#include <boost/random/sobol.hpp>
#include <span>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMostDimensions = 3667;
constexpr int kDigits = 32;
constexpr std::uint64_t kMostPoints = std::uint64_t{1} << kDigits;

/// Owen's scrambling of the leading 32 binary digits: whether a digit is flipped depends on the
/// seed and on all digits before it.
std::uint32_t owen_scrambled(std::uint32_t digits, std::uint64_t seed) {
  std::uint32_t flips = 0;
  for (int place = 0; place < kDigits; ++place) {
    const std::uint64_t before = place == 0 ? 0 : digits >> (kDigits - place);
    // A leading 1 tells prefixes of different lengths apart.
    const std::uint64_t prefix = before | (std::uint64_t{1} << place);
    flips = flips << 1U | static_cast<std::uint32_t>(mix64(seed ^ mix64(prefix)) >> 63U);
  }
  return digits ^ flips;
}

class SobolSampler final : public Sampler {
 public:
  SobolSampler(Space space, int exponent, std::uint64_t seed)
      : space_(std::move(space)),
        count_(std::size_t{1} << static_cast<unsigned>(exponent)),
        points_(sobol_points(space_.size(), count_, seed)) {}

  std::optional<Point> ask(std::size_t number) override {
    if (number < 1 || number > count_) return std::nullopt;
    return space_.at(std::span(points_).subspan((number - 1) * space_.size(), space_.size()));
  }

  void tell(std::size_t /*number*/, const Point& /*point*/, double /*value*/) override {}

 private:
  Space space_;
  std::size_t count_;
  std::vector<double> points_;
};

}  // namespace

std::vector<double> sobol_points(std::size_t dimensions, std::size_t count,
                                 std::optional<std::uint64_t> seed) {
  if (dimensions < 1 || dimensions > kMostDimensions) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("a Sobol design needs 1 to {} free parameters, here are {}",
                            kMostDimensions, dimensions));
  }
  if (count > kMostPoints) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("a Sobol design has at most {} points, not {}", kMostPoints, count));
  }
  boost::random::sobol engine(dimensions);
  std::vector<double> points(dimensions * count);
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Boost leaves out the sequence's first point, 0.
    const std::uint64_t wide = i < dimensions ? 0 : engine();
    auto digits = static_cast<std::uint32_t>(wide >> 32U);
    if (seed) digits = owen_scrambled(digits, mix64(*seed) ^ mix64(i % dimensions + 1));
    points[i] = static_cast<double>(digits) * 0x1p-32;
  }
  return points;
}

std::unique_ptr<Sampler> sobol_sampler(Space space, int exponent, std::uint64_t seed) {
  return std::make_unique<SobolSampler>(std::move(space), exponent, seed);
}

}  // namespace ocrtune
