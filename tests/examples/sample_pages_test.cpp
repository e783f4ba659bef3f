#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "kept_pages.h"
#include "pages/page_set.h"

namespace ocrtune::examples {
namespace {

const std::filesystem::path kKept =
    std::filesystem::path(OCRTUNE_SOURCE_DIR) / "examples/sample_pages";

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream) << file;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

class SamplePage : public testing::TestWithParam<int> {
 protected:
  PageRequest request{.index = GetParam(), .jpeg = 60};
};

TEST_P(SamplePage, IsListedWithItsText) {
  const Page page = describe_page(request);
  EXPECT_NE(bytes_of(kKept / "manifest.csv").find("\n" + page.file + ";"), std::string::npos);
  EXPECT_GE(std::ranges::count(bytes_of(kKept / (page.stem + ".gt.txt")), '\n'), 10);
  EXPECT_LE(std::filesystem::file_size(kKept / page.file), 250'000U);
}

TEST_P(SamplePage, IsWhatIsMade) {
  if (!test::typesets_as_kept()) GTEST_SKIP() << test::typeset_otherwise();
  const Page page = make_page(request);
  EXPECT_TRUE(std::ranges::equal(page.image, bytes_of(kKept / page.file), [](auto a, char b) {
    return a == static_cast<unsigned char>(b);
  })) << "made by `make_pages examples/sample_pages --jpeg 60`";
  EXPECT_EQ(page.truth, bytes_of(kKept / (page.stem + ".gt.txt")));
}

INSTANTIATE_TEST_SUITE_P(All, SamplePage, testing::Range(0, static_cast<int>(recipes().size())));

}  // namespace
}  // namespace ocrtune::examples
