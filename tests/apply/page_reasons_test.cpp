#include "ocrtune/apply/page_reasons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/translation.h"
#include "support/letters_pages.h"

namespace ocrtune {
namespace {

using enum PageReasonKind;

cv::Mat good_page() {
  cv::Mat large;
  cv::resize(test::prose(), large, {}, 1.6, 1.6, cv::INTER_CUBIC);
  return large;
}

std::vector<PageReasonKind> kinds_of(const cv::Mat& gray) {
  std::vector<PageReasonKind> kinds;
  for (const PageReason& reason : reasons_of(page_condition(gray))) kinds.push_back(reason.kind);
  return kinds;
}

cv::Mat blurry(const cv::Mat& gray, double deviation) {
  cv::Mat out;
  cv::GaussianBlur(gray, out, {}, deviation);
  return out;
}

/// The ink this many gray levels darker than the paper.
cv::Mat with_contrast(const cv::Mat& gray, double levels) {
  cv::Mat out;
  gray.convertTo(out, CV_8U, levels / 190, 230 - levels / 190 * 230);
  return out;
}

cv::Mat with_noise(const cv::Mat& gray, double deviation) {
  cv::Mat noise(gray.size(), CV_16S);
  cv::RNG(7).fill(noise, cv::RNG::NORMAL, 0, deviation);
  cv::Mat out;
  cv::add(gray, noise, out, cv::noArray(), CV_8U);
  return out;
}

cv::Mat in_shade(const cv::Mat& gray, double least) {
  cv::Mat out;
  gray.convertTo(out, CV_32F);
  for (int x = 0; x < out.cols; ++x) out.col(x) *= 1 - (1 - least) * x / out.cols;
  out.convertTo(out, CV_8U);
  return out;
}

TEST(PageReasons, AGoodPageHasNone) { EXPECT_TRUE(kinds_of(good_page()).empty()); }

TEST(PageReasons, EachIsToldOfPagesThatAreMadeSo) {
  const cv::Mat good = good_page();
  cv::Mat small;
  cv::resize(good, small, {}, 0.4, 0.4, cv::INTER_AREA);
  const struct {
    PageReasonKind kind;
    cv::Mat gray;
  } made[] = {{light_on_dark, 255 - good},        {low_resolution, small},
              {faint, with_contrast(good, 45)},   {skewed, test::turned(good, 3)},
              {skewed, test::turned(good, -1.5)}, {PageReasonKind::blurred, blurry(good, 3.5)},
              {noisy, with_noise(good, 30)},      {uneven_light, in_shade(good, 0.5)}};
  for (const auto& [kind, gray] : made) {
    const std::vector<PageReasonKind> kinds = kinds_of(gray);
    EXPECT_NE(std::ranges::find(kinds, kind), kinds.end())
        << page_reason_names().at(static_cast<std::size_t>(kind));
    EXPECT_LE(kinds.size(), 2U) << page_reason_names().at(static_cast<std::size_t>(kind));
  }
}

TEST(PageReasons, WhatHardlyShowsIsNotTold) {
  const cv::Mat good = good_page();
  for (const cv::Mat& gray :
       {test::turned(good, 0.6), with_contrast(good, 120), blurry(good, 0.7), with_noise(good, 5),
        in_shade(good, 0.9), good(cv::Rect(0, 0, good.cols - 7, good.rows - 5))})
    EXPECT_TRUE(kinds_of(gray).empty()) << kinds_of(gray).size();
}

TEST(PageReasons, WhatWasMeasuredIsSaid) {
  const std::vector<PageReason> reasons = reasons_of(page_condition(test::turned(good_page(), 3)));
  ASSERT_EQ(reasons.size(), 1U);
  EXPECT_NEAR(reasons.front().value, 3, 0.2);
  EXPECT_TRUE(reason_text(reasons.front()).starts_with("leans "));
  EXPECT_EQ(reason_text({.kind = low_resolution, .value = 96}), "like 96 dpi");
  EXPECT_EQ(reason_text({.kind = other_language, .model = "deu"}), "looks German");
  const LanguageScope french(Language::french);
  EXPECT_EQ(reason_text({.kind = skewed, .value = -3.14}), "penche de 3,1°");
}

TEST(PageReasons, NoPageIsTooSmall) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(2, 900), cv::Size(900, 2), cv::Size(40, 40)})
    EXPECT_TRUE(kinds_of(cv::Mat(size, CV_8U, cv::Scalar(255))).empty());
}

TEST(PageReasons, EveryKindHasANameATextAndAnAdvice) {
  for (std::size_t i = 0; i < page_reason_names().size(); ++i) {
    const PageReason reason{.kind = static_cast<PageReasonKind>(i), .value = 1, .model = "deu"};
    EXPECT_EQ(page_reason_named(page_reason_names()[i]), reason.kind);
    EXPECT_NE(reason_text(reason), "");
    EXPECT_NE(reason_advice(reason), "");
  }
  EXPECT_FALSE(page_reason_named("other").has_value());
}

TEST(PageReasons, JsonGivesBackWhatItGot) {
  const std::vector<PageReason> reasons{{.kind = nothing_recognized},
                                        {.kind = other_language, .model = "deu"},
                                        {.kind = skewed, .value = -3.1}};
  EXPECT_EQ(reasons_of_json(measured_reasons_json(reasons)), reasons);
  nlohmann::json shown = reasons_json(reasons);
  EXPECT_EQ(reasons_of_json(shown), reasons);
  shown.push_back({{"reason", "of a later version"}});
  EXPECT_EQ(reasons_of_json(shown), reasons);
}

}  // namespace
}  // namespace ocrtune
