#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace ocrtune {

/// A well-formed XML text with one root element; the text must outlive it. Document types are
/// skipped: entities that one declares are refused where they are used, and no external entity is
/// ever read.
class XmlTree {
 public:
  /// Throws Error(input_unreadable), "line N: …", for a text that is not UTF-8 or not well-formed,
  /// nests deeper than 256 elements or has more than 4 million tags.
  explicit XmlTree(std::string_view text);

  [[nodiscard]] pugi::xml_node root() const { return root_; }

  /// The namespace of the root's prefix; empty if it has none.
  [[nodiscard]] std::string root_namespace() const;

  /// All text within the node, entities resolved, as UTF-8. Throws Error as the constructor for an
  /// entity that XML does not define.
  [[nodiscard]] std::string text_in(pugi::xml_node node) const;

  /// The attribute's value, entities resolved; empty if there is none. Throws as text_in.
  [[nodiscard]] std::string attribute(pugi::xml_node node, const char* name) const;

 private:
  [[nodiscard]] std::size_t line_at(std::ptrdiff_t offset) const;
  [[nodiscard]] std::string resolved(std::string_view raw, pugi::xml_node where) const;
  void take_root();

  std::string_view source_;
  pugi::xml_document document_;
  pugi::xml_node root_;
};

/// The element's name without its prefix.
std::string_view local_name(pugi::xml_node node);

/// True for an element of this name, whatever its prefix.
inline bool is_element(pugi::xml_node node, std::string_view name) {
  return local_name(node) == name;
}

/// The next node in document order that is not below `node`, within `top`; null at the end.
pugi::xml_node next_outside(pugi::xml_node node, pugi::xml_node top);

/// The next node in document order, within `top`; null at the end.
pugi::xml_node next_inside(pugi::xml_node node, pugi::xml_node top);

}  // namespace ocrtune
