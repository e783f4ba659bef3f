// Citations against the bibliography, and links against files and headings.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "documents.h"
#include "ocrtune/base/text.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::docs_test {
namespace {

std::set<std::string> bibliography() {
  const auto keys =
      all_matches(repository_text("docs/reference/references.bib"), R"(\n@\w+\{(\w+),)");
  std::set<std::string> unique(keys.begin(), keys.end());
  EXPECT_EQ(unique.size(), keys.size()) << "a key is given twice";
  EXPECT_FALSE(unique.empty());
  return unique;
}

std::set<std::string> cited() {
  std::set<std::string> keys;
  for (const Stage& stage : all_stages()) keys.insert(stage.cites.begin(), stage.cites.end());
  for (const SamplerKind& kind : all_samplers()) keys.insert(kind.cites.begin(), kind.cites.end());
  for (const PrunerKind& kind : all_pruners()) keys.insert(kind.cites.begin(), kind.cites.end());
  for (const Document& document : all_documents()) {
    for (const std::string& key : all_matches(document.text, R"(\[@(\w+)\])")) keys.insert(key);
  }
  return keys;
}

/// Works that comments name as "(Author & Author 1993)" or "Author et al. 2000".
std::set<std::string> in_comments() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(in_repository("src"))) {
    if (entry.path().extension() != ".h") continue;
    const std::string text =
        repository_text(entry.path().lexically_relative(in_repository("")).string());
    const std::string comments = [&] {
      std::string joined;
      for (const std::string& line : all_matches(text, "///([^\n]*)")) joined += line;
      return joined;
    }();
    for (const std::string& work :
         all_matches(comments,
                     R"(([A-Z][\w-]+(?:, [A-Z]\w+)*(?: & [A-Z]\w+| et al\.)? \(?(?:19|20)\d{2}))"))
      names.insert(work);
  }
  return names;
}

TEST(DocsReferences, EveryCitationIsInTheBibliography) {
  const std::set<std::string> known = bibliography();
  for (const std::string& key : cited()) EXPECT_TRUE(known.contains(key)) << key;
}

/// True where `work`, named in a comment, has the year and first author of `key`.
bool is_work(const std::string& work, const std::string& key) {
  const std::string author = lower_case(work.substr(0, work.find_first_of(" ,")));
  return key.starts_with(author) && key.ends_with(work.substr(work.size() - 4));
}

TEST(DocsReferences, EveryEntryIsCited) {
  const std::set<std::string> used = cited();
  const std::set<std::string> works = in_comments();
  for (const std::string& key : bibliography()) {
    const bool in_code =
        std::ranges::any_of(works, [&](const std::string& work) { return is_work(work, key); });
    EXPECT_TRUE(used.contains(key) || in_code) << key;
  }
}

TEST(DocsReferences, WorksNamedInCommentsAreInTheBibliography) {
  std::set<std::string> years;
  for (const std::string& key : bibliography()) years.insert(key.substr(key.size() - 4));
  for (const std::string& work : in_comments())
    EXPECT_TRUE(years.contains(work.substr(work.size() - 4))) << work;
}

TEST(DocsLinks, RelativeLinksLeadSomewhere) {
  for (const Document& document : all_documents()) {
    const std::string text = without_code_blocks(document.text);
    for (const std::string& link : all_matches(text, R"(\]\(([^)\s]+)\))")) {
      if (link.find("://") != std::string::npos || link.starts_with("mailto:")) continue;
      const std::size_t mark = link.find('#');
      const auto target =
          mark == 0 ? document.path : document.path.parent_path() / link.substr(0, mark);
      EXPECT_TRUE(std::filesystem::exists(target)) << document.name << ": " << link;
      if (mark == std::string::npos) continue;
      const auto page = std::ranges::find_if(all_documents(), [&](const Document& other) {
        std::error_code ignored;
        return std::filesystem::equivalent(other.path, target, ignored);
      });
      ASSERT_NE(page, all_documents().end()) << document.name << ": " << link;
      // What such a page has is made with the site, where check_site.py follows links to it.
      if (page->text.find("\n<!-- made: ") != std::string::npos) continue;
      EXPECT_TRUE(anchors(page->text).contains(link.substr(mark + 1)))
          << document.name << ": " << link;
    }
  }
}

TEST(DocsLinks, EveryPageIsReachedFromTheIndex) {
  std::set<std::filesystem::path> reached{in_repository("docs/index.md").lexically_normal()};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const Document& document : all_documents()) {
      if (!reached.contains(document.path.lexically_normal())) continue;
      for (const std::string& link : all_matches(document.text, R"(\]\(([^)#\s]+\.md)[^)]*\))"))
        reached.insert((document.path.parent_path() / link).lexically_normal());
      // On the site their tables lead to every page beside them.
      if (document.text.find("<!-- made: stages -->") == std::string::npos &&
          document.text.find("<!-- made: samplers -->") == std::string::npos)
        continue;
      for (const auto& entry : std::filesystem::directory_iterator(document.path.parent_path()))
        reached.insert(entry.path().lexically_normal());
    }
  }
  for (const Document& document : all_documents()) {
    const bool page = document.name.starts_with("docs/");
    EXPECT_TRUE(!page || reached.contains(document.path.lexically_normal())) << document.name;
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
