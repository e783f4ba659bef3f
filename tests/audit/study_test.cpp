#include "ocrtune/audit/study.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/audit/export.h"
#include "ocrtune/audit/times.h"
#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::TempFolder;

constexpr std::size_t kPages = 3;
constexpr std::int64_t kRunBegin = 1'764'884'905'123'456;

StudyDefinition run_definition(const Pipeline& pipeline) {
  StudyDefinition definition = test::study_by_confidence(kPages);
  definition.pipeline = pipeline_text(pipeline);
  definition.search.planned = 8;
  return definition;
}

/// Trials as `screen` makes them: each page with its own scores and times.
std::vector<Trial> screened(const StudyDefinition& definition, std::size_t points) {
  Random random(11);
  const Space space = space_of(definition);
  std::vector<Trial> trials;
  for (std::size_t number = 0; number <= points; ++number) {
    Trial trial{.number = number, .point = {}, .pages = {}};
    std::vector<double> unit;
    for (std::size_t i = 0; i < space.size(); ++i) unit.push_back(random.uniform(0, 1));
    if (number > 0) trial.point = space.at(unit);
    trial.started_us = kRunBegin + static_cast<std::int64_t>(number) * 1'234'567;
    trial.finished_us = trial.started_us + 1'000'000;
    for (std::size_t page = 0; page < kPages; ++page) {
      const double ms = random.uniform(1, 300);
      trial.pages.push_back({.scores = {{Score::confidence, random.uniform(20, 95)},
                                        {Score::sharpness, random.uniform(100, 20'000)},
                                        {Score::contrast, random.uniform(20, 90)},
                                        {Score::cnr, random.uniform(1, 2550)}},
                             .timings = {.started_us = trial.started_us + 1000 * 17,
                                         .total_ms = 3 * ms,
                                         .preprocess_ms = ms,
                                         .ocr_ms = 2 * ms,
                                         .steps = {{"sharpness", 4.321}, {"cnr", 1.5}}},
                             .failure = {}});
    }
    trials.push_back(std::move(trial));
  }
  return trials;
}

/// Writes the files of an export, and reads them.
AuditStudyTrials read_back(const TempFolder& folder, const std::vector<AuditFile>& files) {
  for (const AuditFile& file : files) folder.write(file.name, file.text);
  return read_audit_study(folder.path() / files.front().name, {});
}

std::vector<AuditFile> exported(const AuditStudyTrials& study) {
  StudyDefinition definition = test::study_by_confidence(static_cast<int>(study.images));
  definition.pipeline = pipeline_text(study.pipeline);
  definition.search = study.search;
  return audit_files(definition, study.trials);
}

void expect_same_files(const std::vector<AuditFile>& a, const std::vector<AuditFile>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name);
    EXPECT_EQ(a[i].text, b[i].text) << a[i].name;
  }
}

TEST(AuditStudy, AnExportComesBackEqual) {
  Pipeline few = load_pipeline("standard");
  for (const char* name : {"line_h_size", "line_v_size", "noise_threshold"}) few.fix(name, 50);
  few.fix("dilate_iter", 3);
  few.free("norm_kernel", Range{.low = 41, .high = 99});
  for (const Pipeline& pipeline : {load_pipeline("standard"), load_pipeline("blur_clahe"), few}) {
    const TempFolder folder;
    const StudyDefinition definition = run_definition(pipeline);
    const std::vector<AuditFile> files = audit_files(definition, screened(definition, 5));
    const AuditStudyTrials study = read_back(folder, files);
    EXPECT_EQ(study.preset, pipeline.name());
    EXPECT_EQ(study.images, kPages);
    EXPECT_TRUE(study.has_page_scores);
    EXPECT_TRUE(study.notes.empty());
    EXPECT_EQ(study.search.sampler, kDesign);
    EXPECT_EQ(study.search.planned, 8U);
    EXPECT_EQ(study.pipeline.space().dimensions(), pipeline.space().dimensions());
    EXPECT_EQ(study.trials.size(), 6U);
    expect_same_files(exported(study), files);
  }
}

TEST(AuditStudy, AnOptimizationKeepsItsSampler) {
  const TempFolder folder;
  StudyDefinition definition = run_definition(load_pipeline("standard"));
  definition.search.sampler = "lbfgs";
  const std::vector<AuditFile> files = audit_files(definition, screened(definition, 4));
  const AuditStudyTrials study = read_back(folder, files);
  EXPECT_EQ(study.search.sampler, "lbfgs");
  expect_same_files(exported(study), files);
}

TEST(AuditStudy, WithoutALogEachPageHasTheMeans) {
  const TempFolder folder;
  const StudyDefinition definition = run_definition(load_pipeline("standard"));
  std::vector<AuditFile> files = audit_files(definition, screened(definition, 5));
  files.pop_back();
  const AuditStudyTrials study = read_back(folder, files);
  EXPECT_FALSE(study.has_page_scores);
  EXPECT_EQ(study.images, kPages);
  for (std::size_t page = 0; page < kPages; ++page)
    EXPECT_EQ(study.trials[2].pages[page].scores, study.trials[2].pages[0].scores);
  std::vector<AuditFile> again = exported(study);
  again.pop_back();
  expect_same_files(again, files);
}

/// A screening as the newest version of the Python program writes it, with numbers of NumPy.
constexpr const char* kNewest =
    "point_id;score_tesseract_delta;score_tesseract;score_nettete;score_cnr;line_h_size;"
    "norm_kernel;denoise_h\r\n"
    "1;3.5;43.5;17725.7;2.25;67;185;10.817760577425361\r\n"
    "2;-1.25;38.75;17448.4;2.5;30;91;11.4\r\n";
constexpr const char* kNewestConfiguration =
    "Category;Key;Value_Min_or_Fixed;Value_Max\r\n"
    "Info;Pipeline Mode;standard;\r\nInfo;Algorithm;Sobol Screening;\r\nInfo;N Points;4;\r\n"
    "Info;Timestamp;20251204_214825;\r\n"
    "Range;line_h;30.0;70.0\r\nRange;norm_kernel;40.0;100.5\r\nRange;denoise_h;2.0;20.0\r\n"
    "Fixed;dilate_iter;2;\r\nFixed;line_v;50.0;\r\nFixed;noise_threshold;100.0;\r\n"
    "Fixed;bin_block;61.0;\r\nFixed;bin_c;15.0;\r\n"
    "Baseline;Mean Score;40.00;\r\nBaseline;Min Score;35.50;\r\nBaseline;Max Score;44.50;\r\n"
    "Baseline;N Images;2;\r\n";

TEST(AuditStudy, TakesRangesAndFixedValuesFromTheConfiguration) {
  const TempFolder folder;
  const auto file = folder.write("screening_sobol_standard_4pts_20251204_214825.csv", kNewest);
  folder.write("screening_sobol_standard_4pts_20251204_214825_config.csv", kNewestConfiguration);
  // Its log was begun a second later, and has rows of one point.
  folder.write("timing_log_20251204_214826.csv",
               "timestamp;point_id;image_id;temps_total_ms;temps_cuda_ms;temps_tesseract_ms;"
               "temps_sharpness_ms;temps_contrast_ms;score_tesseract;score_sharpness;"
               "score_contrast\r\n"
               "2025-12-04 21:48:27.500;2;0;300.5;100.5;190;10;0;40.0;17000.0;2.0\r\n"
               "2025-12-04 21:48:27.500;2;1;300.5;100.5;190;10;0;37.5;17896.8;3.0\r\n");
  const AuditStudyTrials study = read_audit_study(file, {});
  EXPECT_TRUE(study.notes.empty());
  const Space space = study.pipeline.space();
  ASSERT_EQ(space.size(), 3U);
  EXPECT_EQ(space.dimensions()[0].low, 30);
  EXPECT_EQ(space.dimensions()[0].high, 70);
  EXPECT_EQ(space.dimensions()[1].low, 81);
  EXPECT_EQ(space.dimensions()[1].high, 201);
  EXPECT_TRUE(contains(pipeline_text(study.pipeline), "block = { value = 61, as"));
  ASSERT_EQ(study.trials.size(), 3U);
  EXPECT_EQ(study.trials[0].mean(Score::confidence), 40);
  EXPECT_NEAR(study.trials[0].pages[0].scores.value(Score::confidence), 35.5, 1e-9);
  EXPECT_NEAR(study.trials[0].pages[1].scores.value(Score::confidence), 44.5, 1e-9);
  EXPECT_EQ(study.trials[0].started_us, local_time_us("20251204_214825"));
  EXPECT_EQ(study.trials[1].pages[0].scores, study.trials[1].pages[1].scores);
  const Trial& logged = study.trials[2];
  EXPECT_EQ(logged.pages[0].scores.value(Score::confidence), 40);
  EXPECT_EQ(logged.pages[1].scores.value(Score::confidence), 37.5);
  // The newest version has the CNR in the column of the contrast.
  EXPECT_EQ(logged.pages[1].scores.value(Score::cnr), 3);
  EXPECT_EQ(logged.pages[1].scores.find(Score::contrast), std::nullopt);
  EXPECT_EQ(logged.pages[0].timings.preprocess_ms, 100.5);
}

TEST(AuditStudy, TakesFilesOfEarlierVersions) {
  const TempFolder folder;
  const std::string rows =
      "tesseract_delta;tesseract;nettete;contraste;line_h;norm_kernel\n"
      "1.5;41.5;100;60;30.9;40\n-2;38;90;61;70;100\n";
  const auto file = folder.write("screening_sobol_5_20251101_101500.csv", rows);
  const AuditStudyTrials study = read_audit_study(file, {});
  EXPECT_EQ(study.search.sampler, kDesign);
  EXPECT_EQ(study.images, 1U);
  EXPECT_FALSE(study.states_images);
  EXPECT_EQ(study.trials[2].number, 2U);
  EXPECT_EQ(study.trials[2].point.find("norm_kernel"), 201);
  EXPECT_EQ(study.trials[1].point.find("line_h_size"), 30);
  EXPECT_EQ(study.trials[1].mean(Score::contrast), 60);
  EXPECT_EQ(study.trials[0].mean(Score::confidence), 40);
  EXPECT_EQ(read_audit_study(file, {.images = 5}).trials[1].pages.size(), 5U);
}

TEST(AuditStudy, TakesOptimizationsOfEarlierVersions) {
  for (const auto& [name, sampler] :
       {std::pair("resultats_metrics_L-BFGS-B_20251103_101500.csv", "lbfgs"),
        std::pair("resultats_metrics_TPE (Bayésien)_20251103_101500.csv", "tpe"),
        std::pair("resultats_metrics_NSGA-II (Génétique)_20251103_101500.csv", "nsga2"),
        std::pair("resultats_metrics_Sobol (Quasi-Monte Carlo)_1.csv", "sobol"),
        std::pair("renamed.csv", "tpe")}) {
    const TempFolder folder;
    const auto file =
        folder.write(name,
                     "trial_id;score_tesseract_delta;score_tesseract;score_nettete;score_contraste;"
                     "norm_kernel_base;bin_c\n0;1.5;41.5;100;60;40;11\n3;2;42;90;61;60;12.5\n");
    const AuditStudyTrials study = read_audit_study(file, {});
    EXPECT_EQ(study.search.sampler, sampler) << name;
    EXPECT_EQ(study.trials[1].number, 1U);
    EXPECT_EQ(study.trials[2].number, 4U);
    EXPECT_EQ(study.trials[2].point.find("norm_kernel"), 121);
  }
}

TEST(AuditStudy, PointsOutsideTheRangesExtendThem) {
  const TempFolder folder;
  const auto file =
      folder.write("r.csv", "point_id;score_tesseract_delta;score_tesseract;bin_c\n1;1;41;30\n");
  const AuditStudyTrials study = read_audit_study(file, {});
  ASSERT_EQ(study.notes.size(), 1U);
  EXPECT_TRUE(contains(study.notes[0], "the range of `bin_c` is extended to its points, 10 to 30"));
  EXPECT_EQ(study.pipeline.space().dimensions()[0].high, 30);
}

TEST(AuditStudy, ALogOfAnotherRunIsLeftOut) {
  const TempFolder folder;
  const auto file = folder.write("a_20251204_214825.csv", kNewest);
  const auto log = folder.write(
      "log.csv",
      "timestamp;point_id;image_id;temps_total_ms;temps_cuda_ms;temps_tesseract_ms;"
      "temps_sharpness_ms;temps_contrast_ms;score_tesseract;score_sharpness;score_contrast\n"
      "2025-12-04 21:48:27.500;2;0;300.5;100.5;190;10;0;77.0;17000.0;2.0\n");
  const AuditStudyTrials other = read_audit_study(file, {.times = log});
  EXPECT_FALSE(other.has_page_scores);
  ASSERT_EQ(other.notes.size(), 1U);
  EXPECT_TRUE(contains(other.notes[0], "has other scores than the results"));
  folder.write("a_20251204_214825_config.csv", kNewestConfiguration);
  const AuditStudyTrials fewer = read_audit_study(file, {.times = log});
  ASSERT_EQ(fewer.notes.size(), 1U);
  EXPECT_TRUE(contains(fewer.notes[0], "has times of 1 page, the run 2; they are left out"));
}

TEST(AuditStudy, OfMorePagesThanMemoryMayHoldIsRefused) {
  const TempFolder folder;
  std::string rows = "point_id;score_tesseract_delta;score_tesseract;bin_c\n";
  for (int point = 1; point <= 20; ++point) rows += fmt::format("{};1;41;12\n", point);
  const auto file = folder.write("r.csv", rows);
  folder.write("r_config.csv", "Baseline;N Images;100000;\n");
  const std::string message =
      test::error_of(Errc::input_unreadable, [&] { (void)read_audit_study(file, {}); });
  EXPECT_TRUE(message.ends_with(
      "r.csv: has 20 points on 100000 pages; at most 2000000 page results can be imported"))
      << message;
}

TEST(AuditStudy, RefusesWhatIsNoRun) {
  const auto refusal = [](const std::string& text, const AuditStudyOptions& options = {},
                          const std::string& configuration = "") {
    const TempFolder folder;
    const auto file = folder.write("r.csv", text);
    if (!configuration.empty()) folder.write("r_config.csv", configuration);
    const std::string message =
        test::error_of(Errc::input_unreadable, [&] { (void)read_audit_study(file, options); });
    return message.substr(message.find("/r") + 1);
  };
  const std::string begin = "point_id;score_tesseract_delta;score_tesseract;bin_c\n1;1;41;12\n";
  EXPECT_EQ(refusal("bin_c\n12\n"),
            "r.csv: has no scores of the original pages: neither a column "
            "`score_tesseract_delta` nor a configuration beside it; import its points with "
            "--output");
  EXPECT_EQ(refusal(begin + "1;1;41;13\n"),
            "r.csv: line 3: a point of that number is there already");
  EXPECT_EQ(refusal(begin + "0;1;41;13\n"), "r.csv: line 3: has no valid number of a point");
  EXPECT_EQ(refusal(begin + "1.5;1;41;13\n"), "r.csv: line 3: has no valid number of a point");
  EXPECT_EQ(refusal(begin + "2;;;13\n"), "r.csv: line 3: has no confidence, which a study needs");
  EXPECT_EQ(
      refusal(begin + "2;1;1e300;13\n"),
      "r.csv: line 3: `score_tesseract`: 1e+300 is not a score from -1000000000 to 1000000000");
  EXPECT_EQ(refusal(begin, {}, "Baseline;Min Score;-1e300;\n"),
            "r_config.csv: `Min Score`: -1e+300 is not a score from -1000000000 to 1000000000");
  EXPECT_EQ(refusal(begin, {}, "Range;bin_c;x;3\n"),
            "r_config.csv: line 1: column `bin_c`: `x` is not a number");
  EXPECT_EQ(refusal(begin, {}, "Range;clahe_tile;4;16\n"),
            "r_config.csv: `clahe_tile` is not a parameter of `standard`");
  EXPECT_EQ(refusal(begin, {}, "Baseline;N Images;-2;\n"),
            "r_config.csv: line 1: `N Images`: `-2` is not a whole number from 0 to 100000");
  EXPECT_TRUE(
      contains(refusal(begin, {}, "Range;line_h;30;70\n"), "has no value of `line_h_size`"));
  EXPECT_TRUE(contains(refusal(begin, {}, "Range;bin_c;-1e9;20\n"), "bin_c"));
}

}  // namespace
}  // namespace ocrtune
