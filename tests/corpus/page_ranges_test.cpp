#include "ocrtune/corpus/page_ranges.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "ocrtune/image/image.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

std::vector<std::uint64_t> numbers_of(std::string_view text, std::uint64_t most) {
  const auto ranges = PageRanges::parse(text);
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 0; ranges && number <= most; ++number) {
    if (ranges->has(number)) numbers.push_back(number);
  }
  return numbers;
}

using Numbers = std::vector<std::uint64_t>;

TEST(PageRanges, AreNumbersAndRanges) {
  EXPECT_EQ(numbers_of("3", 9), (Numbers{3}));
  EXPECT_EQ(numbers_of("2-4", 9), (Numbers{2, 3, 4}));
  EXPECT_EQ(numbers_of("8-, 2-3,3,1", 9), (Numbers{1, 2, 3, 8, 9}));
  EXPECT_EQ(PageRanges::parse("3-12,20")->last(), 20U);
  EXPECT_GT(PageRanges::parse("3-")->last(), 4'000'000'000U);
}

TEST(PageRanges, NothingElseIsOne) {
  for (const char* text : {"", ",", "0", "0-3", "-3", "4-3", "1,", "a", "1-2-3", "1..3", "+1",
                           "1 2", "99999999999999999999", "1-99999999999999999999"})
    EXPECT_FALSE(PageRanges::parse(text)) << text;
  std::string many = "1";
  for (int i = 0; i < 100'000; ++i) many += ",1";
  EXPECT_FALSE(PageRanges::parse(many));
}

TEST(PageRanges, NumberThePagesOfAllFiles) {
  const test::TempFolder folder;
  const auto damaged = folder.path() / "damaged.png";
  std::ofstream(damaged) << "no image";
  // A file that cannot be opened is a page, as is one in memory.
  std::vector<InputFile> files(4);
  files[0].path = damaged;
  files[1].image = std::make_shared<const Image>();
  files[2].pages = {2, 5, 7};
  files[3].path = folder.path() / "never_opened";
  std::uint64_t count = 0;
  const auto selected = selected_pages(files, *PageRanges::parse("2,4-5"), {}, count);
  ASSERT_EQ(selected.size(), 2U);
  EXPECT_TRUE(selected[0].image);
  EXPECT_EQ(selected[1].pages, (std::vector{5, 7}));
  EXPECT_EQ(count, 5U);
  EXPECT_TRUE(selected_pages(files, *PageRanges::parse("7"), {}, count).empty());
  EXPECT_EQ(count, 6U);
}

}  // namespace
}  // namespace ocrtune
