// The page says every warning of the program in each of its languages.

#include <gtest/gtest.h>

#include "documents.h"

namespace ocrtune::docs_test {
namespace {

TEST(Warnings, HaveATextInThePagesOtherLanguages) {
  const std::string source = repository_text("src/ocrtune/analysis/warnings.cpp");
  std::vector<std::string> codes = all_matches(source, R"re(\.code = "(\w+)")re");
  for (const std::string& code : all_matches(source, R"re(note_pages\("(\w+)")re"))
    codes.push_back(code);
  ASSERT_GE(codes.size(), 10U);
  const std::string texts = repository_text("web/src/report/texts.ts");
  const std::string schema = repository_text("docs/reference/json/common.schema.json");
  for (const std::string& code : codes) {
    EXPECT_NE(texts.find(" " + code + ": ("), std::string::npos) << code;
    EXPECT_NE(schema.find("\n        \"" + code + "\""), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
