// A study's data inside the page: it comes back as it was, and nothing in it ends the script.
#include "ocrtune/report/report_page.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/report/study_data.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using test::contains;

constexpr std::string_view kHtml =
    "<html><script>if (x == '__STUDY_DATA__') y();</script>"
    "<script type=\"application/json\" id=\"study-data\">__STUDY_DATA__</script><p>end</p></html>";

/// What a browser takes for the data: all up to the first end of a script.
std::string data_in(const std::string& page) {
  const std::string opening = "id=\"study-data\">";
  const std::size_t begin = page.find(opening) + opening.size();
  return page.substr(begin, page.find("</", begin) - begin);
}

TEST(ReportPage, HasTheDataInItsPlace) {
  const json data{{"name", "a"}, {"numbers", {1, 2.5, nullptr}}};
  const std::string page = report_page(kHtml, data);
  EXPECT_EQ(json::parse(data_in(page)), data);
  EXPECT_TRUE(page.starts_with("<html><script>if (x == '__STUDY_DATA__') y();</script>"));
  EXPECT_TRUE(page.ends_with("</script><p>end</p></html>"));
}

TEST(ReportPage, IsNotLeftByHostileTexts) {
  for (const std::string text : {"</script><script>alert(1)</script>", "<!--<script>", "]]>",
                                 "&lt;", "\xe2\x80\xa8\xe2\x80\xa9", "__STUDY_DATA__",
                                 ">__STUDY_DATA__<", "\\u003c\\", "\"'`${1}", "\x01\x7f"}) {
    const json data{{text, text}};
    const std::string page = report_page(kHtml, data);
    const std::string inside = data_in(page);
    EXPECT_EQ(json::parse(inside), data) << text;
    EXPECT_EQ(inside.find_first_of("<>&"), std::string::npos) << text;
    EXPECT_FALSE(contains(inside, "\xe2\x80\xa8") || contains(inside, "\xe2\x80\xa9"));
  }
}

RC_GTEST_PROP(ReportPage, GivesAnyTextBack, ()) {
  const std::string text = test::utf8_text_of(*rc::gen::arbitrary<std::uint64_t>());
  const std::string inside = data_in(report_page(kHtml, json{text}));
  RC_ASSERT(json::parse(inside) == json{text});
  RC_ASSERT(inside.find_first_of("<>&") == std::string::npos);
}

TEST(ReportPage, TakesBytesThatAreNoText) {
  const std::string inside = data_in(report_page(kHtml, json{"a\xff"}));
  EXPECT_EQ(json::parse(inside), json{"a\xef\xbf\xbd"});
}

TEST(ReportPage, HostileNamesOfAStudyStayInTheData) {
  const test::TempFolder folder;
  StudyDefinition definition = test::study_definition(2);
  definition.pages[0].name = "</script><img src=x onerror=alert(1)>.png";
  definition.pages[1].labels = {{"</script>", "<!--"}};
  const auto study = create_study(folder.path() / "s.db", definition);
  Random random(1);
  study->append(test::random_trial(definition, 0, random));
  const json data = study_data(study_findings(*study), "</script>.db");
  const std::string page = report_page(kHtml, data);
  EXPECT_EQ(json::parse(data_in(page)), data);
  EXPECT_EQ(data["pages"][0]["name"], definition.pages[0].name);
  EXPECT_EQ(data["pages"][1]["labels"]["</script>"], "<!--");
  EXPECT_FALSE(contains(page, "<img"));
}

TEST(ReportPage, IsRefusedWhereThereIsNone) {
  EXPECT_TRUE(
      contains(test::error_of(Errc::dependency_missing, [] { (void)report_page("", json{}); }),
               "was built without the report page"));
  EXPECT_TRUE(contains(
      test::error_of(Errc::dependency_missing, [] { (void)report_page("<html></html>", json{}); }),
      "has no placeholder for the data"));
}

}  // namespace
}  // namespace ocrtune
