#include "ocrtune/study/points_file.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;

struct Parsed {
  std::vector<Point> points;
  std::vector<std::string> notes;
};

Parsed parse(std::string_view text) {
  Parsed parsed;
  parsed.points = parse_points(text, "p.json", load_pipeline("standard"), parsed.notes);
  return parsed;
}

std::string refusal(std::string_view text) {
  return test::error_of(Errc::invalid_argument, [&] { (void)parse(text); });
}

TEST(PointsFile, TakesThePeersKeys) {
  const Parsed parsed =
      parse(R"([{"norm_kernel": 151, "bin_c": 12.5, "dilate_iter": 3}, {}, {"denoise_h": 0}])");
  ASSERT_EQ(parsed.points.size(), 3U);
  EXPECT_EQ(parsed.points[0].find("norm_kernel"), 151);
  EXPECT_EQ(parsed.points[0].find("bin_c"), 12.5);
  EXPECT_EQ(parsed.points[0].find("dilate_iter"), 3);
  EXPECT_TRUE(parsed.points[1].values.empty());
  EXPECT_EQ(parsed.points[2].find("denoise_h"), 0);
  EXPECT_TRUE(parsed.notes.empty());
}

TEST(PointsFile, ConvertsAsThePeerDoes) {
  // int(v) for integers, int(v) | 1 for kernels.
  const Parsed parsed = parse(
      R"([{"line_h_size": 45.9}, {"norm_kernel": 150, "bin_block_size": 120.7}, {"norm_kernel": 151.9}])");
  EXPECT_EQ(parsed.points[0].find("line_h_size"), 45);
  EXPECT_EQ(parsed.points[1].find("norm_kernel"), 151);
  EXPECT_EQ(parsed.points[1].find("bin_block_size"), 121);
  EXPECT_EQ(parsed.points[2].find("norm_kernel"), 151);
  ASSERT_EQ(parsed.notes.size(), 4U);
  EXPECT_EQ(parsed.notes[0], "p.json: point 1: line_h_size 45.9 replaced by 45");
}

TEST(PointsFile, ChoicesAreGivenByName) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\none_of = [\"none\", \"clahe\"]\n[stage.clahe]\nclip = \"free\"\n", "t");
  std::vector<std::string> notes;
  const auto points = parse_points(R"([{"clahe": "clahe", "clahe_clip": 2}, {"clahe": "none"}])",
                                   "p", pipeline, notes);
  EXPECT_EQ(points[0].find("clahe"), 1);
  EXPECT_EQ(points[1].find("clahe"), 0);
  for (const char* text : {R"([{"clahe": 1}])", R"([{"clahe": "clah"}])"}) {
    EXPECT_TRUE(contains(test::error_of(Errc::invalid_argument,
                                        [&] { (void)parse_points(text, "p", pipeline, notes); }),
                         "one of none, clahe"))
        << text;
  }
}

TEST(PointsFile, SwitchesAreTrueOrFalse) {
  const Parsed parsed = parse(R"([{"use_remove_lines": false}, {"use_remove_lines": 1}])");
  EXPECT_EQ(parsed.points[0].find("use_remove_lines"), 0);
  EXPECT_EQ(parsed.points[1].find("use_remove_lines"), 1);
}

TEST(PointsFile, IsWrittenAsItIsRead) {
  const Pipeline pipeline = parse_pipeline(
      "[[stage]]\none_of = [\"none\", \"clahe\"]\n[stage.clahe]\nclip = \"free\"\n[[stage]]\nuse = "
      "\"normalize_division\"\nkernel = \"free\"\noptional = true\n",
      "t");
  const std::vector<Point> points{
      {{{"clahe", 1}, {"clahe_clip", 1.0 / 3}, {"use_normalize_division", 0}}},
      {{{"clahe", 0}, {"use_normalize_division", 1}, {"kernel", 151}}},
      {}};
  const std::string text = points_text(points, pipeline);
  EXPECT_TRUE(contains(text, R"("use_normalize_division":true,"kernel":151})")) << text;
  std::vector<std::string> notes;
  std::vector<Point> read = parse_points(text, "p", pipeline, notes);
  for (Point& point : read) std::ranges::sort(point.values);
  std::vector<Point> expected = points;
  for (Point& point : expected) std::ranges::sort(point.values);
  EXPECT_EQ(read, expected);
  EXPECT_TRUE(notes.empty());
}

TEST(PointsFile, SaysWhatIsWrongAndWhere) {
  EXPECT_TRUE(contains(refusal(""), "p.json: is not JSON"));
  EXPECT_TRUE(contains(refusal("[{]"), "p.json: is not JSON (at byte "));
  EXPECT_TRUE(contains(refusal("\xff"), "p.json: is not JSON"));
  EXPECT_TRUE(contains(refusal("{}"), "expected a list of at least one point"));
  EXPECT_TRUE(contains(refusal("[]"), "expected a list of at least one point"));
  EXPECT_TRUE(contains(refusal("[{}, 3]"), "p.json: point 2: a point is an object"));
  EXPECT_TRUE(contains(refusal(R"([{"bin_c": "12"}])"), "point 1: `bin_c` must be a number"));
  EXPECT_TRUE(contains(refusal(R"([{"bin_c": null}])"), "point 1: `bin_c` must be a number"));
  EXPECT_TRUE(
      contains(refusal(R"([{}, {"bin_d": 1}])"),
               "point 2: pipeline `standard` has no parameter `bin_d` (did you mean `bin_c`?"));
  EXPECT_TRUE(contains(refusal(R"([{"line_h_size": 0}])"), "line_h_size = 0: allowed: integer"));
  EXPECT_TRUE(contains(refusal(R"([{"line_h_size": 1e300}])"), "allowed: integer"));
  EXPECT_TRUE(contains(refusal(R"([{"use_remove_lines": 0.5}])"), "true or false"));
}

TEST(PointsFile, IsReadFromDisk) {
  const test::TempFolder folder;
  const auto file = folder.write("points.json", R"([{"bin_c": 12}])");
  std::vector<std::string> notes;
  EXPECT_EQ(read_points(file, load_pipeline("standard"), notes).size(), 1U);
  const std::string message = test::error_of(Errc::invalid_argument, [&] {
    (void)read_points(folder.path() / "none.json", load_pipeline("standard"), notes);
  });
  EXPECT_TRUE(contains(message, "none.json"));
}

void expect_only_invalid_argument(std::string_view text) {
  try {
    (void)parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_argument);
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
  }
}

TEST(PointsFile, RandomTextsNeverCrash) {
  EXPECT_TRUE(rc::check([] { expect_only_invalid_argument(*test::any_bytes()); }));
  const std::string good = R"([{"norm_kernel": 151, "bin_c": 12.5}, {"use_remove_lines": true}])";
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    std::string text = good;
    const auto at = static_cast<std::size_t>(random.integer(0, static_cast<int>(good.size()) - 1));
    text[at] = static_cast<char>(random.integer(-128, 127));
    expect_only_invalid_argument(text);
    expect_only_invalid_argument(good.substr(0, at));
  }
  expect_only_invalid_argument(std::string(100'000, '['));
}

}  // namespace
}  // namespace ocrtune
