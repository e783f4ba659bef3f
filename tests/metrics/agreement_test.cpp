#include "ocrtune/metrics/agreement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "ocrtune/metrics/error_rate.h"

namespace ocrtune {
namespace {

TEST(Agreement, IsTheShareOfTheLongerTextThatStays) {
  EXPECT_DOUBLE_EQ(agreement("kitten", "sitting"), 1 - 3.0 / 7);
  EXPECT_DOUBLE_EQ(agreement("abcd", ""), 0);
  EXPECT_DOUBLE_EQ(agreement("", ""), 1);
  EXPECT_DOUBLE_EQ(agreement("two\n words ", "two words"), 1);
  EXPECT_DOUBLE_EQ(agreement("e\xcc\x81", "\xc3\xa9"), 1);
}

RC_GTEST_PROP(Agreement, IsSymmetricAndAShare, ()) {
  const auto text = rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', '\n'));
  const std::string a = *text;
  const std::string b = *text;
  RC_ASSERT(agreement(a, b) == agreement(b, a));
  RC_ASSERT(agreement(a, a) == 1.0);
  RC_ASSERT(agreement(a, b) >= 0 && agreement(a, b) <= 1);
  // No OCR result is further from a truth than this says.
  const ErrorRate errors = error_rate(a, b);
  if (errors.truth_characters > 0) RC_ASSERT(1 - agreement(a, b) <= errors.cer() + 1e-12);
}

TEST(Agreement, FewerErrorsAreExpectedTheMoreAgrees) {
  EXPECT_DOUBLE_EQ(expected_cer_at(1), 0.03);
  EXPECT_DOUBLE_EQ(expected_cer_at(0.9), 0.03 + 0.105);
  EXPECT_DOUBLE_EQ(expected_cer_at(0), 1);
}

}  // namespace
}  // namespace ocrtune
