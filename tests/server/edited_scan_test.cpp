#include "ocrtune/server/edited_scan.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/corpus/open_page_file.h"
#include "server/http_status.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;
using test::contains;
using test::encoded;
using test::noise;

json no_edit() {
  return {{"exclude", false},   {"lang", nullptr}, {"rotate", 0},
          {"corners", nullptr}, {"crop", nullptr}, {"split", nullptr}};
}

TEST(PageEditForm, IsWhatItWasMadeOf) {
  json form{{"exclude", true},        {"lang", "fra+lat"},
            {"rotate", 271.5},        {"corners", {{1, 2}, {30, 2}, {30, 41}, {1, 41}}},
            {"crop", {3, 4, 20, 30}}, {"split", 7}};
  EXPECT_EQ(edit_json(parse_edit(form)), form);
  EXPECT_EQ(edit_json(parse_edit(no_edit())), no_edit());
  EXPECT_EQ(parse_edit(no_edit()), PageEdit());
}

TEST(PageEditForm, NamesTheFieldThatIsWrong) {
  const std::vector<std::pair<std::string, json>> wrong{
      {"exclude", 1},
      {"lang", 3},
      {"lang", ""},
      {"lang", "../fra"},
      {"rotate", -1},
      {"rotate", 360},
      {"rotate", "90"},
      {"corners", 3},
      {"corners", {{1, 2}, {3, 4}, {5, 6}}},
      {"corners", {{1, 2}, {3, 4}, {5, 6}, {7, 8.5}}},
      {"corners", {{1, 2}, {3, 4}, {5, 6}, {7}}},
      {"corners", {1, 2, 3, 4}},
      {"crop", {1, 2, 3}},
      {"crop", {1, 2, 3, 1e9}},
      {"crop", {1, 2, 3, -1}},
      {"split", 0},
      {"split", json::array()},
      {"turn", 90}};
  for (const auto& [name, value] : wrong) {
    json form = no_edit();
    form[name] = value;
    const std::string why = test::error_of(Errc::invalid_argument, [&] { (void)parse_edit(form); });
    EXPECT_TRUE(contains(why, "`edit." + name + "`")) << why;
  }
}

class EditedScanTest : public testing::Test {
 protected:
  EditedScanTest()
      : file_(folder_.write(
            "a.tif", test::tiff_of({{.pixels = noise(40, 30, 1)}, {.pixels = noise(20, 10, 2)}}))) {
  }

  [[nodiscard]] EditedScan scan(int page) const {
    return {{.file = file_, .page = page}, Roots({folder_.path()})};
  }
  [[nodiscard]] std::string written() const { return edits_text(file_); }

  test::TempFolder folder_;
  std::filesystem::path file_;
};

TEST_F(EditedScanTest, KeepsTheEditsOfOtherPages) {
  folder_.write("a.tif.edit.toml", "# by hand\n[[page]]\nnumber = 2\nrotate = 90\n");
  EditedScan first = scan(0);
  const std::string version = first.version();
  EXPECT_EQ(first.edit(), PageEdit());
  first.save({.split = 15});
  EXPECT_EQ(written(), "[[page]]\nnumber = 1\nsplit = 15\n\n[[page]]\nnumber = 2\nrotate = 90\n");
  EXPECT_NE(first.version(), version);
  EXPECT_EQ(scan(0).version(), first.version());
  EXPECT_NE(scan(1).version(), first.version());
  EXPECT_EQ(scan(0).edit().split, 15);
  EXPECT_EQ(scan(1).json(), json({{"file", "a.tif"},
                                  {"number", 2},
                                  {"version", scan(1).version()},
                                  {"edit", edit_json({.turns = 1})}}));
  first.save({});
  scan(1).save({});
  EXPECT_EQ(written(), "");
  EXPECT_FALSE(std::filesystem::exists(edits_file(file_)));
}

TEST_F(EditedScanTest, RefusesWhatIsNotOnThePage) {
  for (const PageEdit& edit :
       {PageEdit{.crop = cv::Rect(0, 0, 41, 30)}, PageEdit{.crop = cv::Rect(5, 5, -2, 3)},
        PageEdit{.split = 40}, PageEdit{.turns = 1, .split = 30}}) {
    EXPECT_EQ(status_of([&] { scan(0).save(edit); }), 400);
    EXPECT_EQ(written(), "");
  }
  EXPECT_EQ(scan(0).picture({.turns = 1, .split = 10}).gray.size(), cv::Size(10, 40));
}

TEST_F(EditedScanTest, IsInsideTheRoots) {
  const test::TempFolder elsewhere;
  const auto outside = elsewhere.write("b.tif", "x");
  EXPECT_EQ(
      status_of([&] { (void)EditedScan({.file = outside, .page = 0}, Roots({folder_.path()})); }),
      403);
  std::filesystem::create_symlink(outside, edits_file(file_));
  EXPECT_EQ(status_of([&] { (void)scan(0); }), 403);
  EXPECT_EQ(read_text(outside, 10), "x");
}

TEST_F(EditedScanTest, ListsWhatIsExcluded) {
  folder_.write("a.tif.edit.toml", "[[page]]\nnumber = 2\nexclude = true\n");
  const auto other = folder_.write("b.png", encoded(noise(3, 3, 1), ".png"));
  folder_.write("b.png.edit.toml", "[[page]]\nexclude = 7\n");
  const std::vector<FilePage> excluded =
      excluded_pages({{.path = file_, .name = "a.tif"}, {.path = other, .name = "b.png"}});
  EXPECT_EQ(excluded, (std::vector<FilePage>{{.file = file_, .page = 1}}));
}

}  // namespace
}  // namespace ocrtune::server
