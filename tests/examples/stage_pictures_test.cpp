#include "pages/stage_pictures.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencv2/imgcodecs.hpp>

#include "kept_pages.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::examples {
namespace {

const std::filesystem::path kStages =
    std::filesystem::path(OCRTUNE_SOURCE_DIR) / "docs/reference/stages";

TEST(StagePictures, AreThoseThatAreMade) {
  for (const Stage& stage : all_stages()) {
    SCOPED_TRACE(stage.name);
    const cv::Mat made = stage_picture(stage);
    const std::filesystem::path file = kStages / "pictures" / (stage.name + ".png");
    const cv::Mat shown = cv::imread(file.string(), cv::IMREAD_UNCHANGED);
    ASSERT_EQ(shown.size(), made.size()) << "scripts/make_stage_pictures.sh makes it";
    ASSERT_EQ(shown.type(), made.type());
    EXPECT_LE(std::filesystem::file_size(file), 30'000U);
    if (!test::typesets_as_kept()) continue;
    // The last bits of the noise may differ a little between machines.
    EXPECT_LT(cv::norm(made, shown, cv::NORM_L1) / static_cast<double>(made.total()),
              made.channels());
  }
}

TEST(StagePictures, StandBelowTheSummaryWithTheirSettings) {
  for (const Stage& stage : all_stages()) {
    std::ifstream page(kStages / (stage.name + ".md"));
    const std::string text{std::istreambuf_iterator<char>(page), std::istreambuf_iterator<char>()};
    const std::string settings = stage_picture_settings(stage);
    const std::string image =
        fmt::format("\n\n![A page before and after it{}{}](pictures/{}.png)\n\n## What it does\n",
                    settings.empty() ? "" : ", ", settings, stage.name);
    EXPECT_NE(text.find(image), std::string::npos) << stage.name << ": " << image;
  }
}

TEST(StagePictures, ShowAChange) {
  for (const Stage& stage : all_stages()) {
    const cv::Mat picture = stage_picture(stage);
    const int width = (picture.cols - 10) / 2;
    const cv::Mat before = picture.colRange(0, width);
    const cv::Mat after = picture.colRange(picture.cols - width, picture.cols);
    EXPECT_GT(cv::norm(before, after, cv::NORM_L1) / static_cast<double>(before.total()), 0.3)
        << stage.name;
  }
}

}  // namespace
}  // namespace ocrtune::examples
