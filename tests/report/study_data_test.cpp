// What a report and the server are given of a study, field by field.
#include "ocrtune/report/study_data.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/base/files.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/trial_columns.h"
#include "ocrtune/search/samplers/sobol.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/verdicts.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using nlohmann::json;
using test::random_trial;
using test::TempFolder;

json schema(const std::string& name) {
  return json::parse(read_text(
      fs::path(OCRTUNE_SOURCE_DIR) / "docs/reference/json" / (name + ".schema.json"), 1'000'000));
}

std::set<std::string> fields_of(const json& object) {
  std::set<std::string> fields;
  for (const auto& [name, value] : object.items()) fields.insert(name);
  return fields;
}

void expect_all(const json& stated, const json& object) {
  EXPECT_EQ(fields_of(object), fields_of(stated.at("properties"))) << object.dump();
}

StudyDefinition by(Score objective, int pages) {
  StudyDefinition definition = test::study_definition(pages);
  definition.objective = objective;
  return definition;
}

/// Read from a study's file, as commands do.
json data_of(const fs::path& file) {
  return json::parse(study_data_text(*view_study(file), "s.db"));
}

/// A study of six trials and two pruned ones with pages held out, read as `definition` says.
fs::path make_study(const TempFolder& folder, StudyDefinition definition) {
  const fs::path file = folder.path() / "s.db";
  fs::remove(file);
  Random random(4);
  definition.held_out = {definition.pages.front()};
  const auto study = create_study(file, definition);
  for (std::size_t number = 0; number < 6; ++number) {
    Trial trial = random_trial(definition, number, random);
    for (PageResult& page : trial.pages) page.failure.clear();
    if (number == 2) trial.pages.front().failure = "memory ran out";
    trial.started_us = 1'700'000'000'000'000 + static_cast<std::int64_t>(number) * 1'500'000;
    trial.finished_us = trial.started_us + 1'000'400;
    if (number == 0) trial.point = {};
    test::add_steps(trial, random);
    study->append(trial);
    study->validate(number, {trial.pages.front().scores});
  }
  for (const std::size_t number : {6U, 7U}) {
    const Trial whole = random_trial(definition, number, random);
    study->append(PrunedTrial{.number = number,
                              .point = whole.point,
                              .pages = {2, 0},
                              .results = {whole.pages[2], whole.pages[0]},
                              .started_us = 1,
                              .finished_us = 2});
  }
  return file;
}

double rounded(double value, int digits) {
  return std::stod(fmt::format("{:.{}g}", value, digits));
}

TEST(StudyData, HasWhatTheSchemaStates) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 3);
  definition.search.more_objectives = {Score::time};
  const json data = data_of(make_study(folder, definition));
  const json stated = schema("study-data");
  const json parts = stated["$defs"];
  const json common = schema("common")["$defs"];
  expect_all(stated, data);
  expect_all(parts["study_info"], data["study"]);
  expect_all(parts["score"], data["objectives"][0]);
  expect_all(parts["free_parameter"], data["parameters"][0]);
  expect_all(parts["page_info"], data["pages"][0]);
  expect_all(parts["page_info"], data["held_out"][0]);
  expect_all(parts["trials"], data["trials"]);
  expect_all(parts["pruned"], data["pruned"]);
  expect_all(common["summary"], data["summary"]);
  expect_all(common["interval"], data["summary"]["gain"]);
  expect_all(common["timings"], data["timings"]);
  expect_all(stated["properties"]["pipelines"], data["pipelines"]);
  EXPECT_EQ(data["verdict"], nullptr);
  EXPECT_EQ(data["pictures"], json::array());
  EXPECT_EQ(data["pictures_missing"], nullptr);
  EXPECT_EQ(data["importance"], nullptr);
}

TEST(StudyData, HasTheVerdictInEachLanguage) {
  const TempFolder folder;
  const fs::path file = make_study(folder, by(Score::confidence, 3));
  open_study(file)->keep_verdict(verdict_json(test::some_verdict(true)).dump());
  const json verdict = data_of(file)["verdict"];
  const json common = schema("common")["$defs"];
  json stated = common["verdict"];
  stated["properties"].update(schema("study-data")["$defs"]["told_verdict"]["properties"]);
  expect_all(stated, verdict);
  expect_all(common["recipe_point"], verdict["points"][0]);
  EXPECT_EQ(verdict["text"]["en"], verdict_text(test::some_verdict(true)));
  EXPECT_NE(verdict["text"]["fr"], verdict["text"]["en"]);
}

TEST(StudyData, StatesWhatTheStudyIs) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 3);
  definition.seed = 77;
  definition.search.constraints = {parse_constraint("words>=0.9x")};
  definition.search.first = {space_of(definition).initial()};
  const json study = data_of(make_study(folder, definition))["study"];
  EXPECT_EQ(study, (json{{"name", "s.db"},
                         {"program", "ocrtune test"},
                         {"engine", "tesseract"},
                         {"reference_engine", ""},
                         {"models", "eng=0123"},
                         {"lang", "eng+fra"},
                         {"psm", 4},
                         {"oem", 1},
                         {"seed", 77},
                         {"sampler", "design"},
                         {"pruner", "none"},
                         {"pipeline_name", "standard"},
                         {"first_points", 1},
                         {"constraints", {constraint_text(definition.search.constraints[0])}},
                         {"started_ms", 1'700'000'000'000},
                         {"finished_ms", 1'700'000'008'500}}));
}

TEST(StudyData, HasTheTrialsAsColumns) {
  const TempFolder folder;
  const StudyDefinition definition = by(Score::cer, 3);
  const fs::path file = make_study(folder, definition);
  const json data = data_of(file);
  const json& columns = data["trials"];
  const std::vector<Trial> trials = view_study(file)->trials();
  const Space space = space_of(definition);
  EXPECT_EQ(columns["number"], (json{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(columns["started"], (json{0, 1500, 3000, 4500, 6000, 7500}));
  EXPECT_EQ(columns["finished"][1], 2500);
  EXPECT_EQ(columns["failed_pages"], (json{0, 0, 1, 0, 0, 0}));
  ASSERT_EQ(columns["values"].size(), space.size());
  for (std::size_t i = 0; i < space.size(); ++i) {
    EXPECT_EQ(data["parameters"][i]["name"], space.dimensions()[i].name);
    EXPECT_EQ(columns["values"][i][0], nullptr);
    const auto value = trials[3].point.find(space.dimensions()[i].name);
    const json& shown = columns["values"][i][3];
    EXPECT_EQ(shown, value ? json(rounded(*value, 6)) : json());
  }
  for (const char* name : {"cer", "confidence", "words", "time", "quality", "reference_quality"}) {
    const auto mean = trials[4].means().find(score_named(name));
    EXPECT_DOUBLE_EQ(columns["scores"][name][4].get<double>(), rounded(*mean, 6)) << name;
  }
  // Only pages with truth have a value.
  ASSERT_EQ(columns["page_values"].size(), 3U);
  EXPECT_EQ(columns["page_values"][1], json(std::vector<json>(6)));
  EXPECT_DOUBLE_EQ(columns["page_values"][2][5].get<double>(),
                   rounded(*page_value(trials[5].pages[2], Score::cer), 4));
  EXPECT_EQ(data["pages"][0]["truth"], true);
  EXPECT_EQ(data["pages"][1]["truth"], false);
  EXPECT_EQ(data["pages"][2]["labels"]["year"], "1902");
  EXPECT_EQ(data["held_out"].size(), 1U);
}

TEST(StudyData, ShowsSomeOfManyTrialsAndTheResultsOfAll) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 3);
  definition.search.more_objectives = {Score::sharpness};
  const auto study = view_study(make_study(folder, definition));
  const json all = study_data(study_findings(*study), "s.db");
  const StudyFindings findings = study_findings(*study, 4);
  const json some = study_data(findings, "s.db");
  EXPECT_EQ(all["trials"]["number"].size(), 6U);
  EXPECT_EQ(all["trial_count"], 6);
  EXPECT_EQ(some["trial_count"], 6);
  EXPECT_LT(findings.trials.size(), 6U);
  EXPECT_EQ(findings.trials.front().number, 0U);
  EXPECT_EQ(some["pruned"]["number"], (json{6, 7}));
  EXPECT_EQ(study_data(study_findings(*study, 1), "s.db")["pruned"]["number"], json{6});
  EXPECT_EQ(some["pruned_count"], 2);
  for (const char* part : {"study", "summary", "pipelines", "importance"})
    EXPECT_EQ(some[part], all[part]) << part;
  for (const json& number : some["front"])
    EXPECT_NE(std::ranges::find(some["trials"]["number"], number), some["trials"]["number"].end());
  std::set<std::size_t> shown;
  for (const Trial& trial : findings.trials) shown.insert(trial.number);
  EXPECT_TRUE(shown.contains(findings.summary.best_number));
  EXPECT_TRUE(shown.contains(0));
  // The same columns, times after the same start.
  for (std::size_t i = 0; i < findings.trials.size(); ++i) {
    const std::size_t number = findings.trials[i].number;
    EXPECT_EQ(some["trials"]["started"][i], all["trials"]["started"][number]);
    EXPECT_EQ(some["trials"]["scores"]["confidence"][i],
              all["trials"]["scores"]["confidence"][number]);
  }
  EXPECT_EQ(some["timings"]["trials"], 6);
  EXPECT_EQ(some["timings"]["columns"], all["timings"]["columns"]);
  EXPECT_EQ(some["timings"]["slowest_pages"], all["timings"]["slowest_pages"]);
  EXPECT_EQ(some["timings"]["busy_s"], all["timings"]["busy_s"]);
}

TEST(StudyData, ListsTheScoresThatThereAre) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 2);
  for (PageRecord& page : definition.pages) page.truth.clear();
  const fs::path file = folder.path() / "s.db";
  Random random(1);
  const auto study = create_study(file, definition);
  for (const std::size_t number : {0U, 1U}) study->append(random_trial(definition, number, random));
  const json data = data_of(file);
  std::set<std::string> names;
  for (const json& score : data["scores"]) {
    EXPECT_FALSE(score["needs_truth"].get<bool>());
    names.insert(score["name"]);
    EXPECT_EQ(data["trials"]["scores"][score["name"].get<std::string>()].size(), 2U);
  }
  EXPECT_EQ(names.size(), data["trials"]["scores"].size());
  EXPECT_TRUE(names.contains("confidence"));
  EXPECT_FALSE(names.contains("cer"));
  EXPECT_EQ(data["objectives"][0]["unit"], "points");
  EXPECT_EQ(data["objectives"][0]["minimized"], false);
}

TEST(StudyData, ComparesPrunedTrialsWithTheBaselineOnTheirPages) {
  const TempFolder folder;
  const fs::path file = make_study(folder, by(Score::confidence, 3));
  const json pruned = data_of(file)["pruned"];
  const auto study = view_study(file);
  const PrunedTrial trial = study->pruned()[1];
  const Trial baseline = study->trials()[0];
  EXPECT_EQ(pruned["number"], (json{6, 7}));
  EXPECT_EQ(pruned["pages"], (json{2, 2}));
  EXPECT_DOUBLE_EQ(pruned["value"][1].get<double>(),
                   rounded(mean_scores(trial.results).value(Score::confidence), 6));
  EXPECT_DOUBLE_EQ(pruned["baseline"][1].get<double>(),
                   rounded((baseline.pages[0].scores.value(Score::confidence) +
                            baseline.pages[2].scores.value(Score::confidence)) /
                               2,
                           6));
}

TEST(StudyData, NamesTheFrontOfSeveralObjectives) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 3);
  EXPECT_EQ(data_of(make_study(folder, definition))["front"], json::array());
  definition.search.more_objectives = {Score::sharpness};
  const json data = data_of(make_study(folder, definition));
  ASSERT_FALSE(data["front"].empty());
  const json& confidence = data["trials"]["scores"]["confidence"];
  const auto best = std::ranges::max_element(confidence) - confidence.begin();
  EXPECT_EQ(data["front"][0], best);
  EXPECT_EQ(data["objectives"][1]["name"], "sharpness");
}

TEST(StudyData, DescribesParametersAndWhatTheyBelongTo) {
  const TempFolder folder;
  StudyDefinition definition = by(Score::confidence, 3);
  definition.pipeline = pipeline_text(parse_pipeline(
      "name = \"wide\"\n[[stage]]\none_of = [\"none\", \"clahe\"]\nas = \"contrast\"\n"
      "[stage.clahe]\nclip = { low = 1, high = 5, log = true }\n",
      "wide"));
  const json parameters = data_of(make_study(folder, definition))["parameters"];
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[0]["name"], "contrast");
  EXPECT_EQ(parameters[0]["type"], "category");
  EXPECT_EQ(parameters[0]["choices"], (json{"none", "clahe"}));
  EXPECT_EQ(parameters[0]["stage"], "contrast");
  EXPECT_EQ(parameters[1]["stage"], "clahe");
  EXPECT_EQ(parameters[1]["active_if"], "contrast");
  EXPECT_EQ(parameters[1]["active_values"], (json{1}));
  EXPECT_EQ(parameters[1]["log"], true);
  EXPECT_NE(parameters[1]["help"], "");
}

TEST(StudyData, SaysHowTheConfirmationStands) {
  const TempFolder folder;
  const json summary = data_of(make_study(folder, by(Score::confidence, 3)))["summary"];
  EXPECT_EQ(summary["confirmation"], "not needed");
}

TEST(StudyData, WithoutABaselineIsAnError) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  (void)create_study(file, by(Score::confidence, 2));
  EXPECT_TRUE(test::contains(test::error_of(Errc::study_error, [&] { (void)data_of(file); }),
                             "baseline of the study is not finished yet"));
}

TEST(StudyData, OfAScreeningHasItsImportance) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  const StudyDefinition definition = by(Score::confidence, 2);
  const Space space = space_of(definition);
  const std::vector<double> design = sobol_points(space.size(), 32, definition.seed);
  Random random(2);
  const auto study = create_study(file, definition);
  for (std::size_t number = 0; number <= 32; ++number) {
    Trial trial = random_trial(definition, number, random);
    trial.point =
        number == 0
            ? Point{}
            : space.at(std::span(design).subspan((number - 1) * space.size(), space.size()));
    study->append(trial);
  }
  const json importance = data_of(file)["importance"];
  expect_all(schema("common")["$defs"]["importance"], importance);
  EXPECT_EQ(importance["points"], 32);
  EXPECT_EQ(importance["parameters"].size(), space.size());
}

TEST(Significant, IsTheNearestDecimal) {
  EXPECT_EQ(significant(87.4349, 4), 87.43);
  EXPECT_EQ(significant(-0.000123456, 4), -0.0001235);
  EXPECT_EQ(significant(123456, 4), 123500);
  EXPECT_EQ(significant(9.99996, 4), 10);
  EXPECT_EQ(significant(0, 4), 0);
  EXPECT_TRUE(std::isinf(significant(INFINITY, 4)));
  EXPECT_EQ(significant(1e300, 4), 1e300);
  Random random(9);
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.uniform(-1, 1) * std::pow(10, random.uniform(-15, 15));
    const double found = significant(value, 4);
    // Of two decimals as near as each other either may be taken.
    EXPECT_NEAR(found, rounded(value, 4), std::abs(value) * 1e-13) << value;
    EXPECT_EQ(found, rounded(found, 4)) << value;
  }
}

}  // namespace
}  // namespace ocrtune
