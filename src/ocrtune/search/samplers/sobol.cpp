#include "ocrtune/search/samplers/sobol.h"

#include <fmt/format.h>

#include <boost/random/sobol.hpp>
#include <span>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/stateless_sampler.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxDimensions = 3667;
constexpr int kDigits = 32;
constexpr std::uint64_t kMaxPoints = std::uint64_t{1} << kDigits;

/// Owen's scrambling of the leading 32 binary digits: the flip of a digit depends on the seed and
/// on all digits before it.
std::uint32_t owen_scrambled(std::uint32_t digits, std::uint64_t seed) {
  std::uint32_t flips = 0;
  for (int place = 0; place < kDigits; ++place) {
    const std::uint64_t before = place == 0 ? 0 : digits >> (kDigits - place);
    // A leading 1 distinguishes prefixes of different lengths.
    const std::uint64_t prefix = before | (std::uint64_t{1} << place);
    flips = flips << 1U | static_cast<std::uint32_t>(mix64(seed ^ mix64(prefix)) >> 63U);
  }
  return digits ^ flips;
}

std::size_t checked_dimensions(std::size_t dimensions) {
  if (dimensions >= 1 && dimensions <= kMaxDimensions) return dimensions;
  throw Error(Errc::invalid_argument, tr("a Sobol design needs 1 to {} free parameters, not {}",
                                         kMaxDimensions, dimensions));
}

/// The rows of sobol_points() one by one.
class SobolRows {
 public:
  SobolRows(std::size_t dimensions, std::optional<std::uint64_t> seed)
      : dimensions_(dimensions), seed_(seed), engine_(dimensions) {}

  /// Row `index`; fast if it follows the previous one.
  void read(std::size_t index, std::span<double> row) {
    // Boost omits the first point of the sequence, 0.
    if (index > 0) {
      const std::uint64_t before = (index - 1) * dimensions_;
      if (before < drawn_) {
        engine_.seed();
        drawn_ = 0;
      }
      engine_.discard(before - drawn_);
      drawn_ = index * dimensions_;
    }
    for (std::size_t i = 0; i < dimensions_; ++i) {
      const std::uint64_t wide = index == 0 ? 0 : engine_();
      auto digits = static_cast<std::uint32_t>(wide >> 32U);
      if (seed_) digits = owen_scrambled(digits, mix64(*seed_) ^ mix64(i + 1));
      row[i] = static_cast<double>(digits) * 0x1p-32;
    }
  }

 private:
  std::size_t dimensions_;
  std::optional<std::uint64_t> seed_;
  boost::random::sobol engine_;
  std::uint64_t drawn_ = 0;
};

class SobolSampler final : public StatelessSampler {
 public:
  explicit SobolSampler(SamplerOptions options)
      : StatelessSampler(std::move(options)),
        rows_(checked_dimensions(space().size()), seed()),
        row_(space().size()) {}

 private:
  std::optional<Point> propose(std::size_t number, Random& /*random*/) override {
    if (number > kMaxPoints) return std::nullopt;
    rows_.read(number - 1, row_);
    return space().at(row_);
  }

  SobolRows rows_;
  std::vector<double> row_;
};

class SobolDesign final : public Sampler {
 public:
  SobolDesign(Space space, int exponent, std::uint64_t seed)
      : space_(std::move(space)),
        count_(std::size_t{1} << static_cast<unsigned>(exponent)),
        rows_(checked_dimensions(space_.size()), seed),
        row_(space_.size()) {}

  std::optional<Point> ask(std::size_t number) override {
    if (number < 1 || number > count_) return std::nullopt;
    rows_.read(number - 1, row_);
    return space_.at(row_);
  }

  void attach(std::size_t /*number*/, const Point& /*point*/) override {}
  void replay(std::size_t /*number*/, const Point& /*point*/) override {}
  void tell(const Outcome& /*outcome*/) override {}

 private:
  Space space_;
  std::size_t count_;
  SobolRows rows_;
  std::vector<double> row_;
};

}  // namespace

std::vector<double> sobol_points(std::size_t dimensions, std::size_t count,
                                 std::optional<std::uint64_t> seed) {
  SobolRows rows(checked_dimensions(dimensions), seed);
  if (count > kMaxPoints) {
    throw Error(Errc::invalid_argument,
                tr("a Sobol design has at most {} points, not {}", kMaxPoints, count));
  }
  std::vector<double> points(dimensions * count);
  for (std::size_t i = 0; i < count; ++i)
    rows.read(i, std::span(points).subspan(i * dimensions, dimensions));
  return points;
}

std::vector<double> sobol_point(std::size_t dimensions, std::size_t index, std::uint64_t seed) {
  std::vector<double> row(checked_dimensions(dimensions));
  SobolRows(dimensions, seed).read(index, row);
  return row;
}

std::unique_ptr<Sampler> sobol_design(Space space, int exponent, std::uint64_t seed) {
  return std::make_unique<SobolDesign>(std::move(space), exponent, seed);
}

SamplerKind sobol_sampler() {
  return {
      .name = "sobol",
      .summary = "Scrambled Sobol sequence: a space-filling design.",
      .good_for = "screening: which parameters matter; numbers of trials that are powers of two",
      .cost = "64 or more trials; negligible time per proposal",
      .cites = {"sobol1967", "joe2008", "owen1995"},
      .several_objectives = true,
      .learns = false,
      .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
        return std::make_unique<SobolSampler>(std::move(options));
      }};
}

}  // namespace ocrtune
