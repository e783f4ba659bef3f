#include "ocrtune/ocr/layout/fixed_pitch.h"

#include <gtest/gtest.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "ocrtune/ocr/layout/prober.h"
#include "ocrtune/ocr/layout/verified_version.h"

namespace ocrtune::layout {

// As in fixed_pitch.cpp, with Tesseract's names.

struct ProjectionOfRow {
  std::int32_t rangemin;
  std::int32_t rangemax;
  std::int32_t total_count;
  const std::int32_t* buckets;
};

struct CutPoint {
  bool faked;
  bool terminal;
  std::int16_t fake_count;
  std::int16_t region_index;
  std::int16_t mid_cuts;
  std::int32_t xpos;
  std::uint32_t back_balance;
  std::uint32_t fwd_balance;
  CutPoint* pred;
  double mean_sum;
  double sq_sum;
  double cost;
};

void setup(CutPoint* cut, CutPoint* cuts, std::int16_t origin, ProjectionOfRow* row,
           std::int16_t limit, std::int16_t pitch, std::int16_t x,
           std::int16_t offset) __asm__("_ZN9tesseract7FPCUTPT5setupEPS0_sPNS_5STATSEssss");
void assign(
    CutPoint* cut, CutPoint* cuts, std::int16_t origin, std::int16_t x, bool faking, bool mid_cut,
    std::int16_t offset, ProjectionOfRow* row, float scale, std::int16_t limit, std::int16_t pitch,
    std::int16_t pitch_error) __asm__("_ZN9tesseract7FPCUTPT6assignEPS0_ssbbsPNS_5STATSEfsss");

namespace {

/// The black pixels in each column of a row of letters.
std::vector<std::int32_t> random_columns(std::mt19937& random, int count) {
  std::vector<std::int32_t> columns;
  while (static_cast<int>(columns.size()) < count) {
    columns.resize(columns.size() + random() % 7, 0);
    for (int left = static_cast<int>(random() % 25); left > 0; --left)
      columns.push_back(static_cast<std::int32_t>(random() % 12));
  }
  columns.resize(static_cast<std::size_t>(count));
  return columns;
}

struct RowTest {
  std::int16_t first;  ///< column
  std::int16_t limit;
  std::int16_t pitch;
  std::int16_t tolerance;
  float scale;
  unsigned seed;  ///< of where cuts are allowed
};

/// All cuts of a row, in the order in which Tesseract considers them.
std::vector<CutPoint> cuts_of(const RowTest& test, const std::vector<std::int32_t>& columns) {
  const int last = test.first + static_cast<int>(columns.size()) - 1;
  ProjectionOfRow row{test.first, last, 0, columns.data()};
  std::mt19937 random(test.seed);
  const auto origin = static_cast<std::int16_t>(test.first - test.pitch);
  std::vector<CutPoint> cuts(columns.size() + 2 * static_cast<std::size_t>(test.pitch) - 1);
  auto x = origin;
  for (; x <= test.first + test.tolerance; ++x) {
    const int offset = std::max(0, x - test.first);
    setup(&cuts[static_cast<std::size_t>(x - origin)], cuts.data(), origin, &row, test.limit,
          test.pitch, x, static_cast<std::int16_t>(offset));
  }
  for (; x < last + test.pitch; ++x) {
    CutPoint& cut = cuts[static_cast<std::size_t>(x - origin)];
    assign(&cut, cuts.data(), origin, x, x <= last && random() % 3 == 0, random() % 5 == 0,
           static_cast<std::int16_t>(random() % 4), &row, test.scale, test.limit, test.pitch,
           test.tolerance);
    cut.terminal = x > last;
  }
  return cuts;
}

class FixedPitch : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_verified_version()) GTEST_SKIP() << "another Tesseract: nothing is replaced";
  }

  void expect_same(const RowTest& test, const std::vector<std::int32_t>& columns) const {
    const std::vector<CutPoint> wanted = cuts_of(test, columns);
    std::vector<CutPoint> found;
    {
      const QuickPitchTest quick(api);
      found = cuts_of(test, columns);
    }
    ASSERT_EQ(wanted.size(), found.size());
    const auto contents = [](const CutPoint& cut, const std::vector<CutPoint>& cuts) {
      const bool first = cut.pred == nullptr;
      return std::tuple(cut.faked, cut.terminal, cut.fake_count, cut.region_index, cut.mid_cuts,
                        cut.xpos, first ? -1 : cut.pred - cuts.data(), first ? 0 : cut.mean_sum,
                        first ? 0 : cut.sq_sum, cut.cost);
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      ASSERT_EQ(contents(wanted[i], wanted), contents(found[i], found))
          << "place " << i << ", pitch " << test.pitch << ", tolerance " << test.tolerance;
    }
  }

  std::unique_ptr<Prober> prober = open_prober({}, kCoarseSight);
  tesseract::TessBaseAPI& api = prober->api;
};

TEST_F(FixedPitch, CutsAreTesseracts) {
  std::mt19937 random(1);
  for (unsigned i = 0; i < 400; ++i) {
    const int pitch = 3 + static_cast<int>(random() % 90);
    const RowTest test{.first = static_cast<std::int16_t>(random() % 900),
                       .limit = static_cast<std::int16_t>(random() % 3),
                       .pitch = static_cast<std::int16_t>(pitch),
                       .tolerance = static_cast<std::int16_t>(
                           random() % (static_cast<unsigned>(pitch - 3) / 2 + 1)),
                       .scale = 0.5F + static_cast<float>(random() % 100) / 10,
                       .seed = i};
    expect_same(test, random_columns(random, 1 + static_cast<int>(random() % 600)));
  }
}

/// Consecutive rows may lie at the same addresses.
TEST_F(FixedPitch, RowsDoNotMixUp) {
  const RowTest test{
      .first = 40, .limit = 0, .pitch = 20, .tolerance = 2, .scale = 3.5F, .seed = 1};
  std::mt19937 random(2);
  std::vector<std::int32_t> columns(200);
  for (int i = 0; i < 20; ++i) {
    std::ranges::copy(random_columns(random, 200), columns.begin());
    expect_same(test, columns);
  }
}

/// A variable of the test that isn't at its default changes the result, as it does without.
TEST_F(FixedPitch, VariablesAreRespected) {
  const RowTest test{.first = 0, .limit = 0, .pitch = 20, .tolerance = 3, .scale = 1, .seed = 1};
  std::mt19937 random(3);
  const std::vector<std::int32_t> columns = random_columns(random, 300);
  const double usual = cuts_of(test, columns).back().cost;
  for (const char* value : {"0", "2.5"}) {
    ASSERT_TRUE(api.SetVariable("textord_balance_factor", value));
    EXPECT_NE(cuts_of(test, columns).back().cost, usual) << value;
    expect_same(test, columns);
  }
  ASSERT_TRUE(api.SetVariable("textord_balance_factor", "1"));
  ASSERT_TRUE(api.SetVariable("textord_fast_pitch_test", "1"));
  expect_same(test, columns);
  ASSERT_TRUE(api.SetVariable("textord_fast_pitch_test", "0"));
}

}  // namespace
}  // namespace ocrtune::layout
