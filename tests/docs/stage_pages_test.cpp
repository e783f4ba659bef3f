// Pages of the stages against the registry, and the presets' table against the presets.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "documents.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::docs_test {
namespace {

std::string page_of(const Stage& stage) {
  return fmt::format("docs/reference/stages/{}.md", stage.name);
}

Row row_of(const Parameter& p) {
  if (p.type == ParameterType::category) {
    const std::string choices = joined(p.choices, ", ");
    return {fmt::format("`{}`", p.name), "category", choices, choices, p.choices.front(), ""};
  }
  return {fmt::format("`{}`", p.name),           std::string(type_name(p.type)),
          fmt::format("{} to {}", p.min, p.max), fmt::format("{} to {}", p.low, p.high),
          fmt::format("{}", p.initial),          p.unit};
}

TEST(DocsStages, ParameterTablesAreTheRegistrys) {
  for (const Stage& stage : all_stages()) {
    SCOPED_TRACE(page_of(stage));
    std::vector<Row> expected;
    for (const Parameter& parameter : stage.parameters) expected.push_back(row_of(parameter));
    std::vector<Row> rows = first_table(section(repository_text(page_of(stage)), "Parameters"));
    for (Row& row : rows) {
      EXPECT_EQ(row.size(), 7U);
      row.resize(6);
    }
    EXPECT_EQ(rows, expected);
  }
}

TEST(DocsOcrSettings, ParameterTableIsThatOfTheProgram) {
  const std::string text = repository_text("docs/reference/ocr_settings.md");
  std::vector<Row> expected;
  for (const Parameter& parameter : ocr_parameters()) {
    expected.push_back(row_of(parameter));
    expected.back().push_back(parameter.help);
    const bool has_section =
        text.find(fmt::format("\n## {}\n", parameter.name)) != std::string::npos;
    EXPECT_TRUE(has_section || parameter.name.find('_') != std::string::npos) << parameter.name;
  }
  EXPECT_EQ(first_table(section(text, "Parameters")), expected);
}

TEST(DocsStages, PagesHaveTheStagesNameAndSummary) {
  for (const Stage& stage : all_stages()) {
    SCOPED_TRACE(page_of(stage));
    std::string text = repository_text(page_of(stage));
    EXPECT_TRUE(text.starts_with(fmt::format("# {}\n", stage.name)));
    std::ranges::replace(text, '\n', ' ');
    EXPECT_NE(text.find(stage.summary), std::string::npos) << stage.summary;
  }
}

TEST(DocsStages, PagesSayWhatHowAndWhen) {
  for (const Stage& stage : all_stages()) {
    const std::string text = repository_text(page_of(stage));
    for (const char* title : {"What it does", "When it helps", "When it hurts", "Example"})
      EXPECT_NE(section(text, title), "") << page_of(stage) << ": " << title;
  }
}

TEST(DocsStages, PagesCiteWhatTheRegistryCites) {
  for (const Stage& stage : all_stages()) {
    const std::string text = repository_text(page_of(stage));
    for (const std::string& key : stage.cites)
      EXPECT_NE(text.find(fmt::format("[@{}]", key)), std::string::npos)
          << page_of(stage) << ": " << key;
  }
}

TEST(DocsStages, ExamplesUseTheStage) {
  for (const Stage& stage : all_stages()) {
    const auto blocks = code_blocks(section(repository_text(page_of(stage)), "Example"));
    const auto has = [&](const std::string& language, const std::string& text) {
      return std::ranges::any_of(blocks, [&](const CodeBlock& block) {
        return block.language == language && block.text.find(text) != std::string::npos;
      });
    };
    EXPECT_TRUE(has("toml", fmt::format("use = \"{}\"", stage.name))) << page_of(stage);
    EXPECT_TRUE(has("sh", "ocrtune ")) << page_of(stage);
  }
}

TEST(DocsStages, PagesShowTheirPictures) {
  for (const Stage& stage : all_stages()) {
    const std::string picture = fmt::format("pictures/{}.png", stage.name);
    const std::string text = repository_text(page_of(stage));
    const std::string above = text.substr(0, text.find("\n## "));
    EXPECT_EQ(all_matches(above, R"(\n!\[[^\]]+\]\(([^)]+)\)\n)"), std::vector{picture})
        << page_of(stage);
    EXPECT_TRUE(std::filesystem::is_regular_file(in_repository("docs/reference/stages/" + picture)))
        << "scripts/make_stage_pictures.sh makes " << picture;
  }
}

TEST(DocsStages, NoPageOrPictureWithoutAStage) {
  using Files = std::filesystem::recursive_directory_iterator;
  for (const auto& entry : Files(in_repository("docs/reference/stages"))) {
    if (entry.is_directory()) continue;
    const std::string name = entry.path().stem().string();
    EXPECT_TRUE(name == "index" || find_stage(name) != nullptr) << entry.path();
  }
}

TEST(DocsPipelines, PipelinesInPagesAreValid) {
  int count = 0;
  for (const Document& document : all_documents()) {
    for (const CodeBlock& block : code_blocks(document.text)) {
      if (block.language != "toml") continue;
      if (block.text.starts_with("[[page]]")) {
        EXPECT_NO_THROW((void)parse_page_edits(block.text)) << document.name;
        continue;
      }
      EXPECT_NO_THROW((void)parse_pipeline(block.text, document.name));
      ++count;
    }
  }
  EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace ocrtune::docs_test
