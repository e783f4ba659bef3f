#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::coloured;
using test::same_pixels;

Image image_of(const cv::Mat& colour) {
  Image page{{}, {}};
  page.colour = colour;
  cv::cvtColor(colour, page.gray, cv::COLOR_BGR2GRAY);
  return page;
}

Image dropped(const Image& page, const std::string& hue, double chroma = 25, double strength = 1) {
  const Stage stage = drop_colour();
  Values values;
  values.set("hue", parse_value(stage.parameters[0], hue, "hue"));
  values.set("chroma", chroma);
  values.set("strength", strength);
  return apply(stage, page, values);
}

const std::map<std::string, cv::Scalar> kInks{
    {"red", {60, 50, 215}},   {"yellow", {40, 205, 225}}, {"green", {70, 160, 40}},
    {"cyan", {210, 190, 40}}, {"blue", {200, 70, 50}},    {"magenta", {190, 40, 200}}};

const cv::Scalar kPaper(215, 232, 240);

/// Bars of black text, a bar of ink over some of them, and one aside.
cv::Mat stamped(const cv::Scalar& paper, const cv::Scalar& ink) {
  cv::Mat page(240, 320, CV_8UC3, paper);
  for (int y = 30; y < 220; y += 26) {
    for (int x = 20; x < 300; x += 14) page(cv::Rect(x, y, 7, 14)).setTo(cv::Scalar(25, 25, 25));
  }
  cv::Mat stamp(page.size(), CV_8UC3, cv::Scalar(255, 255, 255));
  stamp(cv::Rect(60, 90, 120, 5)).setTo(ink);
  stamp(cv::Rect(60, 180, 120, 5)).setTo(ink);
  stamp(cv::Rect(60, 90, 5, 95)).setTo(ink);
  // Inks lie over each other as filters do; black sends back its 25 levels all the same.
  const cv::Mat light = page - cv::Scalar::all(25);
  cv::multiply(light, stamp, page, 1.0 / 255);
  return page + cv::Scalar::all(25);
}

TEST(DropColour, TakesTheInkOfItsHueAndLeavesTheText) {
  const cv::Mat clean = image_of(stamped(kPaper, cv::Scalar::all(255))).gray;
  for (const auto& [hue, ink] : kInks) {
    const Image page = image_of(stamped(kPaper, ink));
    ASSERT_GT(cv::norm(page.gray, clean, cv::NORM_INF), 25) << hue;
    for (const std::string& chosen : {hue, std::string("any"), std::string("auto")}) {
      const Image out = dropped(page, chosen);
      EXPECT_LE(cv::norm(out.gray, clean, cv::NORM_INF), 12) << hue << " by " << chosen;
    }
    for (const auto& [other, unused] : kInks) {
      if (other == hue) continue;
      const Image out = dropped(page, other);
      EXPECT_GE(cv::norm(out.gray, clean, cv::NORM_INF), 25) << hue << " by " << other;
    }
  }
}

TEST(DropColour, FindsInkOnColouredPaper) {
  for (const cv::Scalar& paper :
       {cv::Scalar(90, 200, 225), cv::Scalar(200, 190, 150), cv::Scalar(120, 150, 140)}) {
    const cv::Mat clean = image_of(stamped(paper, cv::Scalar::all(255))).gray;
    const Image page = image_of(stamped(paper, kInks.at("red")));
    EXPECT_LE(cv::norm(dropped(page, "red").gray, clean, cv::NORM_INF), 12) << paper;
    // The paper's own colour isn't ink.
    const Image plain = image_of(stamped(paper, cv::Scalar::all(255)));
    EXPECT_TRUE(same_pixels(dropped(plain, "any").gray, plain.gray)) << paper;
  }
}

TEST(DropColour, GoesWithTheGrayInTheInk) {
  // A dark violet: its lightest channel alone would leave it half black.
  const cv::Scalar ink(125, 60, 85);
  const cv::Mat clean = image_of(stamped(kPaper, cv::Scalar::all(255))).gray;
  const Image page = image_of(stamped(kPaper, ink));
  EXPECT_LE(cv::norm(dropped(page, "blue").gray, clean, cv::NORM_INF), 20);
}

TEST(DropColour, AutoKeepsTheColourOfTheText) {
  cv::Mat page(240, 320, CV_8UC3, kPaper);
  for (int y = 30; y < 220; y += 26) {
    for (int x = 20; x < 300; x += 14) page(cv::Rect(x, y, 7, 14)).setTo(cv::Scalar(150, 40, 90));
  }
  const cv::Mat clean = image_of(page).gray;
  page(cv::Rect(60, 100, 120, 4)).setTo(kInks.at("red"));
  const cv::Mat out = dropped(image_of(page), "auto").gray;
  EXPECT_EQ(out.at<uchar>(35, 24), clean.at<uchar>(35, 24));
  EXPECT_LE(std::abs(out.at<uchar>(101, 100) - clean.at<uchar>(101, 100)), 12);
  EXPECT_GT(dropped(image_of(page), "any").gray.at<uchar>(35, 24), clean.at<uchar>(35, 24) + 60);
}

RC_GTEST_PROP(DropColour, OfNoStrengthLeavesThePageAlone, ()) {
  const Image page = image_of(coloured(*rc::gen::inRange(1, 40), *rc::gen::inRange(1, 40),
                                       *rc::gen::arbitrary<std::uint64_t>()));
  const Image none = dropped(page, "any", 25, 0);
  RC_ASSERT(same_pixels(none.gray, page.gray));
  RC_ASSERT(same_pixels(none.colour, page.colour));
}

RC_GTEST_PROP(DropColour, OnlyMakesLighterAndMoreWithMoreStrength, ()) {
  const Image page = image_of(coloured(*rc::gen::inRange(1, 40), *rc::gen::inRange(1, 40),
                                       *rc::gen::arbitrary<std::uint64_t>()));
  const auto hue = *rc::gen::element(std::string("any"), std::string("red"), std::string("auto"));
  Image before = page;
  for (const double strength : {0.3, 1.0, 1.6}) {
    const Image out = dropped(page, hue, 20, strength);
    RC_ASSERT(cv::countNonZero(out.gray < before.gray) == 0);
    RC_ASSERT(cv::countNonZero(out.colour.reshape(1) < before.colour.reshape(1)) == 0);
    before = out;
  }
}

TEST(DropColour, LeavesWhatHasLessThanHalfTheChroma) {
  const Image page = image_of(stamped(kPaper, cv::Scalar(190, 185, 250)));
  EXPECT_TRUE(same_pixels(dropped(page, "any", 140).gray, page.gray));
  EXPECT_GT(cv::norm(dropped(page, "any", 60).gray, page.gray, cv::NORM_INF), 20);
}

TEST(DropColour, KeepsGrayPixelsAsTheyAre) {
  Image page = image_of(stamped(kPaper, kInks.at("red")));
  // As those of a JPEG file, which aren't the sum of its colours.
  page.gray += 3;
  const Image out = dropped(page, "red");
  cv::Mat changed;
  cv::absdiff(out.colour, page.colour, changed);
  changed = changed.reshape(1, static_cast<int>(changed.total()));
  cv::Mat most;
  cv::reduce(changed, most, 1, cv::REDUCE_MAX);
  most = most.reshape(1, page.gray.rows);
  EXPECT_EQ(cv::countNonZero((out.gray != page.gray) & (most == 0)), 0);
  EXPECT_GT(cv::countNonZero(most), 500);
}

TEST(DropColour, LeavesGrayScansOnGrayPaperAlone) {
  cv::Mat colour;
  cv::cvtColor(test::scanned(120, 90, 5), colour, cv::COLOR_GRAY2BGR);
  const Image page = image_of(colour);
  for (const char* hue : {"any", "auto", "red", "cyan"})
    EXPECT_TRUE(same_pixels(dropped(page, hue, 2).gray, page.gray)) << hue;
}

}  // namespace
}  // namespace ocrtune
