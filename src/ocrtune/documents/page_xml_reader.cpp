#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/readers.h"

namespace ocrtune {
namespace {

using pugi::xml_node;

bool is_region(xml_node node) { return local_name(node).ends_with("Region"); }

/// The number in `index`; `missing` if there is none.
long long index_of(xml_node node, long long missing) {
  long long index = 0;
  return parse_number(node.attribute("index").value(), index) ? index : missing;
}

/// Iterates over the regions of a page in reading order, each once.
class PageText {
 public:
  PageText(const XmlTree& tree, xml_node page) : tree_(tree), page_(page) {
    for (xml_node node = page; node; node = next_inside(node, page)) {
      if (is_region(node)) regions_.emplace(tree.attribute(node, "id"), node);
    }
    order_by(child_of(page, "ReadingOrder"));
    for (const std::string& id : order_) ordered_.insert(id);
  }

  /// What text() has gone through.
  [[nodiscard]] const std::vector<PageLine>& lines() const { return lines_; }

  std::string text() {
    std::vector<std::string> parts;
    for (const std::string& id : order_) {
      if (const auto region = regions_.find(id); region != regions_.end())
        parts.push_back(region_text(region->second));
    }
    for (const xml_node node : page_.children()) {
      if (is_region(node) && !is_ordered(node)) parts.push_back(region_text(node));
    }
    return joined_texts(parts, "\n\n");
  }

 private:
  /// Adds the regions that a group refers to, including nested groups, to the order.
  void order_by(xml_node group) {
    std::vector<xml_node> members(group.begin(), group.end());
    constexpr long long kLast = std::numeric_limits<long long>::max();
    std::ranges::stable_sort(members, {}, [](xml_node node) { return index_of(node, kLast); });
    for (const xml_node member : members) {
      if (member.attribute("regionRef")) order_.push_back(tree_.attribute(member, "regionRef"));
      if (local_name(member).find("Group") != std::string_view::npos) order_by(member);
    }
  }

  [[nodiscard]] bool is_ordered(xml_node region) const {
    return ordered_.contains(tree_.attribute(region, "id"));
  }

  /// The region's lines, then the regions in it that the reading order does not contain.
  std::string region_text(xml_node region) {
    if (!written_.insert(region).second) return "";
    std::vector<std::string> parts;
    for (const xml_node child : region.children()) {
      if (is_element(child, "TextLine")) parts.push_back(noted(child, line_text(child)));
    }
    std::string own = joined_texts(parts, "\n");
    bool has_regions = false;
    parts.assign(1, own);
    for (const xml_node child : region.children()) {
      if (!is_region(child)) continue;
      has_regions = true;
      if (!is_ordered(child)) parts.push_back(region_text(child));
    }
    if (own.empty() && !has_regions) return noted(region, std::string(trimmed(main_text(region))));
    return joined_texts(parts, "\n\n");
  }

  std::string noted(xml_node node, std::string text) {
    if (text.empty()) return text;
    lines_.push_back({.node = node, .text = text, .words = {}});
    if (is_region(node)) return text;
    for (const xml_node child : node.children()) {
      if (is_element(child, "Word")) lines_.back().words.push_back(child);
    }
    return text;
  }

  [[nodiscard]] std::string line_text(xml_node line) const {
    std::string text = one_line(main_text(line));
    return text.empty() ? parts_text(line, "Word", " ") : text;
  }

  /// The texts of the parts of that name; for a part without a text, those of its glyphs.
  [[nodiscard]] std::string parts_text(xml_node whole, std::string_view name,
                                       std::string_view separator) const {
    std::vector<std::string> parts;
    for (const xml_node part : whole.children()) {
      if (!is_element(part, name)) continue;
      std::string text = one_line(main_text(part));
      parts.push_back(text.empty() && name == "Word" ? parts_text(part, "Glyph", "") : text);
    }
    return joined_texts(parts, separator);
  }

  [[nodiscard]] std::string main_text(xml_node node) const {
    return tree_.text_in(child_of(main_text_equiv(node), "Unicode"));
  }

  const XmlTree& tree_;
  xml_node page_;
  std::map<std::string, xml_node> regions_;
  std::vector<std::string> order_;
  std::set<std::string> ordered_;
  std::set<xml_node> written_;
  std::vector<PageLine> lines_;
};

xml_node only_page(const XmlTree& tree) {
  std::vector<xml_node> pages;
  for (const xml_node node : tree.root().children()) {
    if (is_element(node, "Page")) pages.push_back(node);
  }
  require_one_page(pages.size(), "Page");
  return pages.front();
}

}  // namespace

xml_node child_of(xml_node node, std::string_view name) {
  return node.find_child([&](xml_node child) { return is_element(child, name); });
}

xml_node main_text_equiv(xml_node node) {
  xml_node main;
  for (const xml_node child : node.children()) {
    if (!is_element(child, "TextEquiv")) continue;
    if (!main || index_of(child, -1) < index_of(main, -1)) main = child;
  }
  return main;
}

std::vector<PageLine> page_lines(const XmlTree& tree) {
  PageText page(tree, only_page(tree));
  (void)page.text();
  return page.lines();
}

Transcript page_transcript(const XmlTree& tree) {
  return {.text = PageText(tree, only_page(tree)).text(),
          .format = TranscriptFormat::page,
          .made_by = tree.text_in(child_of(child_of(tree.root(), "Metadata"), "Creator"))};
}

}  // namespace ocrtune
