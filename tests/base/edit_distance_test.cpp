#include "ocrtune/base/edit_distance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>

namespace ocrtune {
namespace {

/// The definition, word for word.
std::size_t naive(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const std::size_t change = naive(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0U : 1U);
  return std::min({change, naive(a.substr(1), b) + 1, naive(a, b.substr(1)) + 1});
}

rc::Gen<std::string> short_text(int longest) {
  return rc::gen::mapcat(rc::gen::inRange(0, longest + 1), [](int length) {
    return rc::gen::container<std::string>(static_cast<std::size_t>(length),
                                           rc::gen::element('a', 'b', 'c'));
  });
}

TEST(EditDistance, OfKnownWords) {
  EXPECT_EQ(edit_distance(std::string("kitten"), std::string("sitting")), 3U);
  EXPECT_EQ(edit_distance(std::string(), std::string("abc")), 3U);
  EXPECT_EQ(edit_distance(std::string("flaw"), std::string("lawn")), 2U);
  EXPECT_EQ(edit_distance(std::vector<int>{1, 2, 3}, std::vector<int>{1, 3}), 1U);
}

RC_GTEST_PROP(EditDistance, IsAsDefined, ()) {
  const std::string a = *short_text(6);
  const std::string b = *short_text(6);
  RC_ASSERT(edit_distance(a, b) == naive(a, b));
}

RC_GTEST_PROP(EditDistance, IsAMetric, ()) {
  const std::string a = *short_text(30);
  const std::string b = *short_text(30);
  const std::string c = *short_text(30);
  RC_ASSERT(edit_distance(a, a) == 0U);
  RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  RC_ASSERT(edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c));
  RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
}

}  // namespace
}  // namespace ocrtune
