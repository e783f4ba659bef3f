// Pages of a PDF as files of their own.

#include "ocrtune/pdf/page.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune {
namespace {

PdfPage sample_page() {
  return {{.words = {{.text = "né",
                      .left = 1,
                      .top = 2,
                      .right = 30,
                      .bottom = 40,
                      .block = 1,
                      .paragraph = 2,
                      .line = 3,
                      .index = 4,
                      .space_before = false}},
           .width = 200,
           .height = 100},
          Facsimile{.coding = Facsimile::Coding::group4,
                    .width = 200,
                    .height = 100,
                    .channels = 1,
                    .bits = 1,
                    .palette = {},
                    .data = {std::byte{0}, std::byte{255}},
                    .dpi = {300, 150}}};
}

TEST(PdfPageBytes, AreThePage) {
  const PdfPage page = pdf_page_of(pdf_page_bytes(sample_page()));
  ASSERT_EQ(page.ocr_result.words.size(), 1U);
  const Word& word = page.ocr_result.words.front();
  EXPECT_EQ(word.text, "né");
  EXPECT_EQ(std::vector({word.left, word.top, word.right, word.bottom}),
            (std::vector{1, 2, 30, 40}));
  EXPECT_EQ(std::vector({word.block, word.paragraph, word.line, word.index}),
            (std::vector{1, 2, 3, 4}));
  EXPECT_FALSE(word.space_before);
  ASSERT_TRUE(page.image);
  EXPECT_EQ(page.image->coding, Facsimile::Coding::group4);
  EXPECT_EQ(page.image->data, sample_page().image->data);
  EXPECT_EQ(page.image->dpi.y, 150);
  EXPECT_FALSE(pdf_page_of(pdf_page_bytes({sample_page().ocr_result, std::nullopt})).image);
}

TEST(PdfPageBytes, HaveTheOrientationAndTheBackground) {
  PdfPage page = sample_page();
  page.image->orientation = 6;
  page.background = PageBackground{.image = *sample_page().image, .ink = {1, 2, 255}};
  const PdfPage again = pdf_page_of(pdf_page_bytes(page));
  EXPECT_EQ(again.image->orientation, 6);
  ASSERT_TRUE(again.background);
  EXPECT_EQ(again.background->image.data, page.background->image.data);
  EXPECT_EQ(again.background->ink, page.background->ink);
  EXPECT_FALSE(pdf_page_of(pdf_page_bytes(sample_page())).background);
}

TEST(PdfPageBytes, OfAWordThatIsNoUtf8AreReadable) {
  PdfPage page = sample_page();
  page.ocr_result.words.front().text = "a\xFF";
  EXPECT_EQ(pdf_page_of(pdf_page_bytes(page)).ocr_result.words.front().text, "a\uFFFD");
}

TEST(PdfPageBytes, ThatAreCutOffAreAnError) {
  const std::string bytes = pdf_page_bytes(sample_page());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    test::error_of(Errc::input_unreadable, [&] { (void)pdf_page_of(bytes.substr(0, size)); });
  }
}

TEST(PdfPageBytes, NestedDeeplyAreRefused) {
  // An array of one element, and so on.
  EXPECT_EQ(test::error_of(Errc::input_unreadable,
                           [] { (void)pdf_page_of(std::string(5'000'000, '\x81')); }),
            "a page's file is damaged");
}

}  // namespace
}  // namespace ocrtune
