#include "ocrtune/base/edit_alignment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// True where the edits, applied to `read`, give `truth`.
bool leads(const std::vector<Edit>& edits, const Numbers& read, const Numbers& truth) {
  std::size_t r = 0;
  std::size_t t = 0;
  for (const Edit edit : edits) {
    if (edit == Edit::equal || edit == Edit::substituted) {
      if (r == read.size() || t == truth.size()) return false;
      if ((read[r] == truth[t]) != (edit == Edit::equal)) return false;
    }
    r += edit != Edit::missing ? 1 : 0;
    t += edit != Edit::added ? 1 : 0;
  }
  return r == read.size() && t == truth.size();
}

std::size_t errors_in(const std::vector<Edit>& edits) {
  return static_cast<std::size_t>(
      std::ranges::count_if(edits, [](Edit edit) { return edit != Edit::equal; }));
}

RC_GTEST_PROP(EditAlignment, IsAShortestWay, ()) {
  const auto few = rc::gen::container<Numbers>(rc::gen::inRange<std::uint32_t>(0, 4));
  const Numbers read = *few;
  const Numbers truth = *few;
  const std::vector<Edit> edits = edit_alignment(read, truth);
  RC_ASSERT(leads(edits, read, truth));
  RC_ASSERT(errors_in(edits) == edit_distance(read, truth));
}

/// Too long for one table, so that they are halved.
TEST(EditAlignment, OfLongSequencesIsOneToo) {
  Random random(3);
  for (const std::size_t size : {2'500U, 6'000U}) {
    Numbers truth(size);
    for (auto& number : truth) number = static_cast<std::uint32_t>(random.integer(0, 30));
    Numbers read;
    for (const std::uint32_t number : truth) {
      const int luck = random.integer(0, 9);
      if (luck > 1) read.push_back(number);
      if (luck == 1) read.push_back(99);
      if (luck == 9) read.push_back(7);
    }
    const std::vector<Edit> edits = edit_alignment(read, truth);
    EXPECT_TRUE(leads(edits, read, truth));
    EXPECT_EQ(errors_in(edits), edit_distance(read, truth));
    std::ranges::reverse(read);
    EXPECT_EQ(errors_in(edit_alignment(read, truth)), edit_distance(read, truth));
  }
}

TEST(EditAlignment, OfNothing) {
  EXPECT_TRUE(edit_alignment({}, {}).empty());
  const Numbers two{1, 2};
  EXPECT_EQ(edit_alignment(two, {}), (std::vector<Edit>{Edit::added, Edit::added}));
  EXPECT_EQ(edit_alignment({}, two), (std::vector<Edit>{Edit::missing, Edit::missing}));
}

}  // namespace
}  // namespace ocrtune
