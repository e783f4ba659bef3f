#include "ocrtune/ocr/layout/fixed_pitch.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cstdint>
#include <limits>

#include "ocrtune/ocr/layout/tesseract_symbol.h"
#include "ocrtune/ocr/layout/verified_version.h"

// tesseract::FPCUTPT::assign(FPCUTPT*, short, short, bool, bool, short, STATS*, float, short,
//                            short, short)
#define OCRTUNE_ASSIGN "_ZN9tesseract7FPCUTPT6assignEPS0_ssbbsPNS_5STATSEfsss"

namespace ocrtune::layout {

/// Tesseract's `STATS`: the black pixels of a row in each column from `first` to `last`. Columns
/// beyond have as many as the nearest.
struct ColumnCounts {
  std::int32_t first;
  std::int32_t last;
  std::int32_t total;
  const std::int32_t* counts;
};

/// Tesseract's `FPCUTPT`: where a row may be cut into cells of one width, and the best cut before.
struct Cut {
  bool is_fake;
  bool is_last;
  std::int16_t fakes;  ///< up to here
  std::int16_t number;
  std::int16_t mid_cuts;
  std::int32_t x;
  std::uint32_t columns_before;  ///< only for a faster test, which is off; not set here
  std::uint32_t columns_behind;
  Cut* previous;
  double sum;
  double squares;
  double cost;
};

namespace {

#if defined(__x86_64__)
static_assert(sizeof(Cut) == 56 && sizeof(ColumnCounts) == 24);
constexpr bool kSameArithmetic = true;
#else
constexpr bool kSameArithmetic = false;  // one of both may be compiled with fused operations
#endif

bool is_filled(const ColumnCounts& columns, int x, int limit) {
  if (columns.counts == nullptr) return 0 > limit;
  return columns.counts[std::clamp(x, columns.first, columns.last) - columns.first] > limit;
}

/// The parameters of `FPCUTPT::assign`.
struct Place {
  Cut* cuts;  ///< from `origin` on
  std::int16_t origin;
  std::int16_t x;
  bool is_fake;
  bool is_mid_cut;
  std::int16_t distance;  ///< to where a cut is allowed
  const ColumnCounts* columns;
  float scale;
  std::int16_t limit;  ///< columns with more black pixels are filled
  std::int16_t pitch;
  std::int16_t tolerance;

  /// The first column where the previous cut may be.
  [[nodiscard]] int first() const { return x - pitch - tolerance; }

  /// Whether it is the next one in the same test of a row. A test begins pitch + tolerance + 1 px
  /// behind `origin` and ends at least 2 pitch - 1 behind it, so that the beginning of another test
  /// is not taken for the next place, even if everything has the same address.
  [[nodiscard]] bool comes_after(const Place& other) const {
    return x == other.x + 1 && cuts == other.cuts && origin == other.origin &&
           columns == other.columns && limit == other.limit && pitch == other.pitch &&
           tolerance == other.tolerance;
  }
};

/// `std::popcount` calls a function where the instruction isn't sure to exist.
std::size_t count_bits(std::uint32_t bits) {
  bits -= bits >> 1 & 0x55555555;
  bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
  return (((bits + (bits >> 4)) & 0x0f0f0f0f) * 0x01010101) >> 24;
}

/// Which columns are filled, a bit for each.
class FilledColumns {
 public:
  static constexpr int kMax = 64;

  /// Moves to a place: its columns are those from its `first()` to its x.
  void move_to(const Place& place) {
    if (place.comes_after(place_)) {
      place_.x = place.x;
    } else {
      begin(place);
    }
    add(place.x);
  }

  /// By how much the columns from `begin` to the middle differ from those from x back to it.
  [[nodiscard]] int asymmetry(int begin) const {
    const int count = (place_.x - begin + 1) / 2;
    const std::uint64_t differing = (forward_ >> (begin - place_.first())) ^ backward_;
    return penalties_[count_bits(
        static_cast<std::uint32_t>(differing & ((std::uint64_t{1} << count) - 1)))];
  }

 private:
  void begin(const Place& place) {
    place_ = place;
    forward_ = 0;
    backward_ = 0;
    for (int x = place.first(); x < place.x; ++x) add(x);
    for (std::size_t count = 0; count < penalties_.size(); ++count) {
      penalties_[count] =
          static_cast<std::int16_t>(static_cast<double>(count) / static_cast<double>(place.scale));
    }
  }

  void add(int x) {
    const auto bit = static_cast<std::uint64_t>(is_filled(*place_.columns, x, place_.limit));
    forward_ = forward_ >> 1 | bit << (place_.pitch + place_.tolerance);
    backward_ = backward_ << 1 | bit;
  }

  Place place_{};
  std::array<std::int16_t, kMax / 2 + 1> penalties_{};  // by the number of columns that differ
  std::uint64_t forward_ = 0;                           // from the first column on
  std::uint64_t backward_ = 0;                          // from x back
};

struct Test {
  bool is_quick = false;
  FilledColumns filled;
};

thread_local Test test;

/// The best way to a cut by way of a previous one.
struct Way {
  double sum;
  double squares;
  double cost;
  std::int16_t number;
};

using Pair [[gnu::vector_size(16)]] = double;

/// Tesseract's arithmetic, operation by operation; two divisions at once.
Way way_from(const Cut& before, const Place& place, int asymmetry) {
  const auto penalty = static_cast<std::int16_t>(asymmetry + place.distance);
  const int width = place.x - before.x;
  const auto number = static_cast<std::int16_t>(before.number + 1);
  const double sum = before.sum + width;
  const double squares = width * width + before.squares + penalty * penalty;
  const Pair means = Pair{sum, squares} / static_cast<double>(number);
  const double mean = means[0];
  double cost = mean - place.pitch;
  cost *= cost;
  cost += means[1] - mean * mean;
  return {.sum = sum, .squares = squares, .cost = cost, .number = number};
}

/// What `FPCUTPT::assign` does: finds the best previous cut, about a pitch before.
void find_previous(const Place& place, FilledColumns& filled, Cut& cut) {
  constexpr std::int16_t kNone = std::numeric_limits<std::int16_t>::max();
  cut.x = place.x;
  cut.is_fake = place.is_fake;
  cut.is_last = false;
  filled.move_to(place);
  Way best{.cost = FLT_MAX};
  Cut* previous = nullptr;
  int fewest = kNone;
  const int last = place.x - place.pitch + place.tolerance;
  for (int at = std::max<int>(place.origin, place.first()); at <= last; ++at) {
    Cut& before = place.cuts[at - place.origin];
    if (before.is_last || before.fakes == kNone) continue;
    const int fakes = before.fakes + (place.is_fake ? 1 : 0);
    if (fakes > fewest) continue;
    const Way way = way_from(before, place, filled.asymmetry(at));
    if (!(way.cost < best.cost)) continue;
    best = way;
    previous = &before;
    fewest = fakes;
  }
  cut.cost = best.cost;
  cut.previous = previous;
  cut.number = best.number;
  cut.fakes = static_cast<std::int16_t>(fewest);
  if (previous == nullptr) return;
  cut.sum = best.sum;
  cut.squares = best.squares;
  cut.mid_cuts = static_cast<std::int16_t>(previous->mid_cuts + (place.is_mid_cut ? 1 : 0));
}

bool has_default_variables(const tesseract::TessBaseAPI& api) {
  double balance = 0;
  bool fast = true;
  return api.GetDoubleVariable("textord_balance_factor", &balance) && balance == 1 &&
         api.GetBoolVariable("textord_fast_pitch_test", &fast) && !fast;
}

using Assign = void (*)(Cut*, Cut*, std::int16_t, std::int16_t, bool, bool, std::int16_t,
                        const ColumnCounts*, float, std::int16_t, std::int16_t, std::int16_t);

}  // namespace

void assign_cut(Cut* cut, Cut* cuts, std::int16_t origin, std::int16_t x, bool is_fake,
                bool is_mid_cut, std::int16_t distance, const ColumnCounts* columns, float scale,
                std::int16_t limit, std::int16_t pitch, std::int16_t tolerance)
    OCRTUNE_REPLACES(OCRTUNE_ASSIGN);

void assign_cut(Cut* cut, Cut* cuts, std::int16_t origin, std::int16_t x, bool is_fake,
                bool is_mid_cut, std::int16_t distance, const ColumnCounts* columns, float scale,
                std::int16_t limit, std::int16_t pitch, std::int16_t tolerance) {
  const bool fits = 2 * tolerance < pitch && pitch + tolerance < FilledColumns::kMax;
  if (Test& here = test; here.is_quick && fits) {
    find_previous(
        {cuts, origin, x, is_fake, is_mid_cut, distance, columns, scale, limit, pitch, tolerance},
        here.filled, *cut);
    return;
  }
  static const auto kOwn = tesseracts_own<Assign>(OCRTUNE_ASSIGN);
  kOwn(cut, cuts, origin, x, is_fake, is_mid_cut, distance, columns, scale, limit, pitch,
       tolerance);
}

QuickPitchTest::QuickPitchTest(const tesseract::TessBaseAPI& api)
    : RaisedFlag(test.is_quick,
                 kSameArithmetic && is_verified_version() && has_default_variables(api)) {
  test.filled = {};
}

}  // namespace ocrtune::layout
