// The page for people who come from OCR quality audit against what is imported and exported.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "documents.h"
#include "ocrtune/audit/design.h"
#include "ocrtune/audit/export.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/text.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/search/samplers/registry.h"

namespace ocrtune::docs_test {
namespace {

std::string page_text() { return repository_text("docs/how-to/coming_from_ocr_quality_audit.md"); }

std::string code(std::string_view name) { return fmt::format("`{}`", name); }

/// "remove_lines.h_size" of the pipeline's parameter `name`.
std::string stage_and_parameter(const Pipeline& pipeline, std::string_view name) {
  for (const StageUse& use : pipeline.stages()) {
    for (const Setting& setting : use.settings) {
      if (setting.name == name) return use.stage->name + "." + setting.parameter->name;
    }
  }
  ADD_FAILURE() << name;
  return "";
}

StudyDefinition preset_definition(std::string_view preset) {
  StudyDefinition definition;
  definition.pipeline = pipeline_text(load_pipeline(std::string(preset)));
  definition.pages.push_back(
      {.name = "a.png", .pixels = "", .truth = "", .lang = "eng", .labels = {}});
  return definition;
}

/// The header of one of the files, less parameters of the pipeline.
std::vector<std::string> audit_header(std::size_t file) {
  const auto rows = parse_csv(audit_files(preset_definition("standard"), {}).at(file).text, "t");
  std::vector<std::string> header = rows.front();
  for (const AuditParameter& parameter : find_audit_pipeline("standard")->parameters)
    std::erase(header, parameter.name);
  return header;
}

/// Every name in a column of a table must be among `known`.
void expect_names(const std::vector<Row>& rows, std::size_t column, const std::string& csv) {
  const std::vector<std::string> known = split(csv.substr(0, csv.find('\n')), ';');
  for (const Row& row : rows) {
    const std::vector<std::string> names = all_matches(row.at(column), "`(\\w+)`");
    EXPECT_FALSE(names.empty()) << row.at(column);
    for (const std::string& name : names)
      EXPECT_NE(std::ranges::find(known, name), known.end()) << name;
  }
}

TEST(DocsAudit, PresetsAreThoseOfTheProgram) {
  std::vector<Row> expected;
  for (const AuditPipeline& pipeline : audit_pipelines())
    expected.push_back({std::string(pipeline.title), code(pipeline.preset), code(pipeline.preset)});
  EXPECT_EQ(first_table(section(page_text(), "Presets and parameters")), expected);
}

TEST(DocsAudit, ParametersAreThoseOfTheProgram) {
  for (const AuditPipeline& pipeline : audit_pipelines()) {
    const Pipeline preset = load_pipeline(std::string(pipeline.preset));
    const Space space = preset.space();
    std::vector<Row> rows = first_table(section(page_text(), std::string(pipeline.preset)));
    ASSERT_EQ(rows.size(), pipeline.parameters.size()) << pipeline.preset;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const AuditParameter& parameter = pipeline.parameters[i];
      const Dimension& here = space.dimensions().at(i);
      EXPECT_EQ(rows[i].at(0), code(parameter.name));
      EXPECT_EQ(rows[i].at(1), code(parameter.in_window));
      EXPECT_EQ(rows[i].at(2), code(stage_and_parameter(preset, parameter.name)));
      EXPECT_EQ(rows[i].at(4), fmt::format("{} to {}", here.low, here.high));
      // A range in its window is the same, or one of bases whose upper end becomes the kernel here.
      const std::vector<std::string> there = all_matches(rows[i].at(3), "(\\d+)");
      ASSERT_EQ(there.size(), 2U);
      EXPECT_EQ(std::stod(there[1]) * (parameter.kernel ? 2 : 1) + (parameter.kernel ? 1 : 0),
                here.high)
          << parameter.name;
    }
  }
}

TEST(DocsAudit, ColumnsAreThoseThatAreWritten) {
  const std::vector<Row> rows = first_table(section(page_text(), "Columns of results"));
  std::vector<std::string> expected = audit_header(0);
  expected.emplace_back("score_contraste");
  EXPECT_EQ(first_cells(rows), expected);
  const StudyDefinition definition = preset_definition("standard");
  expect_names(rows, 1, csv_of_means(definition)->header());
  for (const Row& row : rows) {
    const auto score = audit_score_named(plain(row.front()));
    if (!score || *score == Score::confidence) continue;
    EXPECT_EQ(plain(row.at(1)), fmt::format("score_{}", score_name(*score)));
  }
}

TEST(DocsAudit, ColumnsOfTheLogAreThoseThatAreWritten) {
  const std::vector<Row> rows = first_table(section(page_text(), "The log of times"));
  EXPECT_EQ(first_cells(rows), audit_header(2));
  const StudyDefinition definition = preset_definition("standard");
  expect_names(rows, 1, csv_of_timings(definition)->header());
}

TEST(DocsAudit, RowsOfTheConfigurationAreThoseThatAreWritten) {
  StudyDefinition definition = preset_definition("standard");
  Trial baseline{.number = 0, .point = {}, .pages = {{}}};
  std::vector<Row> expected;
  for (const CsvRow& row : parse_csv(audit_files(definition, {baseline}).at(1).text, "t")) {
    if (row[0] == "Category") continue;
    const bool named = row[0] == "Range" || row[0] == "Fixed";
    const Row cells{code(row[0]), named ? "name in the window" : code(row[1])};
    if (std::ranges::find(expected, cells) == expected.end()) expected.push_back(cells);
  }
  std::vector<Row> rows = first_table(section(page_text(), "The configuration"));
  for (Row& row : rows) row.resize(2);
  EXPECT_EQ(rows, expected);
}

TEST(DocsAudit, AlgorithmsAreSamplers) {
  const std::vector<std::string> known = sampler_names();
  const std::vector<Row> rows = first_table(section(page_text(), "Algorithms"));
  ASSERT_EQ(rows.size(), 12U);
  for (const Row& row : rows) {
    for (const std::string& name : all_matches(row.at(1), "--sampler ([\\w-]+)"))
      EXPECT_NE(std::ranges::find(known, name), known.end()) << name;
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
