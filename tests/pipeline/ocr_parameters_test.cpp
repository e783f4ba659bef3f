#include "ocrtune/pipeline/ocr_parameters.h"

#include <gtest/gtest.h>

#include "ocrtune/kernels/measure/x_height.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/errors.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::contains;

Pipeline with(const std::string& ocr) { return parse_pipeline("[ocr]\n" + ocr, "t"); }

OcrSettings settings_of(const std::string& ocr, const cv::Mat& page = test::noise(20, 10, 1)) {
  return with(ocr).ocr_settings({page, {}});
}

std::string ocr_refusal(const std::string& ocr) {
  return test::error_of(Errc::pipeline_invalid, [&] { (void)with(ocr); });
}

std::vector<std::string> names_searched(const Pipeline& pipeline) {
  std::vector<std::string> names;
  const Space space = pipeline.space();
  for (const Dimension& dimension : space.dimensions()) names.push_back(dimension.name);
  return names;
}

TEST(OcrParameters, SayNothingAtTheirInitialValues) {
  std::vector<OcrUse> uses;
  for (const Parameter& parameter : ocr_parameters()) uses.push_back(ocr_use(parameter));
  EXPECT_EQ(ocr_settings_of(uses, 20), OcrSettings{});
  EXPECT_EQ(ocr_settings_of({}, 20), OcrSettings{});
  EXPECT_EQ(settings_of(""), OcrSettings{});
}

TEST(OcrParameters, OptionsOfEnginesKeepTheirValues) {
  EXPECT_EQ(
      settings_of("engine_size = 1280\nengine_order = \"rows\"\nengine_score = 0.25")
          .engine_options,
      (std::map<std::string, std::string>{{"size", "1280"}, {"order", "rows"}, {"score", "0.25"}}));
  EXPECT_NE(settings_of("engine_size = 1280").text(), settings_of("engine_size = 1600").text());
}

TEST(OcrParameters, OptionsOfEnginesAreSearchedInStatedRanges) {
  const Pipeline pipeline = with(
      "engine_size = { low = 960, high = 1600, initial = 1280 }\n"
      "engine_order = { choices = [\"rows\", \"columns\"] }");
  EXPECT_EQ(names_searched(pipeline), (std::vector<std::string>{"engine_order", "engine_size"}));
  EXPECT_EQ(pipeline.space().dimensions()[1].type, ParameterType::integer);
  Point point;
  point.values = {{"engine_order", 1}, {"engine_size", 960}};
  EXPECT_EQ(pipeline.at(point).ocr_settings({}).engine_options,
            (std::map<std::string, std::string>{{"order", "columns"}, {"size", "960"}}));
  EXPECT_EQ(pipeline_text(parse_pipeline(pipeline_text(pipeline), "t")), pipeline_text(pipeline));
  Pipeline free = with("");
  free.fix("engine_size", 1000);
  EXPECT_EQ(free.ocr_settings({}).engine_options.at("size"), "1000");
  free.fix_engine_choice("engine_size", "large");
  EXPECT_EQ(free.ocr_settings({}).engine_options.at("size"), "large");
  EXPECT_THROW(free.fix_engine_choice("page_segmentation", "block"), Error);
}

TEST(OcrParameters, OptionsOfEnginesNeedValues) {
  EXPECT_TRUE(contains(ocr_refusal("engine_size = \"free\""), "needs low and high"));
  EXPECT_TRUE(contains(ocr_refusal("engine_size = { as = \"s\" }"), "needs a value"));
  EXPECT_TRUE(contains(ocr_refusal("engine_size = true"), "must be"));
  EXPECT_TRUE(contains(ocr_refusal("engine_order = { choices = [1, 2] }"), "list of names"));
  EXPECT_TRUE(contains(ocr_refusal("engine_order = { choices = [\"a\", \"a\"] }"), "once"));
  EXPECT_NE(ocr_refusal("engine_ = 5"), "");
  EXPECT_NE(ocr_refusal("engine = 5"), "");
}

TEST(OcrParameters, PageSegmentationIsTesseractsNumberOfTheMode) {
  const auto mode = [](const std::string& name) {
    return settings_of("page_segmentation = \"" + name + "\"").psm;
  };
  EXPECT_EQ(mode("given"), 0);
  EXPECT_EQ(mode("auto"), 3);
  EXPECT_EQ(mode("column"), 4);
  EXPECT_EQ(mode("block"), 6);
  EXPECT_EQ(mode("sparse"), 11);
}

TEST(OcrParameters, SauvolaHasAWindowInPxAndAFactor) {
  const std::string sauvola = "thresholding = \"sauvola\"\n";
  EXPECT_EQ(settings_of(sauvola + "sauvola_window = 4\nsauvola_k = 0.25"),
            (OcrSettings{.thresholding = Thresholding::sauvola, .window = 81, .k = 0.25}));
  EXPECT_EQ(settings_of(sauvola).k, 0.34);
  // Tesseract's least.
  EXPECT_EQ(settings_of(sauvola + "sauvola_window = 0.1").window, 7);
}

TEST(OcrParameters, AdaptiveOtsuHasTilesInPxAndNeighbours) {
  const std::string tiles = "thresholding = \"adaptive_otsu\"\n";
  EXPECT_EQ(
      settings_of(tiles + "otsu_tile = 5\notsu_smoothing = 2"),
      (OcrSettings{.thresholding = Thresholding::adaptive_otsu, .window = 100, .smoothing = 2}));
  EXPECT_EQ(settings_of(tiles + "otsu_tile = 0.1").window, 16);
}

TEST(OcrParameters, SizesAreMeasuredByTheLettersOfWhatIsRead) {
  const cv::Mat page = test::rendered("naxos reverence consumers");
  const double letters = x_height(page);
  ASSERT_GT(letters, 0);
  const std::string sauvola = "thresholding = \"sauvola\"\nsauvola_window = 3\n";
  EXPECT_NEAR(settings_of(sauvola, page).window, 3 * letters, 1.01);
  const Pipeline twice =
      parse_pipeline("[[stage]]\nuse = \"rescale\"\nfactor = 2\n[ocr]\n" + sauvola, "t");
  const Image made = twice.run({page, {}});
  EXPECT_NEAR(twice.ocr_settings(made).window, 3 * x_height(made.gray), 1.01);
  EXPECT_GT(twice.ocr_settings(made).window, 1.5 * settings_of(sauvola, page).window);
}

TEST(OcrParameters, TheOthers) {
  EXPECT_EQ(settings_of("dpi = 150"), (OcrSettings{.dpi = 150}));
  EXPECT_EQ(settings_of("dpi = 30").dpi, kMinDpi);
  EXPECT_EQ(settings_of("invert = \"on\"").inversion, Inversion::on);
  EXPECT_EQ(settings_of("invert = \"off\"").inversion, Inversion::off);
  EXPECT_EQ(settings_of("languages = \"all\"").languages, Languages::all);
  EXPECT_EQ(settings_of("languages = \"third\"").languages, Languages::third);
}

TEST(OcrParameters, LeaveThePixels) {
  const cv::Mat page = test::noise(20, 10, 1);
  const Pipeline pipeline = with("thresholding = \"sauvola\"\ndpi = 300\ninvert = \"off\"");
  EXPECT_TRUE(test::same_pixels(pipeline.run({page, {}}).gray, page));
}

TEST(OcrParameters, AreSearchedAfterTheStages) {
  const Pipeline pipeline = parse_pipeline(R"(
[ocr]
invert = "free"
dpi = { low = 100, high = 200, optional = true, on = false }
[[stage]]
use = "gamma"
gamma = "free"
)",
                                           "t");
  EXPECT_EQ(names_searched(pipeline),
            (std::vector<std::string>{"gamma", "use_dpi", "dpi", "invert"}));
  const Space space = pipeline.space();
  EXPECT_EQ(space.initial(), (Point{{{"gamma", 1.5}, {"use_dpi", 0}, {"invert", 0}}}));
  EXPECT_EQ(ocr_settings_of(pipeline.at({}).ocr(), 20), OcrSettings{});
  const Pipeline at = pipeline.at({{{"use_dpi", 1}, {"dpi", 120}, {"invert", 2}}});
  EXPECT_EQ(ocr_settings_of(at.ocr(), 20), (OcrSettings{.dpi = 120, .inversion = Inversion::off}));
}

TEST(OcrParameters, ThoseOfAThresholdExistWhereItIsChosen) {
  const std::string rest = "sauvola_k = \"free\"\notsu_tile = \"free\"\n";
  EXPECT_EQ(names_searched(with(rest)), std::vector<std::string>());
  EXPECT_EQ(names_searched(with("thresholding = \"sauvola\"\n" + rest)),
            std::vector<std::string>{"sauvola_k"});
  const Pipeline pipeline =
      with("thresholding = { choices = [\"sauvola\", \"otsu\"], as = \"lines\" }\n" + rest);
  EXPECT_EQ(names_searched(pipeline), (std::vector<std::string>{"lines", "sauvola_k"}));
  EXPECT_EQ(pipeline.space().at(std::vector{0.9, 0.5}), (Point{{{"lines", 1}}}));
  const Point chosen{{{"lines", 0}, {"sauvola_k", 0.2}}};
  EXPECT_TRUE(pipeline.space().contains(chosen));
  EXPECT_EQ(ocr_settings_of(pipeline.at(chosen).ocr(), 20),
            (OcrSettings{.thresholding = Thresholding::sauvola, .window = 161, .k = 0.2}));
  EXPECT_EQ(pipeline_text(pipeline.at({{{"lines", 1}}})),
            "name = \"unnamed\"\n\n[ocr]\nthresholding = { value = \"otsu\", as = \"lines\" }\n");
}

TEST(OcrParameters, NeedTheHeightOfLettersForAThresholdAlone) {
  EXPECT_FALSE(needs_x_height(with("dpi = 300\ninvert = \"free\"").ocr()));
  EXPECT_FALSE(needs_x_height(with("thresholding = \"otsu\"\nsauvola_k = 0.2").ocr()));
  EXPECT_TRUE(needs_x_height(with("thresholding = \"sauvola\"").ocr()));
  EXPECT_TRUE(needs_x_height(with("thresholding = \"free\"").ocr()));
}

TEST(OcrParameters, AnyPipelineHasThem) {
  Pipeline pipeline = parse_pipeline("[[stage]]\nuse = \"gamma\"\n", "t");
  pipeline.fix("page_segmentation", 4);
  pipeline.free("ocr.dpi", Range{.low = 100, .high = 300});
  EXPECT_EQ(names_searched(pipeline), std::vector<std::string>{"dpi"});
  EXPECT_EQ(ocr_settings_of(pipeline.at({}).ocr(), 20), (OcrSettings{.psm = 11, .dpi = 100}));
  EXPECT_EQ(pipeline.parameter_of("ocr.invert").choices.size(), 3U);
  Pipeline taken =
      parse_pipeline("[[stage]]\nuse = \"gamma\"\ngamma = { value = 1, as = \"dpi\" }\n", "t");
  taken.fix("dpi", 2);
  EXPECT_TRUE(taken.ocr().empty());
  EXPECT_TRUE(contains(test::error_of(Errc::pipeline_invalid, [&] { taken.fix("ocr.dpi", 300); }),
                       "two parameters have the name `dpi`; rename the one of [ocr]"));
}

TEST(OcrParameters, AreRefusedWithTheLineAndWhatIsAllowed) {
  EXPECT_EQ(ocr_refusal("psm = 3"),
            "t: line 2: unknown key `psm` in [ocr]; known: page_segmentation, thresholding, "
            "sauvola_window, sauvola_k, otsu_tile, otsu_smoothing, dpi, invert, languages");
  EXPECT_TRUE(
      contains(ocr_refusal("\ndpi = 5000"), "t: line 3: dpi = 5000: allowed: integer, 0 to"));
  EXPECT_TRUE(contains(ocr_refusal("invert = \"maybe\""), "one of given, on, off"));
  EXPECT_TRUE(contains(ocr_refusal("invert = { choices = [\"on\"] }"), "at least two"));
  EXPECT_TRUE(
      contains(ocr_refusal("invert = { choices = [\"on\", \"on\"] }"), "each at most once"));
  EXPECT_TRUE(
      contains(ocr_refusal("dpi = { choices = [\"on\", \"off\"] }"), "choices must be among"));
  EXPECT_TRUE(contains(ocr_refusal("invert = { choices = [\"on\", \"off\"], value = \"on\" }"),
                       "either fixed (value) or free (choices)"));
  EXPECT_TRUE(contains(ocr_refusal("dpi = { value = 100, on = false }"), "needs optional = true"));
  EXPECT_TRUE(
      contains(ocr_refusal("dpi = { value = 100, optional = \"a b\" }"), "letters, digits"));
  EXPECT_TRUE(contains(
      test::error_of(Errc::pipeline_invalid, [] { (void)parse_pipeline("ocr = 1\n", "t"); }),
      "in a table [ocr]"));
}

}  // namespace
}  // namespace ocrtune
