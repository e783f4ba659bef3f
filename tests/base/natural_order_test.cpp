#include "ocrtune/base/natural_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ocrtune {
namespace {

TEST(NaturalOrder, ComparesNumbersAsNumbers) {
  std::vector<std::filesystem::path> paths{"b/1.png",        "a/page10.png",
                                           "a/page2.png",    "a/page02.png",
                                           "a/page.png",     "a/page2b.png",
                                           "a.png",          "a/page2-9.png",
                                           "a/page2-10.png", "a/page99999999999999999999999.png"};
  std::ranges::sort(paths, naturally_less);
  EXPECT_EQ(paths, (std::vector<std::filesystem::path>{
                       "a/page.png", "a/page2-9.png", "a/page2-10.png", "a/page02.png",
                       "a/page2.png", "a/page2b.png", "a/page10.png",
                       "a/page99999999999999999999999.png", "a.png", "b/1.png"}));
}

RC_GTEST_PROP(NaturalOrder, IsATotalOrder, ()) {
  const auto name = [] {
    return *rc::gen::container<std::string>(rc::gen::element('0', '1', '2', 'a', '.', '\xc3'));
  };
  const std::string a = name();
  const std::string b = name();
  const std::string c = name();
  const auto is_before = [](const std::string& one, const std::string& other) {
    return natural_order(one, other) < 0;
  };
  const bool before = is_before(a, b);
  const bool behind = is_before(b, a);
  const bool is_one_of_them = before != behind;
  RC_ASSERT(is_one_of_them == (a != b));
  const bool is_transitive = !before || !is_before(b, c) || is_before(a, c);
  RC_ASSERT(is_transitive);
}

}  // namespace
}  // namespace ocrtune
