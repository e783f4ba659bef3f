#include "ocrtune/report/csv_export.h"

#include <gtest/gtest.h>

#include "ocrtune/analysis/step_table.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::study_definition;

std::vector<Trial> three_trials(const StudyDefinition& definition) {
  Random random(1);
  std::vector<Trial> trials;
  for (const std::size_t number : {0U, 1U, 2U}) {
    trials.push_back(test::random_trial(definition, number, random));
  }
  trials[0].point = {};
  trials[1].point = {{{"line_h_size", 31}, {"norm_kernel", 99}, {"use_denoise_nlm", 0}}};
  trials[0].pages[0].scores.set(Score::confidence, 80);
  trials[1].pages[0].scores.set(Score::confidence, 85.5);
  trials[1].pages[0].timings.started_us = 1'700'000'000'000'042;
  return trials;
}

/// The text of a file of trials, from its columns.
std::string text_of(const std::unique_ptr<CsvOfTrials>& csv, const std::vector<Trial>& trials) {
  std::string text = csv->header();
  for (const Trial& trial : trials) text += csv->rows(trial);
  return text;
}

/// Rows of a text, which must all have as many fields as the first.
std::vector<CsvRow> rows_of(const std::string& text) {
  auto rows = parse_csv(text, "t");
  for (const CsvRow& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  EXPECT_TRUE(text.ends_with('\n'));
  return rows;
}

std::string header_of(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(CsvExport, TrialsHaveScoresThenParameters) {
  const StudyDefinition definition = study_definition(2);
  const std::string text = text_of(csv_of_means(definition), three_trials(definition));
  EXPECT_TRUE(header_of(text).starts_with(
      "trial;score_tesseract_delta;score_tesseract;score_sharpness;score_contrast;"
      "score_cnr;line_h_size;line_v_size;norm_kernel;use_denoise_nlm;denoise_h;"
      "noise_threshold;bin_block_size;bin_c;score_cer;score_wer;score_bow;"
      "score_char_confidence;score_legible;score_net_legible;"
      "score_quality;score_reference_quality;score_lexicon;score_garbage;score_agreement;"
      "score_coverage;score_words"))
      << text;
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1][0], "0");
  EXPECT_EQ(rows[1][1], "0");
  EXPECT_EQ(rows[1][6], "");
  EXPECT_EQ(rows[2][6], "31");
  EXPECT_EQ(rows[2][8], "99");
  EXPECT_EQ(rows[2][9], "false");
  EXPECT_EQ(rows[2][10], "");
}

TEST(CsvExport, WithoutTruthThereAreNoErrorRates) {
  StudyDefinition definition = study_definition(2);
  for (PageRecord& page : definition.pages) page.truth.clear();
  EXPECT_TRUE(test::contains(csv_of_means(definition)->header(),
                             ";bin_c;score_char_confidence;score_legible;score_net_legible;"
                             "score_quality;score_reference_quality;score_lexicon;score_garbage;"
                             "score_agreement;score_coverage;score_words"));
}

TEST(CsvExport, PagesHaveOneRowAPageAndTheLabels) {
  const StudyDefinition definition = study_definition(2);
  const std::string text = text_of(csv_of_pages(definition), three_trials(definition));
  EXPECT_TRUE(text.starts_with(
      "trial;page;score_tesseract_delta;score_tesseract;score_sharpness;score_cnr;"
      "score_contrast;score_cer;score_wer;score_bow;score_char_confidence;score_legible;"
      "score_net_legible;score_quality;score_reference_quality;score_lexicon;score_garbage;"
      "score_agreement;score_coverage;score_words;"));
  EXPECT_TRUE(test::contains(text, ";failure;year;\"a;b\n\"\n"));
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 7U);
  EXPECT_EQ(rows[3][0], "1");
  EXPECT_EQ(rows[3][1], definition.pages[0].name);
  EXPECT_EQ(rows[3][2], "5.5");
  EXPECT_EQ(rows[3][3], "85.5");
  EXPECT_EQ(rows[3].at(rows[3].size() - 2), "1900");
  EXPECT_EQ(rows[3].back(), "\"x\"");
}

TEST(CsvExport, PagesHaveWhatStagesMeasured) {
  const StudyDefinition definition = study_definition(1);
  std::vector<Trial> trials = three_trials(definition);
  trials[1].pages[0].timings.steps = {{"denoise_nlm", 3, false, 640.25}};
  trials[1].point.values = {{"use_denoise_nlm", 1}, {"noise_threshold", 30}};
  trials[2].point.values = {{"use_denoise_nlm", 0}};
  const auto rows = rows_of(text_of(csv_of_pages(definition), trials));
  const auto noise = std::ranges::find(rows[0], "denoise_nlm.noise") - rows[0].begin();
  EXPECT_EQ(rows[0].at(noise + 1), "denoise_nlm.search");
  EXPECT_EQ(rows[1].at(noise), "");
  EXPECT_EQ(rows[2].at(noise), "640.25");
  EXPECT_EQ(rows[2].at(noise + 1), "21");
  EXPECT_EQ(rows[3].at(noise), "");
}

TEST(CsvExport, ScoresBeginWithThePeersColumnsAndLeaveTheBaselineOut) {
  const StudyDefinition definition = study_definition(2);
  const std::string text = scores_csv(definition, three_trials(definition));
  EXPECT_TRUE(text.starts_with(
      "trial;page;score_tesseract_delta;score_tesseract;score_sharpness;score_cnr;"));
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[1][0], "1");
}

TEST(CsvExport, WithoutABaselineThereAreNoDifferences) {
  const StudyDefinition definition = study_definition(2);
  std::vector<Trial> trials = three_trials(definition);
  trials.erase(trials.begin());
  EXPECT_EQ(rows_of(text_of(csv_of_means(definition), trials))[1][1], "");
  EXPECT_EQ(rows_of(scores_csv(definition, trials))[1][2], "");
}

std::vector<Trial> with_steps(const Storage& study) {
  std::vector<Trial> trials;
  study.each_trial([&](Trial&& trial) { trials.push_back(std::move(trial)); }, TrialSteps::read);
  return trials;
}

TEST(CsvExport, TimingsAreInUtc) {
  const StudyDefinition definition = study_definition(2);
  const std::string text = text_of(csv_of_timings(definition), three_trials(definition));
  EXPECT_EQ(header_of(text),
            "timestamp;trial;image_id;total_ms;preprocess_ms;ocr_ms;sharpness_ms;contrast_ms;"
            "cnr_ms;score_tesseract;score_sharpness;score_contrast;score_cnr;wait_ms;load_ms;"
            "errors_ms;remove_lines_ms;normalize_division_ms;denoise_nlm_ms;binarize_adaptive_ms;"
            "cached");
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 7U);
  EXPECT_EQ(rows[3][0], "2023-11-14T22:13:20.000042Z");
  EXPECT_EQ(rows[3][2], definition.pages[0].name);
  for (std::size_t column = 13; column < 21; ++column) EXPECT_EQ(rows[3][column], "");
}

TEST(CsvExport, TimingsHaveTheStepsAtTheEnd) {
  const test::TempFolder folder;
  const StudyDefinition definition = study_definition(2);
  const auto study = create_study(folder.path() / "s.db", definition);
  std::vector<Trial> trials = three_trials(definition);
  for (PageResult& page : trials[1].pages) page.timings.steps = {{"wait", 1, false}};
  trials[1].pages[1].timings.steps = {
      {"wait", 1.5, false},       {"load", 0, true},     {"normalize_division", 20.25, false},
      {"denoise_nlm", 0.5, true}, {"contrast", 9, true}, {"read", 100, false},
      {"errors", 3, false},       {"surprise", 7, false}};
  for (const Trial& trial : trials) study->append(trial);
  const auto rows = rows_of(text_of(csv_of_timings(definition), with_steps(*study)));
  const CsvRow steps(rows[4].begin() + 13, rows[4].end());
  EXPECT_EQ(steps, (CsvRow{"1.5", "0", "3", "", "20.25", "0.5", "", "load denoise_nlm contrast"}));
  EXPECT_EQ(CsvRow(rows[3].begin() + 13, rows[3].end()), (CsvRow{"1", "", "", "", "", "", "", ""}));
  EXPECT_EQ(CsvRow(rows[5].begin() + 13, rows[5].end()), CsvRow(8));
  export_study(*study, folder.path());
  EXPECT_EQ(read_text(folder.path() / "timings.csv", 100'000),
            text_of(csv_of_timings(definition), with_steps(*study)));
}

TEST(CsvExport, ConfigurationSaysHowPagesAreRead) {
  StudyDefinition definition = study_definition(1);
  definition.pipeline =
      "[ocr]\nthresholding = \"sauvola\"\nsauvola_k = { low = 0.1, high = 0.4 }\n"
      "dpi = { value = 300, optional = true }\n";
  const auto rows = rows_of(configuration_csv(definition));
  const auto has = [&](const CsvRow& row) { return std::ranges::find(rows, row) != rows.end(); };
  EXPECT_TRUE(has({"parameter", "thresholding", "sauvola", ""}));
  EXPECT_TRUE(has({"parameter", "sauvola_k", "0.1", "0.4"}));
  EXPECT_TRUE(has({"parameter", "use_dpi", "false", "true"}));
  EXPECT_TRUE(has({"parameter", "dpi", "300", ""}));
  EXPECT_EQ(stage_step_names(definition), std::vector<std::string>{"x_height"});
}

TEST(CsvExport, ConfigurationHasRangesAndFixedValues) {
  const auto rows = rows_of(configuration_csv(study_definition(3)));
  EXPECT_EQ(rows[0], (CsvRow{"category", "key", "value_min_or_fixed", "value_max"}));
  const auto has = [&](const CsvRow& row) { return std::ranges::find(rows, row) != rows.end(); };
  EXPECT_TRUE(has({"pipeline", "name", "standard", ""}));
  EXPECT_TRUE(has({"parameter", "line_h_size", "30", "70"}));
  EXPECT_TRUE(has({"parameter", "dilate_iter", "2", ""}));
  EXPECT_TRUE(has({"parameter", "use_denoise_nlm", "false", "true"}));
  EXPECT_TRUE(has({"parameter", "use_remove_lines", "true", ""}));
  EXPECT_TRUE(has({"study", "objective", "cer", ""}));
  EXPECT_TRUE(has({"study", "seed", "18364758544493064720", ""}));
  EXPECT_TRUE(has({"study", "psm", "4", ""}));
  EXPECT_TRUE(has({"study", "ocr_max_width", "1500", ""}));
  EXPECT_TRUE(has({"study", "pages", "3", ""}));
}

TEST(CsvExport, WritesAllFilesWhole) {
  const test::TempFolder folder;
  const StudyDefinition definition = study_definition(2);
  const auto study = create_study(folder.path() / "s.db", definition);
  for (const Trial& trial : three_trials(definition)) study->append(trial);
  const auto out = folder.path() / "a" / "b";
  export_study(*study, out);
  export_study(*study, out);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{"configuration.csv", "pages.csv", "pareto.csv",
                                             "pruned.csv", "timings.csv", "trials.csv"}));
  EXPECT_EQ(read_text(out / "trials.csv", 100'000),
            text_of(csv_of_means(definition), study->trials()));
}

}  // namespace
}  // namespace ocrtune
