#include "ocrtune/documents/alto_writer.h"

#include <fmt/format.h>

#include "ocrtune/base/xml.h"
#include "ocrtune/documents/confidence_share.h"
#include "ocrtune/documents/page_tree.h"

namespace ocrtune {
namespace {

std::string place(const Box& box) {
  return fmt::format(R"(HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}")", box.left, box.top,
                     box.right - box.left, box.bottom - box.top);
}

/// Writes elements with ids that count over the whole page.
class AltoWriter {
 public:
  AltoWriter(std::string& out, const PageSource& source)
      : out_(out),
        attributes_((source.turns == 0 ? "" : fmt::format(" ROTATION=\"{}\"", 90 * source.turns)) +
                    (source.language.empty()
                         ? ""
                         : fmt::format(" LANG=\"{}\"", xml_escaped(source.language))) +
                    (source.corrected ? " CS=\"true\"" : "")) {}

  void block(const BlockOfParagraphs& block) {
    out_ +=
        fmt::format("        <ComposedBlock ID=\"block_{}\" {}>\n", ++blocks_, place(block.box));
    for (const ParagraphOfLines& paragraph : block.paragraphs) {
      out_ += fmt::format("          <TextBlock ID=\"par_{}\" {}{}>\n", ++paragraphs_,
                          place(paragraph.box), attributes_);
      for (const LineOfWords& line : paragraph.lines) write_line(line);
      out_ += "          </TextBlock>\n";
    }
    out_ += "        </ComposedBlock>\n";
  }

 private:
  void write_line(const LineOfWords& line) {
    out_ += fmt::format("            <TextLine ID=\"line_{}\" {}>\n", ++lines_, place(line.box));
    const Word* before = nullptr;
    for (const Word& word : line.words) {
      if (before != nullptr && word.space_before) write_space(*before, word);
      out_ += fmt::format("              <String ID=\"string_{}\" {} WC=\"{}\" CONTENT=\"{}\"",
                          ++words_, place(box_of(word)), confidence_share(word.confidence),
                          xml_escaped(word.text));
      write_alternatives(word);
      before = &word;
    }
    out_ += "            </TextLine>\n";
  }

  void write_alternatives(const Word& word) {
    if (word.alternatives.empty()) {
      out_ += "/>\n";
      return;
    }
    out_ += ">\n";
    for (const std::string& text : word.alternatives)
      out_ += fmt::format("                <ALTERNATIVE>{}</ALTERNATIVE>\n", xml_escaped(text));
    out_ += "              </String>\n";
  }

  /// Words that overlap, or are in right-to-left order, get a space without a width.
  void write_space(const Word& before, const Word& word) {
    const int width = word.left - before.right;
    out_ += width > 0 ? fmt::format("              <SP HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\"/>\n",
                                    before.right, word.top, width)
                      : "              <SP/>\n";
  }

  std::string& out_;
  std::string attributes_;  // of blocks; the rotation is counterclockwise
  int blocks_ = 0;
  int paragraphs_ = 0;
  int lines_ = 0;
  int words_ = 0;
};

}  // namespace

std::string alto_text(const OcrResult& ocr_result, const PageSource& source) {
  std::string text = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-4.xsd" SCHEMAVERSION="4.4">
  <Description>
    <MeasurementUnit>pixel</MeasurementUnit>
    <sourceImageInformation>
      <fileName>{0}</fileName>
    </sourceImageInformation>
    <Processing ID="reading">
      <processingSoftware>
        <softwareName>{1}</softwareName>
      </processingSoftware>
    </Processing>
  </Description>
  <Layout>
    <Page ID="page_{2}" PHYSICAL_IMG_NR="{2}" WIDTH="{3}" HEIGHT="{4}">
      <PrintSpace HPOS="0" VPOS="0" WIDTH="{3}" HEIGHT="{4}">
)",
      xml_escaped(source.name), xml_escaped(source.program), source.number, ocr_result.width,
      ocr_result.height);
  AltoWriter writer(text, source);
  for (const BlockOfParagraphs& block : page_tree(ocr_result)) writer.block(block);
  return text + "      </PrintSpace>\n    </Page>\n  </Layout>\n</alto>\n";
}

}  // namespace ocrtune
