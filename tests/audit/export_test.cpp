#include "ocrtune/audit/export.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/time_zone.h"

namespace ocrtune {
namespace {

constexpr std::int64_t kBegin = 1'764'884'905'123'456;  // 2025-12-04 21:48:25.123456

class AuditExport : public test::EastOfUtc {};

StudyDefinition definition_of(const Pipeline& pipeline) {
  StudyDefinition definition = test::study_by_confidence(2);
  definition.pipeline = pipeline_text(pipeline);
  return definition;
}

Trial trial_at(std::size_t number, const Point& point, double confidence) {
  Trial trial{.number = number, .point = point, .pages = {}};
  trial.started_us = kBegin + static_cast<std::int64_t>(number) * 1'000'000;
  for (const double page : {-1.0, 1.0}) {
    PageResult result{.scores = {{Score::confidence, confidence + page},
                                 {Score::sharpness, 1000.123},
                                 {Score::contrast, 61.375},
                                 {Score::cnr, 2.5}},
                      .timings = {},
                      .failure = {}};
    result.timings = {
        .started_us = trial.started_us,
        .total_ms = 894.768,
        .preprocess_ms = 179.5,
        .ocr_ms = 709.21,
        .steps = {{"sharpness", 4.3, false}, {"contrast", 0, false}, {"cnr", 1.04, false}}};
    trial.pages.push_back(result);
  }
  return trial;
}

Pipeline two_free() {
  Pipeline pipeline = load_pipeline("standard");
  pipeline.fix("line_h_size", 45);
  pipeline.fix("line_v_size", 50);
  pipeline.fix("noise_threshold", 100);
  pipeline.fix("bin_block_size", 121);
  pipeline.fix("bin_c", 15.5);
  return pipeline;
}

std::vector<Trial> two_trials() {
  return {trial_at(0, {}, 40), trial_at(1, {{{"norm_kernel", 151}, {"denoise_h", 9}}}, 43.5)};
}

TEST_F(AuditExport, HasTheDesignsNamesAndNumbers) {
  const auto files = audit_files(definition_of(two_free()), two_trials());
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].name, "screening_sobol_standard_1pts_20251204_224825.csv");
  EXPECT_EQ(files[0].text,
            "point_id;score_tesseract_delta;score_tesseract;score_nettete;score_cnr;norm_kernel;"
            "denoise_h\n"
            "1;3.5;43.5;1000.123;2.5;151;9.0\n");
  EXPECT_EQ(files[1].name, "screening_sobol_standard_1pts_20251204_224825_config.csv");
  EXPECT_EQ(files[1].text,
            "Category;Key;Value_Min_or_Fixed;Value_Max\n"
            "Info;Pipeline Mode;standard;\n"
            "Info;Algorithm;Sobol Screening;\n"
            "Info;N Points;1;\n"
            "Info;Timestamp;20251204_224825;\n"
            "Range;norm_kernel;40.0;100.0\n"
            "Range;denoise_h;2.0;20.0\n"
            "Fixed;dilate_iter;2;\n"
            "Fixed;line_h;45.0;\n"
            "Fixed;line_v;50.0;\n"
            "Fixed;noise_threshold;100.0;\n"
            "Fixed;bin_block;121.0;\n"
            "Fixed;bin_c;15.5;\n"
            "Baseline;Mean Score;40.00;\n"
            "Baseline;Min Score;39.00;\n"
            "Baseline;Max Score;41.00;\n"
            "Baseline;N Images;2;\n");
  EXPECT_EQ(files[2].name, "timing_log_20251204_224825.csv");
  EXPECT_EQ(files[2].text,
            "timestamp;point_id;image_id;temps_total_ms;temps_cuda_ms;temps_tesseract_ms;"
            "temps_sharpness_ms;temps_contrast_ms;score_tesseract;score_sharpness;score_contrast\n"
            "2025-12-04 22:48:26.123;1;0;894.77;179.5;709.21;5.34;0.0;42.5;1000.12;61.38\n"
            "2025-12-04 22:48:26.123;1;1;894.77;179.5;709.21;5.34;0.0;44.5;1000.12;61.38\n");
}

TEST_F(AuditExport, SearchesSayTheirSampler) {
  StudyDefinition definition = definition_of(load_pipeline("blur_clahe"));
  definition.search.sampler = "tpe";
  const auto files = audit_files(definition, {});
  EXPECT_EQ(files[0].name, "optimization_tpe_blur_clahe_0pts_19700101_010000.csv");
  const auto rows = parse_csv(files[1].text, "t");
  EXPECT_EQ(rows.at(2), (CsvRow{"Info", "Algorithm", "tpe", ""}));
  EXPECT_EQ(rows.at(8), (CsvRow{"Range", "bg_dilate", "1.0", "15.0"}));
  EXPECT_EQ(rows.back(), (CsvRow{"Baseline", "Stats", "N/A", ""}));
}

TEST_F(AuditExport, RefusesWhatTheDesignHasNoNameFor) {
  const auto refusal = [](const Pipeline& pipeline) {
    return test::error_of(Errc::invalid_argument,
                          [&] { (void)audit_files(definition_of(pipeline), {}); });
  };
  EXPECT_EQ(refusal(load_pipeline("auto")),
            "pipeline `auto`: isn't one of the Python design; available: standard, blur_clahe");
  Pipeline optional = load_pipeline("standard");
  optional.free("use_denoise_nlm", {});
  EXPECT_TRUE(test::contains(refusal(optional), "isn't one of the Python design"));
  Pipeline off = load_pipeline("standard");
  off.fix("use_denoise_nlm", 0);
  EXPECT_TRUE(test::contains(refusal(off), "isn't one of the Python design"));
  Pipeline more = load_pipeline("blur_clahe");
  more.free("noise_threshold", {});
  EXPECT_TRUE(test::contains(refusal(more), "the free parameter `noise_threshold`: the Python"));
  Pipeline ocr = load_pipeline("standard");
  ocr.free("ocr.thresholding", {});
  EXPECT_TRUE(test::contains(refusal(ocr), "the free parameter `thresholding`"));
}

TEST_F(AuditExport, SaysWhetherTheDesignHasSuchAStudy) {
  EXPECT_TRUE(has_audit_files(definition_of(two_free())));
  EXPECT_FALSE(has_audit_files(definition_of(load_pipeline("auto"))));
}

TEST_F(AuditExport, NumbersReadBackExactly) {
  const StudyDefinition definition = definition_of(load_pipeline("standard"));
  Random random(7);
  std::vector<Trial> trials;
  for (std::size_t number = 0; number < 20; ++number) {
    trials.push_back(test::random_trial(definition, number, random));
    for (PageResult& page : trials.back().pages) {
      for (const Score score : {Score::confidence, Score::sharpness, Score::cnr})
        page.scores.set(score, random.uniform(0, 1e6));
    }
  }
  const auto rows = parse_csv(audit_files(definition, trials)[0].text, "t");
  ASSERT_EQ(rows.size(), 20U);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const MeanScores means = trials[i].means();
    const std::vector<double> expected{means.value(Score::confidence),
                                       means.value(Score::sharpness), means.value(Score::cnr)};
    for (std::size_t k = 0; k < expected.size(); ++k)
      EXPECT_EQ(std::stod(rows[i].at(2 + k)), expected[k]);
    for (std::size_t k = 0; k < trials[i].point.values.size(); ++k)
      EXPECT_EQ(std::stod(rows[i].at(5 + k)), trials[i].point.values[k].second);
  }
}

TEST_F(AuditExport, AnInterruptedScreeningHasItsPlannedPoints) {
  StudyDefinition definition = definition_of(two_free());
  definition.search.planned = 32;
  auto files = audit_files(definition, two_trials());
  EXPECT_EQ(files[0].name, "screening_sobol_standard_32pts_20251204_224825.csv");
  EXPECT_TRUE(test::contains(files[1].text, "Info;N Points;32;\n"));
  definition.search.planned = 1;
  std::vector<Trial> more = two_trials();
  more.push_back(trial_at(2, more.back().point, 44));
  EXPECT_TRUE(test::contains(audit_files(definition, more)[0].name, "_2pts_"));
  definition.search.sampler = "tpe";
  definition.search.planned = 32;
  EXPECT_TRUE(test::contains(audit_files(definition, more)[0].name, "_tpe_standard_2pts_"));
}

TEST_F(AuditExport, WritesFilesThatAreWhole) {
  const test::TempFolder folder;
  const auto study = create_study(folder.path() / "s.db", definition_of(two_free()));
  for (const Trial& trial : two_trials()) study->append(trial);
  const auto names = export_audit(*study, folder.path() / "csv");
  const auto files = audit_files(study->definition(), two_trials());
  ASSERT_EQ(names.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(names[i], files[i].name);
    EXPECT_EQ(read_text(folder.path() / "csv" / names[i], 100'000), files[i].text);
  }
}

}  // namespace
}  // namespace ocrtune
