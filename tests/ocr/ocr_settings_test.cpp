#include "ocrtune/ocr/ocr_settings.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace ocrtune {
namespace {

const OcrSettings kSauvola{.thresholding = Thresholding::sauvola, .window = 31, .k = 0.2};
const OcrSettings kTiles{.thresholding = Thresholding::adaptive_otsu, .window = 40, .smoothing = 2};

std::vector<OcrSettings> different() {
  std::vector<OcrSettings> all{{},
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
    OcrSettings settings = kSauvola;
    settings.window = window;
    settings.k = k;
    all.push_back(settings);
  }
  OcrSettings rough = kTiles;
  rough.smoothing = 0;
  all.push_back(rough);
  return all;
}

TEST(OcrSettings, TextsAreDifferentWhereValuesAre) {
  std::set<std::string> texts;
  std::set<OcrSettings> values;
  for (const OcrSettings& settings : different()) {
    texts.insert(settings.text());
    values.insert(settings);
  }
  EXPECT_EQ(texts.size(), different().size());
  EXPECT_EQ(values.size(), different().size());
}

TEST(OcrSettings, TextIsTheModeWhereNothingElseIsSet) {
  EXPECT_EQ(OcrSettings{}.text(), "0");
  EXPECT_EQ(OcrSettings{.psm = 11}.text(), "11");
  EXPECT_EQ((OcrSettings{.psm = 6, .dpi = 150, .inversion = Inversion::off}).text(),
            "6 dpi=150 invert=off");
}

TEST(OcrSettings, SizesFollowTheImages) {
  EXPECT_EQ(kSauvola.scaled(2).window, 62);
  EXPECT_EQ(kSauvola.scaled(0.001).window, 1);
  EXPECT_EQ(kTiles.scaled(0.5).window, 20);
  EXPECT_EQ(kTiles.scaled(0.5).smoothing, 2) << "which are tiles";
  EXPECT_EQ(OcrSettings{.dpi = 300}.scaled(0.5).dpi, 150);
  EXPECT_EQ(OcrSettings{.dpi = 100}.scaled(0.5).dpi, kMinDpi);
  EXPECT_EQ(OcrSettings{.psm = 6}.scaled(0.5), OcrSettings{.psm = 6});
}

}  // namespace
}  // namespace ocrtune
