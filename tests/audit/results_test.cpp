#include "ocrtune/audit/results.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ocrtune/audit/design.h"
#include "ocrtune/audit/export.h"
#include "ocrtune/audit/records.h"
#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;

/// A screening of the preset `standard`, as an earlier version of that design wrote it.
constexpr const char* kScreening =
    "point_id;score_tesseract_delta;score_tesseract;score_nettete;score_contraste;line_h_size;"
    "line_v_size;norm_kernel;denoise_h;noise_threshold;bin_block_size;bin_c\r\n"
    "1;3.67;41.2;17725.7;69.2;67;106;185;10.81776057742536;279.4;177;23.7\r\n"
    "2;4.9;42.5;17448.4;73.1;30;65;91;11.4;113.1;79;10.0\r\n"
    "3;-1.0;36.8;18166.0;70.3;41;96;163;5.3;189.8;113;19.7\r\n";

AuditResults results_of(const std::string& text, const AuditInterpretation& ocr_result = {},
                        const std::string& configuration = "") {
  const test::TempFolder folder;
  const auto file = folder.write("r.csv", text);
  if (!configuration.empty()) folder.write("r_config.csv", configuration);
  return read_audit_results(file, ocr_result);
}

/// The message without the folder.
std::string import_refusal(const std::string& text, const AuditInterpretation& ocr_result = {},
                           const std::string& configuration = "") {
  const std::string message = test::error_of(
      Errc::input_unreadable, [&] { (void)results_of(text, ocr_result, configuration); });
  const std::size_t name = message.find("/r");
  EXPECT_NE(name, std::string::npos) << message;
  return message.substr(name == std::string::npos ? 0 : name + 1);
}

TEST(AuditResults, TakesAScreeningTheBestFirst) {
  const AuditResults results = results_of(kScreening);
  EXPECT_EQ(results.preset, "standard");
  EXPECT_TRUE(results.sorted);
  EXPECT_EQ(results.rows, 3U);
  EXPECT_TRUE(results.notes.empty());
  ASSERT_EQ(results.points.size(), 3U);
  EXPECT_EQ(results.points[0], (Point{{{"line_h_size", 30},
                                       {"line_v_size", 65},
                                       {"norm_kernel", 91},
                                       {"denoise_h", 11.4},
                                       {"noise_threshold", 113.1},
                                       {"bin_block_size", 79},
                                       {"bin_c", 10}}}));
  EXPECT_EQ(results.points[1].find("denoise_h"), 10.81776057742536);
  EXPECT_EQ(results.points[2].find("line_h_size"), 41);
}

TEST(AuditResults, TheBestAreThoseOfTheScoreAskedFor) {
  const AuditResults results = results_of(kScreening, {.by = Score::sharpness});
  EXPECT_EQ(results.points[0].find("line_h_size"), 41);
  EXPECT_EQ(results.points[2].find("line_h_size"), 30);
  EXPECT_FALSE(results_of(kScreening, {.by = Score::cnr}).sorted);
}

TEST(AuditResults, AnOptimizationHasOtherNamesAndRoundedScores) {
  const AuditResults results = results_of(
      "trial_id;score_tesseract_delta;bin_c\n0;1.5;11.0\n1;;12.0\n2;2.5;13.0\n3;2.5;13.0\n");
  ASSERT_EQ(results.points.size(), 3U) << "equal ones once";
  EXPECT_EQ(results.rows, 4U);
  EXPECT_EQ(results.points[0].find("bin_c"), 13);
  EXPECT_EQ(results.points[1].find("bin_c"), 11);
  EXPECT_EQ(results.points[2].find("bin_c"), 12) << "without a score last";
  const AuditResults later = results_of(
      "dilate_iter;line_h_size;bin_c;tesseract_delta;tesseract;nettete;contraste\n"
      "2;45;15.0;-3;30;1000;50\n2;46;15.0;3;36;1000;50\n");
  EXPECT_EQ(later.points[0], (Point{{{"line_h_size", 46}, {"dilate_iter", 2}, {"bin_c", 15}}}));
}

TEST(AuditResults, TheOtherPresetIsKnownByItsColumns) {
  const AuditResults results =
      results_of("point_id;score_cnr;denoise_h;bg_dilate;bg_blur;dilate_iter\n1;3;12.5;7;21;2\n");
  EXPECT_EQ(results.preset, "blur_clahe");
  EXPECT_EQ(results.points.at(0),
            (Point{{{"denoise_h", 12.5}, {"bg_dilate", 7}, {"bg_blur", 21}}}));
}

TEST(AuditResults, WhatTheConfigurationFixedIsAdded) {
  const std::string configuration =
      "Category;Key;Value_Min_or_Fixed;Value_Max\nInfo;Pipeline Mode;standard;\n"
      "Range;denoise_h;2.0;20.0\nFixed;dilate_iter;3;\nFixed;bin_block;60.0;\n"
      "Fixed;line_h;45.0;\nBaseline;Mean Score;37.55;\n";
  const AuditResults results = results_of("point_id;denoise_h\n1;9.5\n", {}, configuration);
  EXPECT_EQ(results.preset, "standard") << "denoise_h is in both";
  // That design uses a fixed kernel as it stands, and the next odd number for an even one.
  EXPECT_EQ(
      results.points.at(0),
      (Point{
          {{"line_h_size", 45}, {"dilate_iter", 3}, {"denoise_h", 9.5}, {"bin_block_size", 61}}}));
  ASSERT_EQ(results.notes.size(), 1U);
  EXPECT_TRUE(contains(results.notes[0], "`bin_block_size`: 1 value"));
}

TEST(AuditResults, BestParametersOfAScreeningHaveKernels) {
  const AuditResults results = results_of(
      R"({"dilate_iter": 2, "norm_kernel": 151, "bin_block_size": 121, "line_h_size": 45})");
  EXPECT_EQ(results.points.at(0).find("norm_kernel"), 151);
  EXPECT_EQ(results.points.at(0).find("bin_block_size"), 121);
  EXPECT_FALSE(results.sorted);
  EXPECT_EQ(results_of(R"({"bg_blur": 21})").points.at(0).find("bg_blur"), 21);
}

TEST(AuditResults, BestParametersOfASearchHaveBases) {
  const AuditResults of_optuna =
      results_of(R"({"norm_kernel_base": 75, "bin_block_base": 60, "bin_c": 15.25})");
  EXPECT_EQ(of_optuna.points.at(0),
            (Point{{{"norm_kernel", 151}, {"bin_block_size", 121}, {"bin_c", 15.25}}}));
  EXPECT_TRUE(of_optuna.notes.empty());
  const AuditResults of_window = results_of(
      R"([{"line_h": 45.9, "norm_kernel": 75, "bin_block": 60.7}, {"norm_kernel": 40}])");
  EXPECT_EQ(of_window.points.at(0),
            (Point{{{"line_h_size", 45}, {"norm_kernel", 151}, {"bin_block_size", 121}}}));
  EXPECT_EQ(of_window.points.at(1).find("norm_kernel"), 81);
  EXPECT_TRUE(contains(of_window.notes.at(0), "2 * base + 1"));
  const AuditResults of_fractions = results_of(R"({"bg_dilate": 7.9, "bg_blur": 21})");
  EXPECT_EQ(of_fractions.points.at(0), (Point{{{"bg_dilate", 15}, {"bg_blur", 43}}}));
}

TEST(AuditResults, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(import_refusal(""), "r.csv: has no point");
  EXPECT_EQ(import_refusal("bin_c\n"), "r.csv: has no point");
  EXPECT_EQ(import_refusal("[]"), "r.csv: has no point");
  EXPECT_EQ(import_refusal("bin_c;bin_c\n1;2\n"), "r.csv: line 1: column `bin_c` appears twice");
  EXPECT_EQ(import_refusal("bin_c;line_h;line_h_size\n1;2;3\n"),
            "r.csv: line 2: `line_h_size` appears twice");
  EXPECT_EQ(import_refusal("bin_c;bin_d\n1;2\n"),
            "r.csv: line 1: column `bin_d` is neither a score nor a parameter of the Python design "
            "(did you mean `bin_c`?)");
  EXPECT_EQ(import_refusal("\n\nbin_c;denoise_h\n1;2\n\n1;x\n"),
            "r.csv: line 6: column `denoise_h`: `x` is not a number");
  EXPECT_EQ(import_refusal("bin_c;denoise_h\n1,5;2\n"),
            "r.csv: line 2: column `bin_c`: `1,5` is not a number; use a decimal point, not a "
            "comma");
  EXPECT_EQ(import_refusal("bin_c;denoise_h\n;2\n"),
            "r.csv: line 2: column `bin_c`: `` is not a number");
  EXPECT_EQ(import_refusal("bin_c;denoise_h\n1;2\n3\n"),
            "r.csv: line 3: has 1 field; 2 are required");
  EXPECT_EQ(import_refusal("bin_c\n1000\n"),
            "r.csv: line 2: bin_c = 1000: allowed: real, -255 to 255");
  EXPECT_EQ(import_refusal("point_id;score_cnr\n1;2\n"),
            "r.csv: has no parameter of the Python design");
  EXPECT_TRUE(
      contains(import_refusal("denoise_h\n9\n"), "`denoise_h` alone doesn't determine the preset"));
  EXPECT_EQ(
      import_refusal("bin_c;clahe_clip\n1;2\n"),
      "r.csv: line 1: column `clahe_clip` belongs to the preset blur_clahe, not to standard, to "
      "which `bin_c` belongs");
  EXPECT_EQ(
      import_refusal("bin_c\n1\n", {.preset = "blur_clahe"}),
      "r.csv: line 1: column `bin_c` belongs to the preset standard, not to blur_clahe, which was "
      "specified");
  EXPECT_EQ(import_refusal("[{\"bin_c\": 1}, 3]"),
            "r.csv: point 2: a point is an object {\"parameter\": number, …}");
  EXPECT_EQ(import_refusal("{\"bin_c\": \"1\"}"), "r.csv: point 1: `bin_c` must be a number");
  EXPECT_TRUE(contains(import_refusal("{\"bin_c\": 1"), "r.csv: is not JSON"));
  EXPECT_TRUE(contains(import_refusal("{\"bin_c\": 1e999}"), "r.csv: is not JSON"));
  EXPECT_EQ(import_refusal("bin_c\n1\n", {}, "Category;Key;Min;Max\nFixed;bin_d;2;\n"),
            "r_config.csv: `bin_d` is not a parameter of `standard`");
  EXPECT_EQ(import_refusal("bin_c\n1\n", {}, "Category;Key;Min;Max\nFixed;line_h;x;\n"),
            "r_config.csv: line 2: column `line_h`: `x` is not a number");
  EXPECT_EQ(import_refusal("bin_c\n1\n", {}, "Fixed;line_h\n"),
            "r_config.csv: line 1: has 2 fields; 4 are required");
}

TEST(AuditResults, AMissingFileIsNamed) {
  const std::string message = test::error_of(
      Errc::input_unreadable, [] { (void)read_audit_results("/nowhere/r.csv", {}); });
  EXPECT_TRUE(contains(message, "/nowhere/r.csv"));
}

TEST(AuditResults, WhatIsExportedIsReadBack) {
  const test::TempFolder folder;
  for (const AuditPipeline& pipeline : audit_pipelines()) {
    StudyDefinition definition = test::study_by_confidence(1);
    Pipeline searched = load_pipeline(std::string(pipeline.preset));
    searched.fix("denoise_h", 0);
    definition.pipeline = pipeline_text(searched);
    Random random(5);
    std::vector<Trial> trials;
    for (std::size_t number = 0; number < 9; ++number) {
      trials.push_back(test::random_trial(definition, number, random));
      trials.back().pages[0].scores.set(Score::confidence, 90 - static_cast<double>(number));
    }
    const auto files = audit_files(definition, trials);
    for (const AuditFile& file : files) folder.write(file.name, file.text);
    const AuditResults results = read_audit_results(folder.path() / files[0].name, {});
    EXPECT_EQ(results.preset, pipeline.preset);
    EXPECT_TRUE(results.notes.empty());
    ASSERT_EQ(results.points.size(), 8U);
    for (std::size_t i = 0; i < results.points.size(); ++i) {
      EXPECT_EQ(results.points[i].find("denoise_h"), 0);
      for (const auto& [name, value] : trials[i + 1].point.values)
        EXPECT_EQ(results.points[i].find(name), value) << name;
    }
  }
}

TEST(AuditResults, AreReadBesideAConfigurationThatIsNoNumbersElsewhere) {
  const test::TempFolder folder;
  const auto file = folder.write("r.csv", "bin_c\n12\n");
  folder.write("r_config.csv",
               "Info;Pipeline Mode;standard;\nInfo;N Points;auto;\nRange;bin_c;5.0;\n"
               "Fixed;denoise_h;9;\nBaseline;Mean Score;N/A;\n");
  const AuditResults results = read_audit_results(file, {});
  EXPECT_EQ(results.points.at(0).find("denoise_h"), 9);
  EXPECT_EQ(test::error_of(Errc::input_unreadable, [&] { (void)read_audit_run(file, ""); })
                .substr(folder.path().string().size() + 1),
            "r_config.csv: line 2: column `N Points`: `auto` is not a number");
}

void expect_only_unreadable(const std::string& text, bool configuration) {
  try {
    if (configuration) {
      (void)parse_audit_configuration(text, "c", ConfigurationRows::all);
    } else {
      (void)results_of(text);
    }
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::input_unreadable) << error.what();
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
  }
}

TEST(AuditResults, DamagedTextsNeverCrash) {
  EXPECT_TRUE(rc::check([] { expect_only_unreadable(*test::any_bytes(), false); }));
  const std::string json = R"([{"norm_kernel_base": 75, "bin_c": 15.25}, {"line_h": 3}])";
  const std::string configuration = "Info;Pipeline Mode;standard;\nFixed;line_h;45.0;\n";
  Random random(3);
  for (const std::string& good : {std::string(kScreening), json, configuration}) {
    for (int i = 0; i < 500; ++i) {
      std::string text = good;
      const auto at =
          static_cast<std::size_t>(random.integer(0, static_cast<int>(good.size()) - 1));
      text[at] = static_cast<char>(random.integer(-128, 127));
      expect_only_unreadable(text, &good == &configuration);
      expect_only_unreadable(text, true);
      expect_only_unreadable(good.substr(0, at), false);
    }
  }
  expect_only_unreadable(std::string(100'000, '['), false);
  expect_only_unreadable(std::string(100'000, ';'), false);
  std::string many = "bin_c\n";
  for (int i = 0; i < 100'001; ++i) many += "1\n";
  EXPECT_TRUE(contains(import_refusal(many), "has 100001 points; at most 100000 can be read"));
}

}  // namespace
}  // namespace ocrtune
