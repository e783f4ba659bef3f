#include "ocrtune/server/applied_run.h"

#include <gtest/gtest.h>

#include "ocrtune/documents/page_json.h"
#include "ocrtune/documents/tsv_writer.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

Page page() {
  Page page;
  page.name = "a.png";
  page.width = 300;
  page.height = 200;
  return page;
}

OcrResult one_word(const std::string& text) {
  return {.words = {{.text = text,
                     .confidence = 40,
                     .left = 1,
                     .top = 2,
                     .right = 30,
                     .bottom = 12,
                     .block = 1,
                     .paragraph = 1,
                     .line = 1,
                     .index = 1,
                     .alternatives = {"other"}}},
          .width = 7,
          .height = 7};
}

TEST(WrittenWords, AreThoseOfTheJsonAsLargeAsThePage) {
  const test::TempFolder folder;
  const AppliedRun run{.id = "r", .output = folder.path(), .corpus = nullptr};
  EXPECT_FALSE(written_words(run, page()));
  folder.write("a.tsv", tsv_text(one_word("earlier")));
  ASSERT_TRUE(written_words(run, page())) << "as ocrtune 0.1.0 wrote them";
  EXPECT_EQ(written_words(run, page())->words.at(0).text, "earlier");
  folder.write("a.json", page_json_text(one_word("word"), {}));
  const auto words = written_words(run, page());
  ASSERT_TRUE(words);
  EXPECT_EQ(words->words.at(0).text, "word");
  EXPECT_EQ(words->words.at(0).alternatives, std::vector<std::string>{"other"});
  EXPECT_EQ(words->width, 300);
  EXPECT_EQ(words->height, 200);
  folder.write("a.json", "{\"words\": [[[");
  EXPECT_EQ(written_words(run, page())->words.at(0).text, "earlier");
}

}  // namespace
}  // namespace ocrtune::server
