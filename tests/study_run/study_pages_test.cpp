#include "ocrtune/study_run/study_pages.h"

#include <gtest/gtest.h>

#include <string>

#include "support/encoded.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::TempFolder;

cv::Mat page_of_noise(int number) {
  return test::noise(24, 20, static_cast<std::uint64_t>(number) + 1);
}

InputFile named_input(const fs::path& path) {
  return {.path = path, .name = path.filename().string()};
}

std::vector<InputFile> pages_in(const TempFolder& folder, int count) {
  std::vector<InputFile> files;
  for (int i = 0; i < count; ++i)
    files.push_back(named_input(
        folder.write(std::to_string(i) + ".png", test::encoded(page_of_noise(i), ".png"))));
  return files;
}

StudyDefinition study_of(const std::vector<InputFile>& files) {
  std::vector<Problem> problems;
  StudyDefinition definition;
  definition.pages = page_records(Corpus::load(files, {}, problems));
  return definition;
}

TEST(FilesOfStudy, AreFoundByPathOrByName) {
  const TempFolder folder;
  const std::vector<InputFile> files = pages_in(folder, 12);
  const StudyDefinition study = study_of({files[3], files[7]});
  const std::vector<InputFile> found = workflow::files_of_study(files, study).value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "3.png");
  EXPECT_EQ(found[1].name, "7.png");

  const TempFolder elsewhere;
  const std::vector<InputFile> moved = pages_in(elsewhere, 12);
  const std::vector<InputFile> again = workflow::files_of_study(moved, study).value();
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[1].path, moved[7].path);

  const std::vector<InputFile> others(files.begin(), files.begin() + 5);
  EXPECT_FALSE(workflow::files_of_study(others, study).has_value());
}

TEST(FilesOfStudy, NamePagesOfAFileWithSeveral) {
  const TempFolder folder;
  std::vector<test::TiffPage> pages;
  for (int i = 0; i < 6; ++i) pages.push_back({.pixels = page_of_noise(i)});
  InputFile book = named_input(folder.write("book.tif", test::tiff_of(pages)));
  book.pages = {1, 4};
  StudyDefinition study = study_of({book});
  book.pages.reset();
  for (PageRecord& page : study.pages) page.file = "/elsewhere/book.tif";
  const std::vector<InputFile> found = workflow::files_of_study({book}, study).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pages, (std::vector<int>{1, 4}));
}

}  // namespace
}  // namespace ocrtune
