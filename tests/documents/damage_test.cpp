// Damaged documents: a text or one line, never anything else.

#include <gtest/gtest.h>

#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/outlined_lines.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "ocrtune/documents/transcript.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

OcrResult sample_ocr_result() {
  OcrResult ocr_result{.width = 90, .height = 30};
  for (int i = 0; i < 6; ++i) {
    ocr_result.words.push_back({.text = "w&" + std::to_string(i),
                                .confidence = 50,
                                .right = 9,
                                .bottom = 9,
                                .block = 1 + i / 4,
                                .paragraph = 1,
                                .line = 1 + i / 2,
                                .index = 1 + i % 2});
  }
  return ocr_result;
}

std::vector<std::string> samples() {
  const PageSource source{.name = "a.png", .program = "p"};
  return {hocr_text(sample_ocr_result(), source), alto_text(sample_ocr_result(), source),
          page_xml_text(sample_ocr_result(), source),
          "<!DOCTYPE x [<!ENTITY a 'b'>]><!-- c --><p:PcGts "
          "xmlns:p='http://x/PAGE/gts/pagecontent/2019-07-15'><p:Page><p:ReadingOrder>"
          "<p:OrderedGroup><p:RegionRefIndexed index='1' regionRef='b'/><p:RegionRefIndexed "
          "index='0' regionRef='a'/></p:OrderedGroup></p:ReadingOrder><p:TextRegion id='a'>"
          "<p:TextLine><p:Word><p:TextEquiv index='0'><p:Unicode>x&#233;&amp;<![CDATA[<]]>"
          "</p:Unicode></p:TextEquiv></p:Word></p:TextLine></p:TextRegion><p:TableRegion id='b'>"
          "<p:TextRegion id='a'/></p:TableRegion></p:Page></p:PcGts>"};
}

/// True if the document is read; false if it is refused with one line.
bool is_read(const std::string& document) {
  try {
    EXPECT_TRUE(is_utf8(parse_document(document).text));
    for (const OutlinedLine& line : outlined_lines(document).lines) {
      EXPECT_FALSE(line.text.empty());
      EXPECT_GE(line.outline.size(), 3U);
    }
    return true;
  } catch (const Error& error) {
    const std::string_view message = error.what();
    EXPECT_EQ(error.code(), Errc::input_unreadable);
    EXPECT_EQ(message.find('\n'), std::string_view::npos) << message;
    EXPECT_NE(message, "");
    EXPECT_LT(message.size(), 400U);
    return false;
  }
}

std::size_t below(Random& random, std::size_t end) { return random.bits() % end; }

TEST(DocumentDamage, WholeOnesAreRead) {
  for (const std::string& sample : samples()) EXPECT_TRUE(is_read(sample));
}

TEST(DocumentDamage, CutOnesAreRefused) {
  for (const std::string& sample : samples()) {
    const std::size_t end = std::string_view(sample).find_last_of('>');
    for (std::size_t size = 0; size < end; ++size) EXPECT_FALSE(is_read(sample.substr(0, size)));
  }
}

TEST(DocumentDamage, AnyOtherDamageIsReadOrRefused) {
  Random random(7);
  const std::vector<std::string> whole = samples();
  std::size_t read = 0;
  constexpr std::size_t kCases = 30'000;
  for (std::size_t number = 0; number < kCases; ++number) {
    std::string text = whole[below(random, whole.size())];
    for (std::size_t damages = 1 + below(random, 4); damages > 0; --damages) {
      const std::size_t at = below(random, text.size());
      const std::size_t length = below(random, 40);
      const std::string piece = text.substr(below(random, text.size()), length);
      switch (below(random, 4)) {
        case 0:
          text[at] = static_cast<char>(random.bits() & 0xFF);
          break;
        case 1:
          text[at] = "<>&;'\"/=:! \0"[below(random, 12)];
          break;
        case 2:
          text.insert(at, piece);
          break;
        default:
          text.replace(at, length, piece);
      }
    }
    read += is_read(text) ? 1 : 0;
  }
  EXPECT_GT(read, kCases / 20);
  EXPECT_LT(read, kCases);
}

}  // namespace
}  // namespace ocrtune
