// Files of earlier versions, in which settings of [ocr] were stages.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

std::string use(const std::string& stage, const std::string& parameters) {
  return fmt::format("[[stage]]\nuse = \"{}\"\n{}\n", stage, parameters);
}

/// The [ocr] table that the stages mean.
std::string now(const std::string& stages) {
  const Pipeline pipeline = parse_pipeline(stages, "t");
  const std::string text = pipeline_text(pipeline);
  const Pipeline again = parse_pipeline(text, "t");
  EXPECT_EQ(pipeline_text(again), text);
  EXPECT_EQ(again.space().dimensions(), pipeline.space().dimensions());
  const std::size_t table = text.find("[ocr]\n");
  return table == std::string::npos ? "" : text.substr(table + 6);
}

OcrSettings former_settings(const std::string& stages) {
  return ocr_settings_of(parse_pipeline(stages, "t").ocr(), 20);
}

std::string former_refusal(const std::string& stages) {
  return test::error_of(Errc::pipeline_invalid, [&] { (void)parse_pipeline(stages, "t"); });
}

std::vector<std::string> former_names(const std::string& stages) {
  std::vector<std::string> names;
  const Space space = parse_pipeline(stages, "t").space();
  for (const Dimension& dimension : space.dimensions()) names.push_back(dimension.name);
  return names;
}

TEST(FormerOcrStages, MeanTheirSettings) {
  EXPECT_EQ(now(use("page_segmentation", "mode = \"column\"")),
            "page_segmentation = { value = \"column\", as = \"mode\" }\n");
  EXPECT_EQ(now(use("tesseract_dpi", "")), "dpi = 150\n");
  EXPECT_EQ(now(use("tesseract_dpi", "dpi = 300")), "dpi = 300\n");
  EXPECT_EQ(now(use("tesseract_invert", "invert = \"off\"")), "invert = \"off\"\n");
  EXPECT_EQ(now(use("tesseract_languages", "languages = \"first\"")), "languages = \"first\"\n");
  EXPECT_EQ(former_settings(use("tesseract_sauvola", "window = 4\nk = 0.25")),
            (OcrSettings{.thresholding = Thresholding::sauvola, .window = 81, .k = 0.25}));
  EXPECT_EQ(
      former_settings(use("tesseract_adaptive_otsu", "tile = 5\nsmoothing = 2")),
      (OcrSettings{.thresholding = Thresholding::adaptive_otsu, .window = 100, .smoothing = 2}));
}

TEST(FormerOcrStages, KeepTheNamesOfWhatIsFree) {
  EXPECT_EQ(now(use("tesseract_sauvola", "window = \"free\"\nk = { low = 0.1, high = 0.4 }")),
            "thresholding = \"sauvola\"\n"
            "sauvola_window = { low = 2, high = 20, initial = 8, as = \"window\" }\n"
            "sauvola_k = { low = 0.1, high = 0.4, initial = 0.34, as = \"k\" }\n");
  EXPECT_EQ(now(use("page_segmentation", "mode = \"free\"")),
            "page_segmentation = { initial = \"given\", as = \"mode\" }\n");
  EXPECT_EQ(now(use("tesseract_dpi", "optional = true\non = false\ndpi = \"free\"")),
            "dpi = { low = 70, high = 600, log = true, initial = 150, optional = "
            "\"use_tesseract_dpi\", on = false }\n");
  EXPECT_EQ(former_names(use("tesseract_sauvola", "optional = true\nk = \"free\"")),
            (std::vector<std::string>{"use_tesseract_sauvola", "k"}));
}

TEST(FormerOcrStages, AlternativesAreChoicesInTheirOrder) {
  const std::string slot =
      "[[stage]]\none_of = [\"none\", \"tesseract_adaptive_otsu\", \"tesseract_sauvola\"]\n"
      "as = \"find_lines\"\ninitial = \"tesseract_sauvola\"\n"
      "[stage.tesseract_sauvola]\nk = \"free\"\n[stage.tesseract_adaptive_otsu]\ntile = \"free\"\n";
  EXPECT_EQ(former_names(slot), (std::vector<std::string>{"find_lines", "tesseract_sauvola_k",
                                                          "tesseract_adaptive_otsu_tile"}));
  const Pipeline pipeline = parse_pipeline(slot, "t");
  EXPECT_EQ(pipeline.space().dimensions().front().choices,
            (std::vector<std::string>{"otsu", "adaptive_otsu", "sauvola"}));
  EXPECT_EQ(pipeline.space().initial(),
            (Point{{{"find_lines", 2}, {"tesseract_sauvola_k", 0.34}}}));
  const Pipeline tiles = pipeline.at({{{"find_lines", 1}, {"tesseract_adaptive_otsu_tile", 10}}});
  EXPECT_EQ(
      ocr_settings_of(tiles.ocr(), 20),
      (OcrSettings{.thresholding = Thresholding::adaptive_otsu, .window = 200, .smoothing = 1}));
  EXPECT_EQ(ocr_settings_of(pipeline.at({{{"find_lines", 0}}}).ocr(), 20), OcrSettings{});
  const Parameter find_lines = pipeline.parameter_of("find_lines");
  EXPECT_EQ(parse_value(find_lines, "tesseract_sauvola", "find_lines"), 2) << "as old points say";
  EXPECT_EQ(parse_value(find_lines, "none", "find_lines"), 0);
  EXPECT_EQ(parse_value(find_lines, "adaptive_otsu", "find_lines"), 1);
  (void)now(slot);
}

TEST(FormerOcrStages, OneOrNoneIsASwitch) {
  const std::string slot =
      "[[stage]]\none_of = [\"none\", \"tesseract_dpi\"]\nas = \"resolution\"\n"
      "[stage.tesseract_dpi]\ndpi = \"free\"\n";
  EXPECT_EQ(former_names(slot), (std::vector<std::string>{"resolution", "tesseract_dpi_dpi"}));
  EXPECT_EQ(former_settings(slot), OcrSettings{});
  const Pipeline at =
      parse_pipeline(slot, "t").at({{{"resolution", 1}, {"tesseract_dpi_dpi", 200}}});
  EXPECT_EQ(ocr_settings_of(at.ocr(), 20), (OcrSettings{.dpi = 200}));
}

TEST(FormerOcrStages, OfTwoTheLastOneCounts) {
  const std::string first = use("tesseract_dpi", "dpi = 200") + use("tesseract_sauvola", "") +
                            use("page_segmentation", "mode = \"column\"");
  const std::string given = use("page_segmentation", "mode = { value = \"given\", as = \"last\" }");
  EXPECT_EQ(former_settings(first + given), former_settings(first));
  EXPECT_EQ(former_settings(first).psm, 4);
  const OcrSettings later = former_settings(first + use("tesseract_adaptive_otsu", "tile = 3"));
  EXPECT_EQ(later.thresholding, Thresholding::adaptive_otsu);
  EXPECT_EQ(later.window, 60);
  EXPECT_EQ(later.k, 0);
  EXPECT_EQ(later.dpi, 200);
  EXPECT_EQ(former_settings(first + "[ocr]\ndpi = 100\n").dpi, 100);
  EXPECT_EQ(now(use("tesseract_dpi", "on = false")), "");
}

TEST(FormerOcrStages, StandBesideStagesAnywhere) {
  const Pipeline pipeline = parse_pipeline(
      use("tesseract_invert", "invert = \"off\"") + use("to_gray", "") + use("gamma", ""), "t");
  EXPECT_EQ(pipeline.stages().size(), 2U);
  EXPECT_EQ(ocr_settings_of(pipeline.ocr(), 20).inversion, Inversion::off);
  const Portfolio portfolio = parse_portfolio(
      "[[pipeline]]\nname = \"a\"\n[[pipeline.stage]]\nuse = \"tesseract_dpi\"\n"
      "[[pipeline]]\nname = \"b\"\n[pipeline.ocr]\ninvert = \"on\"\n",
      "t");
  const std::string text = portfolio_text(portfolio);
  EXPECT_TRUE(contains(text, "[pipeline.ocr]\ndpi = 150\n"));
  EXPECT_EQ(portfolio_text(parse_portfolio(text, "t")), text);
}

TEST(FormerOcrStages, WhatOcrCantSayIsRefused) {
  EXPECT_EQ(former_refusal("[[stage]]\none_of = [\"binarize_otsu\", \"tesseract_sauvola\"]\n"),
            "t: line 1: OCR settings belong in [ocr] and cannot be an alternative to a stage");
  EXPECT_TRUE(contains(
      former_refusal("[[stage]]\none_of = [\"tesseract_invert\", \"tesseract_dpi\"]\nas = \"a\"\n"),
      "only thresholds can be alternatives"));
  EXPECT_TRUE(
      contains(former_refusal(use("tesseract_dpi", "dpi = \"free\"") +
                              use("tesseract_dpi", "dpi = { low = 100, high = 200, as = \"b\" }")),
               "`dpi` of [ocr] is set twice; a free parameter can be set only once"));
  EXPECT_TRUE(contains(former_refusal(use("tesseract_dpi", "res = 3")),
                       "unknown key `res` in stage tesseract_dpi; known: use, optional, on, dpi"));
}

}  // namespace
}  // namespace ocrtune
