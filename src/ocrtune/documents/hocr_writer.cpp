#include "ocrtune/documents/hocr_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/xml.h"
#include "ocrtune/documents/page_tree.h"

namespace ocrtune {
namespace {

std::string bbox(const Box& box) {
  return fmt::format("bbox {} {} {} {}", box.left, box.top, box.right, box.bottom);
}

/// A name within the quotes of a property.
std::string property_text(std::string name) {
  std::ranges::replace(name, '"', '\'');
  std::ranges::replace(name, '\\', '/');
  return xml_escaped(name);
}

/// As a property: what reads hOCR takes all text in a word's element for its text, also that of
/// `<del class='alt'>`.
std::string alternatives_of(const Word& word) {
  std::string property;
  for (const std::string& text : word.alternatives)
    property += fmt::format(" \"{}\"", property_text(text));
  return property.empty() ? "" : "; x_alternatives" + property;
}

/// Writes elements with ids that count over the whole page.
class HocrWriter {
 public:
  HocrWriter(std::string& out, const PageSource& source)
      : out_(out),
        page_(source.number),
        textangle_(source.turns == 0 ? "" : fmt::format("; textangle {}", 90 * source.turns)) {}

  void block(const BlockOfParagraphs& block) {
    open("   <div class='ocr_carea' id='block_{}_{}' title='{}'>\n", ++blocks_, block.box);
    for (const ParagraphOfLines& paragraph : block.paragraphs) {
      open(runs_right_to_left(paragraph)
               ? "    <p class='ocr_par' id='par_{}_{}' dir='rtl' title='{}'>\n"
               : "    <p class='ocr_par' id='par_{}_{}' title='{}'>\n",
           ++paragraphs_, paragraph.box);
      for (const LineOfWords& line : paragraph.lines) write_line(line);
      out_ += "    </p>\n";
    }
    out_ += "   </div>\n";
  }

 private:
  void open(const char* form, int number, const Box& box) {
    out_ += fmt::format(fmt::runtime(form), page_, number, bbox(box));
  }

  void write_line(const LineOfWords& line) {
    out_ += fmt::format("     <span class='ocr_line' id='line_{}_{}' title='{}{}'>\n", page_,
                        ++lines_, bbox(line.box), textangle_);
    for (const Word& word : line.words) {
      // White space between words is a space of the text.
      if (&word == line.words.data())
        out_ += "      ";
      else if (word.space_before)
        out_ += "\n      ";
      out_ +=
          fmt::format("<span class='ocrx_word' id='word_{}_{}' title='{}; x_wconf {}{}'>{}</span>",
                      page_, ++words_, bbox({word.left, word.top, word.right, word.bottom}),
                      word.confidence, alternatives_of(word), xml_escaped(word.text));
    }
    out_ += "\n     </span>\n";
  }

  std::string& out_;
  int page_;
  std::string textangle_;  // counterclockwise
  int blocks_ = 0;
  int paragraphs_ = 0;
  int lines_ = 0;
  int words_ = 0;
};

}  // namespace

std::string hocr_text(const OcrResult& ocr_result, const PageSource& source) {
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
      "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
      "<html xmlns=\"http://www.w3.org/1999/xhtml\"{7}>\n"
      " <head>\n"
      "  <title>{0}</title>\n"
      "  <meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n"
      "  <meta name='ocr-system' content='{1}'/>\n"
      "  <meta name='ocr-capabilities' content='ocr_page ocr_carea ocr_par ocr_line ocrx_word "
      "ocrp_wconf'/>\n"
      " </head>\n"
      " <body>\n"
      "  <div class='ocr_page' id='page_{2}' title='image \"{3}\"; bbox 0 0 {4} {5}; ppageno "
      "{6}'>\n",
      xml_escaped(source.name), xml_escaped(source.program), source.number,
      property_text(source.name), ocr_result.width, ocr_result.height, source.number - 1,
      source.language.empty()
          ? ""
          : fmt::format(" xml:lang=\"{0}\" lang=\"{0}\"", xml_escaped(source.language)));
  HocrWriter writer(text, source);
  for (const BlockOfParagraphs& block : page_tree(ocr_result)) writer.block(block);
  return text + "  </div>\n </body>\n</html>\n";
}

}  // namespace ocrtune
