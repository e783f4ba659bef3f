// Words that are added to the pages of a PDF, whatever is in it.

#define POINTERHOLDER_TRANSITION 4

#include "ocrtune/pdf/add_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/random.h"
#include "support/errors.h"
#include "support/repetitions.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

PdfPage page_of(const std::string& text) {
  return {{.words = {{.text = text,
                      .left = 10,
                      .top = 20,
                      .right = 60,
                      .bottom = 40,
                      .block = 1,
                      .paragraph = 1,
                      .line = 1}},
           .width = 200,
           .height = 100},
          std::nullopt};
}

/// Two pages of 20 × 10 px, black and white.
std::string sample_pdf() {
  std::string bytes;
  write_searchable_pdf({.title = "sample",
                        .program = "test",
                        .count = 2,
                        .page =
                            [](std::size_t) {
                              PdfPage page = page_of("old");
                              page.image = Facsimile{.coding = Facsimile::Coding::png_rows,
                                                     .width = 200,
                                                     .height = 100,
                                                     .channels = 1,
                                                     .bits = 1,
                                                     .palette = {},
                                                     .data = {},
                                                     .dpi = {300, 300}};
                              return std::optional(page);
                            }},
                       [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

class WritePdfWithText : public testing::Test {
 protected:
  PdfWithText write(const std::string& original, const std::string& word) {
    return write_pdf_with_text(std::as_bytes(std::span(original)),
                               {.title = "",
                                .program = "",
                                .count = 2,
                                .page =
                                    [&](std::size_t index) {
                                      return index == 1 ? std::optional(page_of(word))
                                                        : std::nullopt;
                                    }},
                               path_);
  }

  std::string written() { return read_text(path_, 1'000'000); }

  test::TempFolder folder_;
  std::filesystem::path path_ = folder_.path() / "out.pdf";
};

std::string content_of(QPDF& pdf, std::size_t page) {
  std::string content;
  QPDFObjectHandle object = pdf.getAllPages().at(page);
  std::vector<QPDFObjectHandle> streams = object.getPageContents();
  for (QPDFObjectHandle& stream : streams) {
    const auto buffer = stream.getStreamData();
    content.append(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  }
  return content;
}

TEST_F(WritePdfWithText, ReplacesTextAndKeepsTheOtherPage) {
  const std::string original = sample_pdf();
  write(original, "new");
  const std::string first = written();
  QPDF before;
  before.processMemoryFile("before", original.data(), original.size());
  QPDF after;
  after.processMemoryFile("after", first.data(), first.size());
  EXPECT_EQ(content_of(after, 0), content_of(before, 0));
  const std::string content = content_of(after, 1);
  EXPECT_TRUE(test::contains(content, "/Page Do"));
  const std::size_t text = content.find("BT");
  ASSERT_NE(text, std::string::npos);
  EXPECT_EQ(content.find("BT", text + 1), std::string::npos) << "one text layer";
  write(original, "new");
  EXPECT_EQ(written(), first);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(WritePdfWithText, AnImageIsNotStretched) {
  const std::string original = sample_pdf();  // of 48 × 24 pt
  const auto matrix_of_image = [&](int width, int height, Resolution dpi) {
    PdfPage page{{.words = {}, .width = width, .height = height},
                 Facsimile{.coding = Facsimile::Coding::png_rows,
                           .width = width,
                           .height = height,
                           .channels = 1,
                           .bits = 1,
                           .palette = {},
                           .data = {},
                           .dpi = dpi}};
    write_pdf_with_text(
        std::as_bytes(std::span(original)),
        {.title = "", .program = "", .count = 2, .page = [&](std::size_t) { return page; }}, path_);
    const std::string after = written();
    QPDF pdf;
    pdf.processMemoryFile("after", after.data(), after.size());
    const std::string content = content_of(pdf, 1);
    return content.substr(0, content.find(" cm"));
  };
  EXPECT_EQ(matrix_of_image(201, 100, {}),
            "q\n0.23880597 0.00000000 0.00000000 0.24000000 0.00000000 0.00000000");
  EXPECT_EQ(matrix_of_image(100, 100, {}),
            "q\n0.24000000 0.00000000 0.00000000 0.24000000 12.00000000 0.00000000");
  EXPECT_EQ(matrix_of_image(200, 50, {}),
            "q\n0.24000000 0.00000000 0.00000000 0.24000000 0.00000000 6.00000000");
  EXPECT_EQ(matrix_of_image(200, 50, {300, 150}),
            "q\n0.24000000 0.00000000 0.00000000 0.48000000 0.00000000 0.00000000");
}

TEST_F(WritePdfWithText, OfDamagedFilesFailsInOneLine) {
  const std::string original = sample_pdf();
  Random random(1);
  for (int i = 0; i < test::repetitions(2000, 150); ++i) {
    std::string damaged = original;
    for (int change = 0; change < 1 + i % 5; ++change) {
      const std::size_t at = random.bits() % damaged.size();
      damaged[at] = static_cast<char>(random.bits() % 256);
    }
    if (i % 7 == 0) damaged.resize(random.bits() % damaged.size());
    try {
      if (why_pages_cannot_be_kept(std::as_bytes(std::span(damaged))).empty())
        write(damaged, "new");
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }
}

TEST(WhyPagesCannotBeKept, OfWhatIsNoPdf) {
  EXPECT_EQ(why_pages_cannot_be_kept(std::as_bytes(std::span("%PDF-1.4"))), "it is damaged");
  EXPECT_EQ(why_pages_cannot_be_kept(std::span<const std::byte>()), "it is damaged");
  const std::string sample = sample_pdf();
  EXPECT_EQ(why_pages_cannot_be_kept(std::as_bytes(std::span(sample))), "");
}

}  // namespace
}  // namespace ocrtune
