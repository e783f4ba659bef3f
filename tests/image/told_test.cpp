#include "ocrtune/image/told.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace ocrtune {
namespace {

const Told kSauvola{.thresholding = Thresholding::sauvola, .window = 31, .k = 0.2};
const Told kTiles{.thresholding = Thresholding::adaptive_otsu, .window = 40, .smoothing = 2};

std::vector<Told> different() {
  std::vector<Told> all{{},
                        {.psm = 6},
                        {.psm = 11},
                        {.dpi = 300},
                        {.inversion = Inversion::on},
                        {.inversion = Inversion::off},
                        {.languages = Languages::all},
                        {.languages = Languages::first},
                        {.languages = Languages::second},
                        kSauvola,
                        kTiles};
  for (const auto& [window, k] : {std::pair(33, 0.2), {31, 0.25}, {31, 0.2 + 1e-12}}) {
    Told told = kSauvola;
    told.window = window;
    told.k = k;
    all.push_back(told);
  }
  Told rough = kTiles;
  rough.smoothing = 0;
  all.push_back(rough);
  return all;
}

TEST(Told, TextsAreDifferentWhereValuesAre) {
  std::set<std::string> texts;
  std::set<Told> values;
  for (const Told& told : different()) {
    texts.insert(told.text());
    values.insert(told);
  }
  EXPECT_EQ(texts.size(), different().size());
  EXPECT_EQ(values.size(), different().size());
}

TEST(Told, TextIsTheModeWhereNothingElseIsTold) {
  EXPECT_EQ(Told{}.text(), "0");
  EXPECT_EQ(Told{.psm = 11}.text(), "11");
  EXPECT_EQ((Told{.psm = 6, .dpi = 150, .inversion = Inversion::off}).text(),
            "6 dpi=150 invert=off");
}

TEST(Told, WhatIsntSaidStays) {
  for (const Told& told : different()) {
    EXPECT_EQ(told.after({}), told);
    EXPECT_EQ(Told{}.after(told), told);
    EXPECT_EQ(told.after(told), told);
  }
  EXPECT_EQ(kTiles.after(kSauvola), kTiles);
  const Told both = kSauvola.after({.psm = 4, .dpi = 200});
  EXPECT_EQ(both.psm, 4);
  EXPECT_EQ(both.dpi, 200);
  EXPECT_EQ(both.window, 31);
}

TEST(Told, SizesFollowTheImages) {
  EXPECT_EQ(kSauvola.scaled(2).window, 62);
  EXPECT_EQ(kSauvola.scaled(0.001).window, 1);
  EXPECT_EQ(kTiles.scaled(0.5).window, 20);
  EXPECT_EQ(kTiles.scaled(0.5).smoothing, 2) << "which are tiles";
  EXPECT_EQ(Told{.dpi = 300}.scaled(0.5).dpi, 150);
  EXPECT_EQ(Told{.dpi = 100}.scaled(0.5).dpi, kLeastDpi);
  EXPECT_EQ(Told{.psm = 6}.scaled(0.5), Told{.psm = 6});
}

}  // namespace
}  // namespace ocrtune
