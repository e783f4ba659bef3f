#include "ocrtune/apply/pdf_documents.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/base/files.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

class PdfDocumentsTest : public testing::Test {
 protected:
  PdfDocumentsTest() {
    const fs::path file = folder_.path() / "book.tif";
    const cv::Mat page(10, 20, CV_8UC1, cv::Scalar(200));
    cv::imwritemulti(file.string(), std::vector<cv::Mat>{page, page});
    std::vector<Problem> problems;
    corpus_ = Corpus::load({{.path = file, .name = "book.tif"}}, {}, problems);
  }

  PdfDocuments documents() {
    return {{.folder = folder_.path() / "out",
             .dpi = {},
             .program = [](const Page&) { return std::string("a test"); }},
            corpus_};
  }

  test::TempFolder folder_;
  Corpus corpus_;
};

TEST_F(PdfDocumentsTest, APageWhoseFileIsDamagedIsOpenAgain) {
  PdfDocuments before = documents();
  const auto bytes_of = [&](std::size_t page) {
    return before.page_bytes(page, {.words = {}, .width = 20, .height = 10});
  };
  make_folder(before.page_file(0).parent_path());
  write_atomically(before.page_file(0), bytes_of(0));
  write_atomically(before.page_file(1), bytes_of(1));
  fs::resize_file(before.page_file(0), fs::file_size(before.page_file(0)) / 2);

  PdfDocuments after = documents();
  const std::vector<std::size_t> open = after.open_pages({true, true});
  EXPECT_EQ(open, std::vector<std::size_t>{0});
  EXPECT_FALSE(fs::exists(after.page_file(0)));
  after.begin(open);
  const std::string again = bytes_of(0);
  EXPECT_EQ(after.write_page(0, std::as_bytes(std::span(again)), {}), "");
  EXPECT_TRUE(fs::exists(after.file_of(0)));
  EXPECT_TRUE(documents().open_pages({true, true}).empty());
}

}  // namespace
}  // namespace ocrtune
