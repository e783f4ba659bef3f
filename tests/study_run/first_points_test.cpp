#include "ocrtune/study_run/first_points.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

Pipeline searched() {
  Pipeline pipeline = load_pipeline("standard");
  pipeline.free("use_denoise_nlm", {});
  return pipeline;
}

TEST(FirstPoints, BeginWithTheInitialValues) {
  const std::vector<Point> points = first_points({}, searched());
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0], searched().space().initial());
}

TEST(FirstPoints, TakeAPipelinesOwnValues) {
  const test::TempFolder folder;
  Pipeline best = load_pipeline("standard");
  best.fix("denoise_h", 12);
  best.fix("bin_c", 99);
  const auto file = folder.write("best.toml", pipeline_text(best));
  const std::vector<Point> points = first_points({file.string(), "raw"}, searched());
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1].find("denoise_h"), 12);
  EXPECT_EQ(points[1].find("bin_c"), 25) << "the nearest value there is";
  EXPECT_EQ(points[2].find("use_denoise_nlm"), 0) << "raw has no stage";
}

TEST(FirstPoints, FindAPipelinesStagesAmongAlternatives) {
  const Pipeline wide = parse_pipeline(R"(
[[stage]]
one_of = ["none", "binarize_adaptive", "stretch_contrast"]
as = "last"
[stage.binarize_adaptive]
block = "free"
c = "free"
[[stage]]
use = "denoise_nlm"
optional = true
h = { low = 2, high = 20, as = "strength" }
)",
                                       "t");
  const test::TempFolder folder;
  const auto file = folder.write("given.toml",
                                 "[[stage]]\nuse = \"denoise_nlm\"\nh = 5\n[[stage]]\nuse = "
                                 "\"binarize_adaptive\"\nc = 12\n");
  const std::vector<Point> points = first_points({file.string(), "raw"}, wide);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1], (Point{{{"last", 1},
                               {"binarize_adaptive_block", 121},
                               {"binarize_adaptive_c", 12},
                               {"use_denoise_nlm", 1},
                               {"strength", 5}}}));
  EXPECT_EQ(points[2], (Point{{{"last", 0}, {"use_denoise_nlm", 0}}}));
}

TEST(FirstPoints, ReadAsAPipelineDoesWhereTheyCan) {
  const Pipeline wide = parse_pipeline(R"(
[ocr]
page_segmentation = { choices = ["sparse", "given"] }
thresholding = "free"
sauvola_k = "free"
dpi = { low = 100, high = 400, optional = true }
)",
                                       "t");
  const test::TempFolder folder;
  const auto given =
      folder.write("given.toml", "[ocr]\nthresholding = \"sauvola\"\nsauvola_k = 0.2\ndpi = 300\n");
  const std::vector<Point> points = first_points({given.string(), "raw"}, wide);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1], (Point{{{"page_segmentation", 1},
                               {"thresholding", 1},
                               {"sauvola_k", 0.2},
                               {"use_dpi", 1},
                               {"dpi", 300}}}));
  EXPECT_EQ(points[2], (Point{{{"page_segmentation", 1}, {"thresholding", 0}, {"use_dpi", 0}}}));
}

TEST(FirstPoints, TakeTheBestOfAStudyAndAList) {
  const test::TempFolder folder;
  const auto file = folder.path() / "s.db";
  StudyDefinition definition = test::study_definition(1);
  definition.objective = Score::confidence;
  Random random(1);
  std::vector<Trial> trials;
  {
    const auto study = create_study(file, definition);
    for (std::size_t number = 0; number < 8; ++number) {
      Trial trial = test::random_trial(definition, number, random);
      trial.pages[0].scores.set(Score::confidence, 10 * static_cast<double>(number));
      study->append(trial);
      trials.push_back(trial);
    }
  }
  const auto list = folder.write("points.json", R"([{"denoise_h": 3}])");
  const std::vector<Point> points = first_points({file.string(), list.string()}, searched());
  ASSERT_EQ(points.size(), 1U + 5U + 1U);
  EXPECT_EQ(points[1], trials[7].point);
  EXPECT_EQ(points[5], trials[3].point);
  EXPECT_EQ(points[6].find("denoise_h"), 3);
  for (const Point& point : points) EXPECT_TRUE(searched().space().contains(point));
}

TEST(FirstPoints, TakeTheBestOfAFileOfThePythonDesign) {
  const test::TempFolder folder;
  std::string text = "point_id;score_tesseract;denoise_h;norm_kernel\n";
  for (int i = 1; i <= 7; ++i) text += fmt::format("{};{};{};{}\n", i, 50 + i, i + 1, 101 + 2 * i);
  const auto file = folder.write("results.csv", text);
  const std::vector<Point> points = first_points({file.string()}, searched());
  ASSERT_EQ(points.size(), 1U + 5U);
  EXPECT_EQ(points[1].find("denoise_h"), 8);
  EXPECT_EQ(points[1].find("use_denoise_nlm"), 1);
  EXPECT_EQ(points[5].find("denoise_h"), 4);
  for (const Point& point : points) EXPECT_TRUE(searched().space().contains(point));
  // By stages, where the parameters have other names.
  const std::vector<Point> wide = first_points({file.string()}, load_pipeline("auto"));
  ASSERT_EQ(wide.size(), 1U + 5U);
  EXPECT_EQ(wide[1].find("normalize_division_kernel"), 115);
}

TEST(EachStageAlone, HasOnePointForEachSwitch) {
  Pipeline pipeline = searched();
  EXPECT_EQ(each_stage_alone(pipeline).size(), 1U);
  pipeline.free("use_binarize_adaptive", {});
  const std::vector<Point> points = each_stage_alone(pipeline);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].find("use_denoise_nlm"), 1);
  EXPECT_EQ(points[0].find("denoise_h"), 9);
  EXPECT_EQ(points[0].find("use_binarize_adaptive"), 0);
  EXPECT_EQ(points[0].find("bin_c"), std::nullopt);
  EXPECT_EQ(points[1].find("bin_c"), 15);
  EXPECT_TRUE(each_stage_alone(load_pipeline("standard")).empty());
}

TEST(EachStageAlone, HasOnePointForEachAlternative) {
  const Pipeline wide = parse_pipeline(R"(
[[stage]]
one_of = ["clahe", "none", "gamma"]
as = "contrast"
[stage.clahe]
clip = "free"
[[stage]]
one_of = ["binarize_adaptive", "binarize_sauvola"]
as = "ink"
[[stage]]
use = "deskew"
optional = true
)",
                                       "t");
  const std::vector<Point> points = each_stage_alone(wide);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[0], (Point{{{"contrast", 1}, {"ink", 0}, {"use_deskew", 1}}}));
  EXPECT_EQ(points[1],
            (Point{{{"contrast", 0}, {"clahe_clip", 2}, {"ink", 0}, {"use_deskew", 0}}}));
  EXPECT_EQ(points[2], (Point{{{"contrast", 2}, {"ink", 0}, {"use_deskew", 0}}}));
}

TEST(EachStageAlone, HasOnePointForEachThreshold) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\nuse = \"gamma\"\noptional = true\n[ocr]\nthresholding = \"free\"\n", "t");
  EXPECT_EQ(each_stage_alone(pipeline),
            (std::vector<Point>{{{{"use_gamma", 1}, {"thresholding", 0}}},
                                {{{"use_gamma", 0}, {"thresholding", 1}}},
                                {{{"use_gamma", 0}, {"thresholding", 2}}}}));
}

TEST(PortfolioPoints, AreThoseWhoseStagesAreAllThere) {
  const Pipeline wide = load_pipeline("auto");
  const std::vector<Point> points = portfolio_points(wide);
  ASSERT_EQ(points.size(), load_portfolio("documents").pipelines.size() - 1) << "all but raw";
  for (const Point& point : points) EXPECT_TRUE(wide.space().contains(point));
  const Point& smooth = points[1];
  EXPECT_EQ(smooth.find("subtract_rolling_ball_radius"), 2);
  EXPECT_EQ(smooth.find("rescale_factor"), 2);
  EXPECT_EQ(smooth.find("use_deskew"), 0);
  EXPECT_EQ(smooth.find("lines"), 0);
  EXPECT_TRUE(portfolio_points(load_pipeline("standard")).empty());
}

TEST(FirstPoints, RefuseWhatIsNoSource) {
  test::error_of(Errc::pipeline_invalid, [] { (void)first_points({"nothing"}, searched()); });
}

}  // namespace
}  // namespace ocrtune::workflow
