#include <algorithm>
#include <array>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/readers.h"

namespace ocrtune {
namespace {

using pugi::xml_node;

/// The visible hyphen at a line's end; a soft hyphen is printed there too.
std::string hyphen_text(const XmlTree& tree, xml_node hyphen) {
  std::string mark = one_line(tree.attribute(hyphen, "CONTENT"));
  return mark.empty() || mark == "\xC2\xAD" ? "-" : mark;
}

PageLine read_line(const XmlTree& tree, xml_node line, bool marks_spaces) {
  std::vector<WordOfLine> words;
  std::vector<xml_node> strings;
  bool space = false;
  for (const xml_node node : line.children()) {
    if (is_element(node, "String")) {
      const std::string content = tree.attribute(node, "CONTENT");
      words.push_back(
          {.text = one_line(content), .space_before = space || begins_with_space(content)});
      strings.push_back(node);
      space = ends_with_space(content);
    } else if (is_element(node, "SP")) {
      space = true;
    } else if (is_element(node, "HYP")) {
      const std::string mark = hyphen_text(tree, node);
      if (words.empty()) words.emplace_back();
      if (!words.back().text.ends_with(mark)) words.back().text += mark;
    }
  }
  return {.node = line, .text = joined_words(words, marks_spaces), .words = std::move(strings)};
}

/// The blocks of a part of the page, including those in composed blocks.
void add_blocks(const XmlTree& tree, xml_node part, bool marks_spaces,
                std::vector<std::vector<PageLine>>& blocks) {
  for (xml_node node = part; node;) {
    if (!is_element(node, "TextBlock")) {
      node = next_inside(node, part);
      continue;
    }
    std::vector<PageLine> lines;
    for (const xml_node child : node.children()) {
      if (!is_element(child, "TextLine")) continue;
      PageLine line = read_line(tree, child, marks_spaces);
      if (!line.text.empty()) lines.push_back(std::move(line));
    }
    blocks.push_back(std::move(lines));
    node = next_outside(node, part);
  }
}

/// Margins precede in the file what they surround; the text is ordered from top to bottom.
std::size_t place_of(xml_node part) {
  constexpr std::array<std::string_view, 5> kOrder{"TopMargin", "LeftMargin", "PrintSpace",
                                                   "RightMargin", "BottomMargin"};
  return static_cast<std::size_t>(std::ranges::find(kOrder, local_name(part)) - kOrder.begin());
}

/// The programs named in the description.
std::string programs(const XmlTree& tree) {
  std::vector<std::string> names;
  for (xml_node node = tree.root(); node; node = next_inside(node, tree.root())) {
    if (is_element(node, "Layout")) break;
    if (is_element(node, "softwareName") || is_element(node, "softwareCreator"))
      names.push_back(one_line(tree.text_in(node)));
  }
  return joined_texts(names, ", ");
}

std::vector<std::vector<PageLine>> blocks_of(const XmlTree& tree, bool marks_spaces) {
  std::vector<xml_node> pages;
  for (xml_node node = tree.root(); node;) {
    const bool page = is_element(node, "Page");
    if (page) pages.push_back(node);
    node = page ? next_outside(node, tree.root()) : next_inside(node, tree.root());
  }
  require_one_page(pages.size(), "Page");
  std::vector<xml_node> parts(pages.front().begin(), pages.front().end());
  std::ranges::stable_sort(parts, {}, place_of);
  std::vector<std::vector<PageLine>> blocks;
  for (const xml_node part : parts) add_blocks(tree, part, marks_spaces, blocks);
  return blocks;
}

}  // namespace

std::vector<PageLine> alto_lines(const XmlTree& tree) {
  return lines_of(blocks_of(tree, writes_all_spaces(programs(tree))));
}

Transcript alto_transcript(const XmlTree& tree) {
  std::string made_by = programs(tree);
  std::string text = joined_paragraphs(blocks_of(tree, writes_all_spaces(made_by)));
  return {.text = std::move(text), .format = TranscriptFormat::alto, .made_by = std::move(made_by)};
}

}  // namespace ocrtune
