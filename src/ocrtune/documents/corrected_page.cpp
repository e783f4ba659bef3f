#include "ocrtune/documents/corrected_page.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <new>
#include <pugixml.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/xml.h"
#include "ocrtune/documents/readers.h"
#include "ocrtune/documents/transcript.h"

namespace ocrtune {
namespace {

using pugi::xml_node;

/// Of files that are read, but are not XML in every respect.
[[noreturn]] void refuse_change() {
  throw Error(Errc::input_unreadable, tr("its text can't be changed"));
}

std::vector<std::string> full_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) {
    std::string whole = one_line(line);
    if (!whole.empty()) lines.push_back(std::move(whole));
  }
  return lines;
}

/// The name of an element beside `node`, with its prefix.
std::string name_beside(xml_node node, const char* name) {
  const std::string_view own = node.name();
  return std::string(own.substr(0, own.size() - local_name(node).size())) + name;
}

std::vector<xml_node> children_of(xml_node node, std::string_view name) {
  std::vector<xml_node> found;
  for (const xml_node child : node.children())
    if (is_element(child, name)) found.push_back(child);
  return found;
}

void remove_children(xml_node node, std::string_view name) {
  for (const xml_node child : children_of(node, name)) node.remove_child(child);
}

/// A new TextEquiv where the schema wants it: after what states the element's place and its parts.
xml_node add_text_equiv(xml_node node) {
  xml_node before;
  for (const xml_node child : node.children()) {
    const std::string_view name = local_name(child);
    if (name == "Coords" || name == "Baseline" || name == "Word" || name == "Glyph" ||
        name == "TextLine" || name.ends_with("Region"))
      before = child;
  }
  const std::string name = name_beside(node, "TextEquiv");
  return before ? node.insert_child_after(name.c_str(), before) : node.prepend_child(name.c_str());
}

/// Sets the text of an element, whose entities are not resolved in this document.
void set_text(xml_node node, const std::string& text) {
  xml_node equiv = main_text_equiv(node);
  if (!equiv) equiv = add_text_equiv(node);
  equiv.remove_attribute("conf");
  remove_children(equiv, "PlainText");
  const std::vector<xml_node> known = children_of(equiv, "Unicode");
  xml_node unicode =
      known.empty() ? equiv.append_child(name_beside(node, "Unicode").c_str()) : known.front();
  unicode.remove_children();
  std::vector<std::string> lines = split(text, '\n');
  std::ranges::transform(lines, lines.begin(), xml_escaped);
  unicode.append_child(pugi::node_pcdata).set_value(joined(lines, "\n").c_str());
}

/// What else a word may be is not asked of one that a person has read.
void keep_main_text(xml_node word) {
  const xml_node main = main_text_equiv(word);
  for (const xml_node other : children_of(word, "TextEquiv")) {
    if (other != main) word.remove_child(other);
  }
}

void set_words(xml_node line, const std::string& text) {
  const std::vector<xml_node> words = children_of(line, "Word");
  const std::vector<std::string> texts = split(text, ' ');
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.size() != texts.size()) {
      line.remove_child(words[i]);
      continue;
    }
    remove_children(words[i], "Glyph");
    keep_main_text(words[i]);
    set_text(words[i], texts[i]);
  }
}

/// Elements by their place in the source, which is the same in two trees of it.
std::map<std::ptrdiff_t, xml_node> elements_by_place(xml_node root) {
  std::map<std::ptrdiff_t, xml_node> elements;
  for (xml_node node = root; node; node = next_inside(node, root))
    if (node.type() == pugi::node_element) elements.emplace(node.offset_debug(), node);
  return elements;
}

/// The text of regions repeats that of their lines.
void repeat_in_regions(const std::vector<xml_node>& lines,
                       const std::map<xml_node, std::string>& texts) {
  std::map<xml_node, std::vector<std::string>> regions;
  for (const xml_node line : lines)
    if (is_element(line, "TextLine")) regions[line.parent()].push_back(texts.at(line));
  for (const auto& [region, parts] : regions)
    if (main_text_equiv(region)) set_text(region, joined_texts(parts, "\n"));
}

/// Quotes in an attribute that stood in apostrophes: all are saved in quotes.
void escape_quotes(xml_node element) {
  for (pugi::xml_attribute attribute : element.attributes()) {
    const std::string_view value = attribute.value();
    if (value.find('"') == std::string_view::npos) continue;
    attribute.set_value(joined(split(value, '"'), "&quot;").c_str());
  }
}

/// The source with another root element.
std::string with_root(std::string_view source, xml_node root) {
  std::ostringstream stream;
  root.print(stream, "", pugi::format_raw | pugi::format_no_escapes, pugi::encoding_utf8);
  const auto begin = static_cast<std::size_t>(root.offset_debug()) - 1;
  const std::size_t end = source.find('>', source.rfind(std::string("</") + root.name()));
  return std::string(source.substr(0, begin)) + std::move(stream).str() +
         std::string(source.substr(end + 1));
}

}  // namespace

std::string corrected_page(std::string_view xml, std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const bool is_marked = xml.starts_with(kMark);
  if (is_marked) xml.remove_prefix(kMark.size());
  const XmlTree tree(xml);
  if (document_transcript(tree).format != TranscriptFormat::page)
    throw Error(Errc::input_unreadable, tr("is not PAGE XML"));
  const std::vector<PageLine> lines = page_lines(tree);
  const std::vector<std::string> wanted = full_lines(text);
  std::size_t count = 0;
  for (const PageLine& line : lines) count += full_lines(line.text).size();
  if (count != wanted.size()) {
    throw Error(Errc::invalid_argument,
                tr("the file has {} lines with text, and the corrected text has {}; lines can be "
                   "corrected, not added or removed",
                   count, wanted.size()));
  }
  // All as it stands in the file, with entities as they are written.
  constexpr unsigned kOptions =
      pugi::parse_pi | pugi::parse_comments | pugi::parse_cdata | pugi::parse_ws_pcdata;
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(xml.data(), xml.size(), kOptions, pugi::encoding_utf8);
  if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!parsed) refuse_change();
  const auto elements = elements_by_place(document.document_element());
  std::vector<xml_node> nodes;
  std::map<xml_node, std::string> texts;
  auto next = wanted.begin();
  for (const PageLine& line : lines) {
    const std::vector<std::string> old = full_lines(line.text);
    const std::vector<std::string> own(next, next + static_cast<std::ptrdiff_t>(old.size()));
    next += static_cast<std::ptrdiff_t>(old.size());
    const xml_node node = elements.at(line.node.offset_debug());
    nodes.push_back(node);
    texts[node] = joined_texts(own, "\n");
    if (own == old) continue;
    if (is_element(node, "TextLine")) set_words(node, texts[node]);
    set_text(node, texts[node]);
  }
  repeat_in_regions(nodes, texts);
  for (const auto& [place, element] : elements) escape_quotes(element);
  std::string result =
      std::string(is_marked ? kMark : "") + with_root(xml, document.document_element());
  if (full_lines(parse_document(result).text) != wanted) refuse_change();
  return result;
}

}  // namespace ocrtune
