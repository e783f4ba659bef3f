#include "ocrtune/documents/page_xml_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/xml.h"
#include "ocrtune/documents/confidence_share.h"
#include "ocrtune/documents/page_tree.h"
#include "ocrtune/documents/page_xml_language.h"

namespace ocrtune {
namespace {

int mean_confidence_of(std::span<const Word> words) {
  int sum = 0;
  for (const Word& word : words) sum += word.confidence;
  return words.empty() ? 0 : sum / static_cast<int>(words.size());
}

std::string line_text(const LineOfWords& line) {
  std::string text;
  for (const Word& word : line.words)
    text += (text.empty() || !word.space_before ? "" : " ") + word.text;
  return text;
}

/// Writes regions with ids that count over the whole page.
class PageXmlWriter {
 public:
  PageXmlWriter(std::string& out, const OcrResult& ocr_result)
      : out_(out), ocr_result_(ocr_result) {}

  void region(const ParagraphOfLines& paragraph) {
    out_ += fmt::format("    <TextRegion id=\"region_{}\" type=\"paragraph\"{}>\n", ++regions_,
                        runs_right_to_left(paragraph)
                            ? " readingDirection=\"right-to-left\" textLineOrder=\"top-to-bottom\""
                            : "");
    outline("      ", paragraph.box);
    std::string text;
    for (const LineOfWords& line : paragraph.lines) {
      write_line(line);
      text += (text.empty() ? "" : "\n") + xml_escaped(line_text(line));
    }
    out_ += fmt::format("      <TextEquiv><Unicode>{}</Unicode></TextEquiv>\n    </TextRegion>\n",
                        text);
  }

 private:
  /// PAGE allows no coordinates below 0, and none outside of the page.
  void outline(std::string_view indent, const Box& box) {
    const auto left = std::clamp<std::int64_t>(box.left, 0, ocr_result_.width);
    const auto right = std::clamp<std::int64_t>(box.right, 0, ocr_result_.width);
    const auto top = std::clamp<std::int64_t>(box.top, 0, ocr_result_.height);
    const auto bottom = std::clamp<std::int64_t>(box.bottom, 0, ocr_result_.height);
    out_ += fmt::format("{0}<Coords points=\"{1},{2} {3},{2} {3},{4} {1},{4}\"/>\n", indent, left,
                        top, right, bottom);
  }

  void write_line(const LineOfWords& line) {
    out_ += fmt::format("      <TextLine id=\"line_{}\">\n", ++lines_);
    outline("        ", line.box);
    for (const Word& word : line.words) write_word(word);
    out_ += fmt::format(
        "        <TextEquiv conf=\"{}\"><Unicode>{}</Unicode></TextEquiv>\n      </TextLine>\n",
        confidence_share(mean_confidence_of(line.words)), xml_escaped(line_text(line)));
  }

  void write_word(const Word& word) {
    out_ += fmt::format("        <Word id=\"word_{}\">\n", ++words_);
    outline("          ", {word.left, word.top, word.right, word.bottom});
    out_ += fmt::format("          <TextEquiv{} conf=\"{}\"><Unicode>{}</Unicode></TextEquiv>\n",
                        word.alternatives.empty() ? "" : " index=\"0\"",
                        confidence_share(word.confidence), xml_escaped(word.text));
    int index = 0;
    for (const std::string& text : word.alternatives)
      out_ += fmt::format("          <TextEquiv index=\"{}\"><Unicode>{}</Unicode></TextEquiv>\n",
                          ++index, xml_escaped(text));
    out_ += "        </Word>\n";
  }

  std::string& out_;
  const OcrResult& ocr_result_;
  int regions_ = 0;
  int lines_ = 0;
  int words_ = 0;
};

/// The clockwise rotation that makes the text upright, from -179.999 to 180.
std::string orientation_of(const PageSource& source) {
  if (source.turns == 0) return "";
  return fmt::format(" orientation=\"{}\"", source.turns == 3 ? -90 : 90 * source.turns);
}

std::string primary_language_of(const PageSource& source) {
  return source.language.empty()
             ? ""
             : fmt::format(" primaryLanguage=\"{}\"", page_xml_language(source.language));
}

/// A page without text has no reading order either: an empty group is not valid.
std::string reading_order(std::size_t regions) {
  if (regions == 0) return "";
  std::string text = "    <ReadingOrder>\n      <OrderedGroup id=\"order\">\n";
  for (std::size_t i = 0; i < regions; ++i) {
    text +=
        fmt::format("        <RegionRefIndexed index=\"{}\" regionRef=\"region_{}\"/>\n", i, i + 1);
  }
  return text + "      </OrderedGroup>\n    </ReadingOrder>\n";
}

}  // namespace

std::string page_xml_text(const OcrResult& ocr_result, const PageSource& source) {
  constexpr std::string_view kNamespace =
      "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15";
  std::vector<ParagraphOfLines> paragraphs;
  for (BlockOfParagraphs& block : page_tree(ocr_result))
    std::ranges::move(block.paragraphs, std::back_inserter(paragraphs));
  std::string text = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="{0}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{0} {0}/pagecontent.xsd">
  <Metadata>
    <Creator>{1}</Creator>
    <Created>{2}</Created>
    <LastChange>{2}</LastChange>
  </Metadata>
  <Page imageFilename="{3}" imageWidth="{4}" imageHeight="{5}"{6}{7}>
)",
      kNamespace, xml_escaped(source.program), source.created, xml_escaped(source.name),
      ocr_result.width, ocr_result.height, orientation_of(source), primary_language_of(source));
  text += reading_order(paragraphs.size());
  PageXmlWriter writer(text, ocr_result);
  for (const ParagraphOfLines& paragraph : paragraphs) writer.region(paragraph);
  return text + "  </Page>\n</PcGts>\n";
}

}  // namespace ocrtune
