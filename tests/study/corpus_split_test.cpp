#include "ocrtune/study/corpus_split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/encoded.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

/// Pages with different pixels, called by their numbers.
Corpus corpus_of(const test::TempFolder& folder, int count) {
  std::vector<InputFile> files;
  for (int i = 0; i < count; ++i) {
    const std::string name = std::to_string(i);
    const auto path =
        folder.write(name + ".png", test::encoded(test::rendered("PAGE " + name), ".png"));
    files.push_back({.path = path, .name = name});
  }
  std::vector<Problem> problems;
  return Corpus::load(files, {}, problems);
}

std::set<std::string> names_of(const Corpus& corpus, const std::vector<std::size_t>& pages) {
  std::set<std::string> names;
  for (const std::size_t page : pages) names.insert(corpus.pages()[page].name);
  return names;
}

TEST(CorpusSplit, IsTheSameForTheSamePagesInAnyOrder) {
  const test::TempFolder folder;
  const Corpus corpus = corpus_of(folder, 10);
  const CorpusSplit split = split_at_random(corpus, 3, 5, 7);
  EXPECT_EQ(split.held_out.size(), 3U);
  EXPECT_EQ(split.tuned.size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(split.tuned));
  std::set<std::size_t> all(split.tuned.begin(), split.tuned.end());
  all.insert(split.held_out.begin(), split.held_out.end());
  EXPECT_EQ(all.size(), 8U);
  const Corpus turned = corpus.selected({9, 8, 7, 6, 5, 4, 3, 2, 1, 0});
  const CorpusSplit again = split_at_random(turned, 3, 5, 7);
  EXPECT_EQ(names_of(turned, again.held_out), names_of(corpus, split.held_out));
  EXPECT_EQ(names_of(turned, again.tuned), names_of(corpus, split.tuned));
  EXPECT_NE(split_at_random(corpus, 3, 5, 8).held_out, split.held_out);
}

TEST(CorpusSplit, AStudysIsFoundAgain) {
  const test::TempFolder folder;
  const Corpus corpus = corpus_of(folder, 6);
  const CorpusSplit split = split_at_random(corpus, 2, 3, 1);
  StudyDefinition stored;
  stored.pages = page_records(corpus.selected(split.tuned));
  stored.held_out = page_records(corpus.selected(split.held_out));
  stored.search.sampled = true;
  EXPECT_EQ(split_as(stored, corpus).tuned, split.tuned);
  EXPECT_EQ(split_as(stored, corpus).held_out, split.held_out);
  // A page that the study doesn't know must be found when they are compared.
  stored.search.sampled = false;
  EXPECT_EQ(split_as(stored, corpus).tuned.size(), 4U);
}

TEST(CorpusSplit, TakesWhatThereIs) {
  const test::TempFolder folder;
  const Corpus corpus = corpus_of(folder, 3);
  EXPECT_EQ(split_at_random(corpus, 0, 100, 1).tuned.size(), 3U);
  EXPECT_EQ(split_at_random(corpus, 5, 100, 1).held_out.size(), 3U);
}

}  // namespace
}  // namespace ocrtune
