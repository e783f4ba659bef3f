#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/readers.h"

namespace ocrtune {
namespace {

using pugi::xml_node;

constexpr std::array<std::string_view, 6> kLineClasses{"ocr_line",   "ocrx_line",     "ocr_caption",
                                                       "ocr_header", "ocr_textfloat", "ocr_footer"};
constexpr std::array<std::string_view, 3> kParagraphClasses{"ocr_par", "ocr_carea", "ocrx_block"};

template <std::size_t N>
bool has_class(xml_node node, const std::array<std::string_view, N>& names) {
  const std::string classes = one_line(node.attribute("class").value());
  if (classes.empty()) return false;
  return std::ranges::any_of(split(classes, ' '), [&](const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  });
}

bool is_word(xml_node node) { return has_class(node, std::array{std::string_view("ocrx_word")}); }

bool is_page(xml_node node) { return has_class(node, std::array{std::string_view("ocr_page")}); }

bool is_line(xml_node node) { return has_class(node, kLineClasses); }

template <typename Predicate>
bool has_below(xml_node top, Predicate predicate) {
  for (xml_node node = top; node; node = next_inside(node, top)) {
    if (node != top && predicate(node)) return true;
  }
  return false;
}

/// Collects words into lines, and lines into paragraphs.
class Lines {
 public:
  /// `marks_spaces`: see joined_words().
  explicit Lines(bool marks_spaces) : marks_spaces_(marks_spaces) {}

  void add_word(xml_node node, const std::string& text) {
    words_.push_back({.text = one_line(text), .space_before = space_ || begins_with_space(text)});
    line_.words.push_back(node);
    space_ = ends_with_space(text);
  }

  void add_space() { space_ = true; }

  /// Ends the line; what follows is of this element, null for none.
  void start_line(xml_node node) {
    line_.text = joined_words(words_, marks_spaces_);
    if (!line_.text.empty()) lines_.push_back(std::move(line_));
    line_ = {.node = node, .text = {}, .words = {}};
    words_.clear();
    space_ = false;
  }

  /// The element that the line is of.
  [[nodiscard]] xml_node line() const { return line_.node; }

  void end_paragraph() {
    start_line(line_.node);
    paragraphs_.push_back(std::move(lines_));
    lines_.clear();
  }

  std::vector<std::vector<PageLine>> paragraphs() {
    end_paragraph();
    return std::move(paragraphs_);
  }

 private:
  bool marks_spaces_;
  bool space_ = false;
  std::vector<WordOfLine> words_;
  PageLine line_;
  std::vector<PageLine> lines_;
  std::vector<std::vector<PageLine>> paragraphs_;
};

/// True if the whole text of the element is one part of a line.
bool is_whole(xml_node node) {
  if (is_word(node)) return true;
  return is_line(node) && !has_below(node, [](xml_node n) { return is_word(n) || is_line(n); });
}

/// White space, or text between the words, which is not read.
bool is_space(xml_node node) { return node.type() == pugi::node_pcdata; }

/// Whether words before and after an element, or within it and beside it, are apart.
bool is_apart(xml_node node) {
  constexpr std::array<std::string_view, 9> kInline{"span", "a", "b",   "strong", "i",
                                                    "em",   "u", "sub", "sup"};
  return node.type() == pugi::node_element &&
         std::ranges::find(kInline, local_name(node)) == kInline.end();
}

/// Depth is bounded by the tree's limit.
void collect(const XmlTree& tree, xml_node node, Lines& lines) {
  const bool paragraph = has_class(node, kParagraphClasses);
  const bool line = is_line(node);
  if (paragraph) lines.end_paragraph();
  const xml_node outer = lines.line();
  if (line) lines.start_line(node);
  if (is_space(node) || is_apart(node)) lines.add_space();
  if (is_whole(node)) {
    lines.add_word(node, tree.text_in(node));
  } else {
    for (const xml_node child : node.children()) collect(tree, child, lines);
  }
  if (is_apart(node)) lines.add_space();
  if (line) lines.start_line(outer);
  if (paragraph) lines.end_paragraph();
}

std::string system_of(const XmlTree& tree) {
  for (xml_node node = tree.root(); node; node = next_inside(node, tree.root())) {
    if (local_name(node) == "body") break;
    if (local_name(node) == "meta" &&
        std::string_view(node.attribute("name").value()) == "ocr-system")
      return tree.attribute(node, "content");
  }
  return "";
}

xml_node page_element(const XmlTree& tree) {
  std::vector<xml_node> pages;
  for (xml_node node = tree.root(); node; node = next_inside(node, tree.root())) {
    if (is_page(node)) pages.push_back(node);
  }
  if (pages.empty())
    throw Error(Errc::input_unreadable,
                tr("is HTML, but not hOCR: no element has the class ocr_page"));
  require_one_page(pages.size(), tr("of class ocr_page"));
  return pages.front();
}

std::vector<std::vector<PageLine>> paragraphs_of(const XmlTree& tree, xml_node page,
                                                 bool marks_spaces) {
  Lines lines(marks_spaces);
  collect(tree, page, lines);
  return lines.paragraphs();
}

}  // namespace

std::vector<PageLine> hocr_lines(const XmlTree& tree) {
  return lines_of(paragraphs_of(tree, page_element(tree), writes_all_spaces(system_of(tree))));
}

Transcript hocr_transcript(const XmlTree& tree) {
  const xml_node page = page_element(tree);
  std::string made_by = system_of(tree);
  std::string text = joined_paragraphs(paragraphs_of(tree, page, writes_all_spaces(made_by)));
  if (text.empty()) text = one_line(tree.text_in(page));
  return {.text = std::move(text), .format = TranscriptFormat::hocr, .made_by = std::move(made_by)};
}

}  // namespace ocrtune
