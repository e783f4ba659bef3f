// Stages that leave the pixels alone and say how Tesseract is to read them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ocrtune/kernels/x_height.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/images.h"

namespace ocrtune {
namespace {

Image through(const std::string& stages, const cv::Mat& page = test::noise(20, 10, 1)) {
  return parse_pipeline("name = \"p\"\n" + stages, "p").run({page, {}});
}

std::string use(const std::string& stage, const std::string& parameters) {
  return fmt::format("[[stage]]\nuse = \"{}\"\n{}\n", stage, parameters);
}

TEST(TesseractSauvola, TellsWindowInPxAndFactor) {
  const Told told = through(use("tesseract_sauvola", "window = 4\nk = 0.25")).told;
  EXPECT_EQ(told, (Told{.thresholding = Thresholding::sauvola, .window = 81, .k = 0.25}));
  // Tesseract's least.
  EXPECT_EQ(through(use("tesseract_sauvola", "window = 0.1")).told.window, 7);
}

TEST(TesseractSauvola, MeasuresWindowsByTheLetters) {
  const cv::Mat page = test::rendered("naxos reverence consumers");
  const double letters = x_height(page);
  ASSERT_GT(letters, 0);
  const Told told = through(use("tesseract_sauvola", "window = 3"), page).told;
  EXPECT_NEAR(told.window, 3 * letters, 1.01);
  EXPECT_EQ(told.window % 2, 1);
}

TEST(TesseractAdaptiveOtsu, TellsTilesInPxAndNeighbours) {
  const Told told = through(use("tesseract_adaptive_otsu", "tile = 5\nsmoothing = 2")).told;
  EXPECT_EQ(told,
            (Told{.thresholding = Thresholding::adaptive_otsu, .window = 100, .smoothing = 2}));
  EXPECT_EQ(through(use("tesseract_adaptive_otsu", "tile = 0.1")).told.window, 16);
}

TEST(TesseractDpi, TellsTheResolutionAndLeavesThePages) {
  const Image out = through(use("tesseract_dpi", "dpi = 150"));
  EXPECT_EQ(out.told, (Told{.dpi = 150}));
  EXPECT_EQ(out.dpi.x, 0);
}

TEST(TesseractInvert, TellsOnOrOff) {
  EXPECT_EQ(through(use("tesseract_invert", "invert = \"given\"")).told, Told{});
  EXPECT_EQ(through(use("tesseract_invert", "invert = \"on\"")).told.inversion, Inversion::on);
  EXPECT_EQ(through(use("tesseract_invert", "invert = \"off\"")).told.inversion, Inversion::off);
}

TEST(TesseractLanguages, TellsWhich) {
  const auto told = [](const std::string& languages) {
    return through(use("tesseract_languages", "languages = \"" + languages + "\"")).told;
  };
  EXPECT_EQ(told("given"), Told{});
  EXPECT_EQ(told("all"), (Told{.languages = Languages::all}));
  EXPECT_EQ(told("first"), (Told{.languages = Languages::first}));
  EXPECT_EQ(told("second"), (Told{.languages = Languages::second}));
  EXPECT_EQ(told("third"), (Told{.languages = Languages::third}));
}

TEST(TesseractStages, AddUpAndTheLastOfAKindCounts) {
  const std::string all =
      use("tesseract_dpi", "dpi = 150") + use("tesseract_sauvola", "window = 2") +
      use("page_segmentation", "mode = \"column\"") + use("tesseract_invert", "invert = \"off\"");
  const Told told = through(all).told;
  EXPECT_EQ(told.psm, 4);
  EXPECT_EQ(told.dpi, 150);
  EXPECT_EQ(told.window, 41);
  EXPECT_EQ(told.inversion, Inversion::off);
  const std::string given =
      use("tesseract_invert", "invert = { value = \"given\", as = \"last\" }");
  EXPECT_EQ(through(all + given).told, told);
  const Told later = through(all + use("tesseract_adaptive_otsu", "tile = 3")).told;
  EXPECT_EQ(later.thresholding, Thresholding::adaptive_otsu);
  EXPECT_EQ(later.window, 60);
  EXPECT_EQ(later.k, 0);
  EXPECT_EQ(later.dpi, 150);
}

TEST(TesseractStages, LeaveThePixels) {
  const std::string all = use("tesseract_dpi", "") + use("tesseract_sauvola", "") +
                          use("tesseract_invert", "invert = \"off\"");
  EXPECT_TRUE(test::same_pixels(through(all).gray, test::noise(20, 10, 1)));
}

}  // namespace
}  // namespace ocrtune
