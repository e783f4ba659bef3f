// Limits, exit statuses, CSV columns and database tables in the pages against the program.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "documents.h"
#include "ocrtune/analysis/comparison.h"
#include "ocrtune/analysis/evaluation.h"
#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/analysis/stage_measurements.h"
#include "ocrtune/analysis/step_table.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/download.h"
#include "ocrtune/corpus/iiif_manifest.h"
#include "ocrtune/corpus/remote_list.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/storage/optuna_schema.h"
#include "ocrtune/storage/own_schema.h"
#include "ocrtune/storage/recipe_tables.h"
#include "ocrtune/storage/references_table.h"

namespace ocrtune::docs_test {
namespace {

using Columns = std::vector<std::string>;

TEST(DocsPages, LimitsAreThoseOfTheDecoder) {
  const DecodeLimits limits;
  const std::vector<std::pair<std::string, std::string>> expected{
      {"max_side", fmt::format("{}", limits.max_side)},
      {"max_pixels", fmt::format("{}", limits.max_pixels)},
      {"max_file_bytes", fmt::format("{}", limits.max_file_bytes)},
      {"max_pages", fmt::format("{}", limits.max_pages)},
      {"parser_memory", fmt::format("{}", limits.parser_memory)}};
  std::vector<std::pair<std::string, std::string>> stated;
  for (const Row& row : first_table(section(repository_text("docs/reference/pages.md"), "Limits")))
    stated.emplace_back(plain(row.at(0)), row.at(1));
  EXPECT_EQ(stated, expected);
}

TEST(DocsPages, EveryLimitIsStated) {
  const std::string header = repository_text("src/ocrtune/image/limits.h");
  const Columns fields = all_matches(header, R"(\n  (?!bool )[\w:]+ (\w+) = )");
  EXPECT_EQ(first_cells(first_table(section(repository_text("docs/reference/pages.md"), "Limits"))),
            fields);
}

TEST(DocsPages, LimitsOfDownloadsAreThePrograms) {
  const DownloadLimits limits;
  const auto seconds = [](std::chrono::milliseconds time) {
    return fmt::format("{}", static_cast<double>(time.count()) / 1000);
  };
  const std::vector<std::pair<std::string, std::string>> expected{
      {"max_bytes", "max_file_bytes"},
      {"connect", seconds(limits.connect)},
      {"slow", seconds(limits.slow)},
      {"slow_rate", fmt::format("{}", limits.slow_rate)},
      {"redirects", fmt::format("{}", limits.redirects)},
      {"attempts", fmt::format("{}", limits.attempts)},
      {"pause", seconds(limits.pause)},
      {"longest_pause", seconds(limits.longest_pause)},
      {"interval", seconds(limits.interval)}};
  const std::string urls = section(repository_text("docs/reference/pages.md"), "URLs");
  std::vector<std::pair<std::string, std::string>> stated;
  for (const Row& row : first_table(urls.substr(urls.find("| limit |"))))
    stated.emplace_back(plain(row.at(0)), plain(row.at(1)));
  EXPECT_EQ(stated, expected);
}

TEST(DocsPages, LimitsOfIiifManifestsAreThePrograms) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"bytes", fmt::format("{}", kMaxListBytes)},
      {"canvases", fmt::format("{}", kMaxCanvases)},
      {"depth", fmt::format("{}", kMaxManifestDepth)},
      {"values", fmt::format("{}", kMaxManifestValues)}};
  const std::string text = section(repository_text("docs/reference/pages.md"), "IIIF manifests");
  std::vector<std::pair<std::string, std::string>> stated;
  for (const Row& row : first_table(text)) stated.emplace_back(plain(row.at(0)), plain(row.at(1)));
  EXPECT_EQ(stated, expected);
}

TEST(DocsErrors, ExitStatusesAreTheEnums) {
  const std::string header = repository_text("src/ocrtune/workflow/exit_status.h");
  const Columns names = all_matches(header, R"(\n  (\w+) = \d+,)");
  const Columns numbers = all_matches(header, R"(\n  \w+ = (\d+),)");
  std::vector<Row> expected;
  for (std::size_t i = 0; i < names.size(); ++i)
    expected.push_back({numbers.at(i), fmt::format("`{}`", names[i])});
  std::vector<Row> rows =
      first_table(section(repository_text("docs/reference/errors.md"), "Exit statuses"));
  for (Row& row : rows) row.resize(2);
  EXPECT_EQ(rows, expected);
  EXPECT_EQ(rows.size(), 8U);
}

TEST(DocsErrors, ExamplesHaveStatusesThatExist) {
  std::set<std::string> known;
  const std::string text = repository_text("docs/reference/errors.md");
  for (const Row& row : first_table(section(text, "Exit statuses"))) known.insert(row.front());
  for (const Row& row : first_table(section(text, "Examples")))
    EXPECT_TRUE(known.contains(row.front())) << row.at(1);
}

StudyDefinition sample_definition() {
  StudyDefinition definition;
  definition.pipeline = pipeline_text(load_pipeline("standard"));
  definition.pages.push_back(
      {.name = "a.png", .pixels = "", .truth = "a hash", .lang = "eng", .labels = {{"shelf", ""}}});
  definition.held_out = definition.pages;
  definition.search.constraints.push_back(parse_constraint("words>=0.9x"));
  return definition;
}

/// The header of a CSV text, with one word for what depends on the study.
Columns header_of(const std::string& csv, bool of_front, bool of_study) {
  std::set<std::string> parameters;
  const Space space = load_pipeline("standard").space();
  for (const Dimension& dimension : space.dimensions()) parameters.insert(dimension.name);
  std::set<std::string> stages;
  for (const std::string& stage : stage_step_names(sample_definition()))
    stages.insert(stage + "_ms");
  const std::vector<std::string> measured = measurement_names(pipeline_of(sample_definition()));
  // Those of the Python design have rows of their own.
  std::set<std::string> further;
  for (const std::string& name : score_names()) further.insert("score_" + name);
  for (const char* own : {"sharpness", "contrast", "cnr"})
    further.erase(std::string("score_") + own);
  Columns header;
  for (const std::string& column : split(csv.substr(0, csv.find('\n')), ';')) {
    std::string name = column;
    if (parameters.contains(column)) name = "PARAMETERS";
    if (stages.contains(column)) name = "STAGE_ms";
    if (std::ranges::find(measured, column) != measured.end()) name = "STAGE.NAME";
    if (column == "shelf") name = "LABELS";
    if (of_front && column == "confidence") name = "OBJECTIVES";
    if (of_study && further.contains(column)) name = "SCORES";
    if (header.empty() || header.back() != name) header.push_back(name);
  }
  return header;
}

TEST(DocsCsv, ColumnsAreThoseThatAreWritten) {
  const StudyDefinition definition = sample_definition();
  const std::map<std::string, std::string> files{
      {"trials.csv", csv_of_means(definition)->header()},
      {"pages.csv", csv_of_pages(definition)->header()},
      {"timings.csv", csv_of_timings(definition)->header()},
      {"configuration.csv", configuration_csv(definition)},
      {"pruned.csv", pruned_csv(definition, {})},
      {"pareto.csv", pareto_csv(pareto_front(definition, study_trials(definition, {})))},
      {"scores.csv", scores_csv(definition, {})},
      {"Compared pages", comparison_csv({}, {})},
      {"Evaluated pages", evaluation_csv({})}};
  const std::string text = repository_text("docs/reference/csv.md");
  for (const auto& [name, csv] : files)
    EXPECT_EQ(first_cells(first_table(section(text, name))),
              header_of(csv, name == "pareto.csv", name.ends_with(".csv")))
        << name;
}

TEST(DocsCsv, RowsOfTheConfigurationAreNamed) {
  const std::string text = section(repository_text("docs/reference/csv.md"), "configuration.csv");
  for (const std::string& line : split(configuration_csv(sample_definition()), '\n')) {
    const std::vector<std::string> fields = split(line, ';');
    if (fields.front() != "study") continue;
    EXPECT_NE(text.find(fmt::format("`{}`", fields.at(1))), std::string::npos) << fields.at(1);
  }
}

/// The columns of every CREATE TABLE of a schema.
std::map<std::string, Columns> tables_of(const std::string& schema) {
  std::map<std::string, Columns> tables;
  Columns* current = nullptr;
  for (const std::string& line : split(schema, '\n')) {
    constexpr std::string_view kCreate = "CREATE TABLE ";
    if (line.starts_with(kCreate)) {
      current = &tables[line.substr(kCreate.size(), line.find(" (") - kCreate.size())];
    } else if (line.starts_with(')')) {
      current = nullptr;
    } else if (current != nullptr) {
      const std::string word(trimmed(line.substr(0, line.find(' ', 2))));
      if (word != "UNIQUE" && word != "PRIMARY") current->push_back(plain(word));
    }
  }
  return tables;
}

TEST(DocsStudies, TablesAreThoseOfTheSchema) {
  const std::string text = repository_text("docs/reference/studies.md");
  std::size_t stated = 0;
  for (const char* schema : {kOwnSchema, kReferencesSchema, kRecipeSchema, kOptunaSchema}) {
    std::map<std::string, Columns> tables = tables_of(schema);
    for (auto& [table, columns] : tables) {
      const Columns own = first_cells(first_table(section(text, table)));
      // Those that stay empty have no section.
      if (own.empty()) continue;
      ++stated;
      for (std::string& column : columns) std::erase(column, '"');
      if (table == "ocrtune_results" || table == "ocrtune_reference_results")
        columns.emplace_back("SCORES");
      EXPECT_EQ(own, columns) << table;
    }
  }
  EXPECT_EQ(stated, all_matches(text, "(<!-- table: columns of )").size());
}

}  // namespace
}  // namespace ocrtune::docs_test
