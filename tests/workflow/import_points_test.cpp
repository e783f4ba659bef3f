#include "ocrtune/workflow/import_points.h"

#include <gtest/gtest.h>

#include "ocrtune/base/files.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

using test::contains;

class ImportPoints : public testing::Test {
 protected:
  ImportOptions options_for(const std::string& text) {
    return {.results = folder_.write("r.csv", text).string(),
            .output = (folder_.path() / "points.json").string(),
            .preset = {}};
  }

  Imported import(const ImportOptions& options) {
    Events events;
    events.say = [&](const std::string& line) { said_.push_back(line); };
    return import_points(options, events);
  }

  std::string refusal(const ImportOptions& options, Errc code) {
    const std::string message = test::error_of(code, [&] { (void)import(options); });
    EXPECT_FALSE(std::filesystem::exists(options.output));
    return message;
  }

  test::TempFolder folder_;
  std::vector<std::string> said_;
};

constexpr const char* kResults =
    "point_id;score_tesseract;score_cnr;bin_c\n1;50;9;11\n2;70;8;12\n3;60;7;13\n";

TEST_F(ImportPoints, WritesPointsThatScoreReads) {
  const ImportOptions options = options_for(kResults);
  const Imported imported = import(options);
  EXPECT_EQ(imported.preset, "standard");
  EXPECT_EQ(imported.rows, 3U);
  std::vector<std::string> notes;
  EXPECT_EQ(read_points(options.output, load_pipeline("standard"), notes), imported.points);
  EXPECT_EQ(imported.points.at(0).find("bin_c"), 12);
  EXPECT_TRUE(said_.empty());
}

TEST_F(ImportPoints, TakesTheBestByTheScoreAskedFor) {
  ImportOptions options = options_for(kResults);
  options.best = 2;
  options.by = "cnr";
  const Imported imported = import(options);
  ASSERT_EQ(imported.points.size(), 2U);
  EXPECT_EQ(imported.points[0].find("bin_c"), 11);
  options.best = 100;
  EXPECT_EQ(import(options).points.size(), 3U);
}

TEST_F(ImportPoints, SaysWhatItTookOtherwise) {
  (void)import(options_for("line_h;bin_c\n45.5;12\n46;13\n"));
  ASSERT_EQ(said_.size(), 2U);
  EXPECT_TRUE(contains(said_[0], "kernel sizes are given there by their base"));
  EXPECT_TRUE(contains(said_[1], "`line_h_size`: 1 value"));
}

TEST_F(ImportPoints, RefusesWhatCannotBe) {
  ImportOptions options = options_for("bin_c\n12\n");
  options.best = 2;
  EXPECT_TRUE(contains(refusal(options, Errc::invalid_argument), "has no score `confidence`"));
  options.best = 0;
  options.by = "cnr";
  EXPECT_TRUE(refusal(options, Errc::invalid_argument).starts_with("by: "));
  options.by = "clarity";
  EXPECT_TRUE(contains(refusal(options, Errc::invalid_argument), "is not one of confidence, "));
  options = options_for("bin_c\n12\n");
  options.preset = "auto";
  EXPECT_TRUE(contains(refusal(options, Errc::invalid_argument), "is not one of standard, "));
  options.preset.clear();
  options.output = (folder_.path() / "no" / "points.json").string();
  refusal(options, Errc::output_unwritable);
}

}  // namespace
}  // namespace ocrtune::workflow
