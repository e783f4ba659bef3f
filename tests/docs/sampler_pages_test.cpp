// Pages of the samplers and pruners against their registries.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "documents.h"
#include "ocrtune/base/text.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/study/search_settings.h"

namespace ocrtune::docs_test {
namespace {

bool is_local(const std::string& name) {
  return std::ranges::any_of(local_samplers(),
                             [&](const SamplerKind& kind) { return kind.name == name; });
}

/// The local samplers share a page.
std::string document_of(const SamplerKind& kind) {
  return fmt::format("docs/reference/samplers/{}.md", is_local(kind.name) ? "local" : kind.name);
}

constexpr const char* kPrunersPage = "docs/reference/samplers/pruners.md";

/// The page as one line, so that sentences may be broken anywhere.
std::string flat_text(const std::string& page) {
  std::string text = repository_text(page);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

/// Alone in its brackets, or with others as in "[@one; @two]".
bool cites(const std::string& text, const std::string& key) {
  for (const std::string& brackets : all_matches(text, R"(\[(@[^\]]*)\])")) {
    for (const std::string& cited : split(brackets, ';'))
      if (trimmed(cited) == "@" + key) return true;
  }
  return false;
}

template <typename Kind>
void expect_summary_and_citations(const std::string& page, const Kind& kind) {
  SCOPED_TRACE(page);
  const std::string text = flat_text(page);
  EXPECT_NE(text.find(kind.summary), std::string::npos) << kind.name << ": " << kind.summary;
  for (const std::string& key : kind.cites)
    EXPECT_TRUE(cites(text, key)) << kind.name << ": " << key;
}

TEST(DocsSamplers, PagesHaveTheRegistrysSummaryAndCitations) {
  for (const SamplerKind& kind : all_samplers())
    expect_summary_and_citations(document_of(kind), kind);
}

TEST(DocsSamplers, PagesNameTheirSamplers) {
  for (const SamplerKind& kind : all_samplers()) {
    const std::string text = repository_text(document_of(kind));
    const std::string title = text.substr(0, text.find('\n'));
    if (is_local(kind.name)) {
      EXPECT_NE(title.find(kind.name), std::string::npos) << kind.name << ": " << title;
    } else {
      EXPECT_EQ(title, "# " + kind.name);
    }
  }
}

TEST(DocsSamplers, PagesSayWhatHowAndWhen) {
  for (const SamplerKind& kind : all_samplers()) {
    const std::string text = repository_text(document_of(kind));
    for (const char* title :
         {"What it does", "When it helps", "When it hurts", "Settings", "Example"})
      EXPECT_NE(section(text, title), "") << document_of(kind) << ": " << title;
  }
}

TEST(DocsSamplers, ExamplesUseTheSampler) {
  std::set<std::string> used;
  std::set<std::string> pages;
  for (const SamplerKind& kind : all_samplers()) pages.insert(document_of(kind));
  for (const std::string& page : pages) {
    const std::string example = section(repository_text(page), "Example");
    const auto names = all_matches(example, "ocrtune optimize [^\n]*--sampler ([\\w-]+)");
    EXPECT_FALSE(names.empty()) << page;
    used.insert(names.begin(), names.end());
  }
  for (const SamplerKind& kind : all_samplers())
    EXPECT_TRUE(is_local(kind.name) || used.contains(kind.name)) << kind.name;
}

TEST(DocsSamplers, NoPageWithoutASampler) {
  for (const auto& entry :
       std::filesystem::directory_iterator(in_repository("docs/reference/samplers"))) {
    const std::string name = entry.path().stem().string();
    const bool shared =
        name == "local" || name == "pruners" || name == "comparison" || name == "index";
    const bool own = !is_local(name) && std::ranges::any_of(all_samplers(), [&](const auto& kind) {
      return kind.name == name;
    });
    EXPECT_TRUE(shared || own) << entry.path();
  }
}

TEST(DocsPruners, ThePageExplainsThemWithTheRegistrysCitations) {
  const std::string text = repository_text(kPrunersPage);
  for (const PrunerKind& kind : all_pruners()) {
    EXPECT_TRUE(kind.name == kNoPruner || text.find("- **" + kind.name + "**") != std::string::npos)
        << kind.name;
    for (const std::string& key : kind.cites)
      EXPECT_TRUE(cites(text, key)) << kind.name << ": " << key;
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
