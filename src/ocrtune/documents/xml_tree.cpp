#include "ocrtune/documents/xml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr int kMaxDepth = 256;
constexpr std::ptrdiff_t kMaxTags = 4'000'000;

[[noreturn]] void refuse(const std::string& why) { throw Error(Errc::input_unreadable, why); }

bool is_character(std::uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/// The character for "#233" or "#xE9"; 0: none.
char32_t numbered(std::string_view name) {
  name.remove_prefix(1);
  const bool hex = name.starts_with('x');
  if (hex) name.remove_prefix(1);
  std::uint32_t number = 0;
  const auto [end, failure] =
      std::from_chars(name.data(), name.data() + name.size(), number, hex ? 16 : 10);
  const bool whole = failure == std::errc() && end == name.data() + name.size();
  return whole && is_character(number) ? number : 0;
}

/// The character of an entity's name; 0 if XML does not define it.
char32_t entity(std::string_view name) {
  if (name == "amp") return U'&';
  if (name == "lt") return U'<';
  if (name == "gt") return U'>';
  if (name == "quot") return U'"';
  if (name == "apos") return U'\'';
  return name.starts_with('#') ? numbered(name) : 0;
}

/// What a parser refuses, in the language of this thread: pugixml has it in English only.
std::string fault_text(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_bad_pi:
      return tr("invalid declaration or processing instruction");
    case pugi::status_bad_comment:
      return tr("invalid comment");
    case pugi::status_bad_cdata:
      return tr("invalid CDATA section");
    case pugi::status_bad_doctype:
      return tr("invalid document type declaration");
    case pugi::status_bad_pcdata:
      return tr("invalid text");
    case pugi::status_bad_start_element:
      return tr("invalid start tag");
    case pugi::status_bad_attribute:
      return tr("invalid attribute");
    case pugi::status_bad_end_element:
      return tr("invalid end tag");
    case pugi::status_end_element_mismatch:
      return tr("an end tag does not match its start tag");
    case pugi::status_unrecognized_tag:
      return tr("unknown kind of tag");
    case pugi::status_no_document_element:
      return tr("no root element");
    default:
      return tr("cannot be parsed");
  }
}

}  // namespace

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

pugi::xml_node next_outside(pugi::xml_node node, pugi::xml_node top) {
  for (; node && node != top; node = node.parent()) {
    if (node.next_sibling()) return node.next_sibling();
  }
  return {};
}

pugi::xml_node next_inside(pugi::xml_node node, pugi::xml_node top) {
  return node.first_child() ? node.first_child() : next_outside(node, top);
}

XmlTree::XmlTree(std::string_view text) : source_(text) {
  if (source_.starts_with("\xEF\xBB\xBF")) source_.remove_prefix(3);
  if (!is_utf8(source_) || source_.find('\0') != std::string_view::npos)
    refuse(tr("is not UTF-8 text"));
  if (std::ranges::count(source_, '<') > kMaxTags)
    refuse(tr("has more tags than the limit of {}", kMaxTags));
  // Entities are resolved later, when unknown ones can be distinguished from text.
  constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_eol | pugi::parse_ws_pcdata;
  const pugi::xml_parse_result result =
      document_.load_buffer(source_.data(), source_.size(), kOptions, pugi::encoding_utf8);
  if (result.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!result) {
    refuse(tr("line {}: is not well-formed XML: {}", line_at(result.offset),
              fault_text(result.status)));
  }
  take_root();
}

void XmlTree::take_root() {
  for (const pugi::xml_node& node : document_.children()) {
    if (node.type() != pugi::node_element) continue;
    if (root_) refuse(tr("line {}: has a second root element", line_at(node.offset_debug())));
    root_ = node;
  }
  int depth = 1;
  for (pugi::xml_node node = root_; node;) {
    if (depth > kMaxDepth) {
      refuse(tr("line {}: more than {} nested elements", line_at(node.offset_debug()), kMaxDepth));
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node != root_ && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    node = node == root_ ? pugi::xml_node() : node.next_sibling();
  }
}

std::string XmlTree::root_namespace() const {
  const std::string_view name = root_.name();
  const std::size_t colon = name.find(':');
  const std::string declared =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  return attribute(root_, declared.c_str());
}

std::string XmlTree::text_in(pugi::xml_node node) const {
  std::string text;
  for (pugi::xml_node at = node; at; at = next_inside(at, node)) {
    if (at.type() == pugi::node_pcdata) text += resolved(at.value(), at);
    if (at.type() == pugi::node_cdata) text += at.value();
  }
  return text;
}

std::string XmlTree::attribute(pugi::xml_node node, const char* name) const {
  return resolved(node.attribute(name).value(), node);
}

std::size_t XmlTree::line_at(std::ptrdiff_t offset) const {
  const auto end = std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(source_));
  return 1 + static_cast<std::size_t>(
                 std::ranges::count(source_.substr(0, static_cast<std::size_t>(end)), '\n'));
}

std::string XmlTree::resolved(std::string_view raw, pugi::xml_node where) const {
  std::string text;
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&')) {
    text += raw.substr(0, at);
    const std::size_t end = std::min(raw.find(';', at), raw.size());
    const std::string_view name = raw.substr(at + 1, end - at - 1);
    const char32_t character = end < raw.size() ? entity(name) : 0;
    if (character == 0) {
      refuse(
          tr("line {}: unknown entity `&{};`", line_at(where.offset_debug()), quotable(name, 40)));
    }
    text += utf8({&character, 1});
    raw.remove_prefix(end + 1);
  }
  return text.append(raw);
}

}  // namespace ocrtune
