#include "ocrtune/documents/outlined_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/readers.h"

namespace ocrtune {
namespace {

using pugi::xml_node;
using Outline = std::vector<Corner>;

constexpr std::size_t kMostCorners = 10'000;
constexpr std::string_view kSeparators = " ,\t\r\n\v\f";

/// A coordinate, rounded; nothing if it is none or beyond kFarthestCorner.
std::optional<std::int64_t> coordinate(std::string_view text) {
  double number = 0;
  if (!parse_number(trimmed(text), number)) return std::nullopt;
  if (std::abs(number) > static_cast<double>(kFarthestCorner)) return std::nullopt;
  return std::llround(number);
}

/// Takes the next part of a list of numbers from `text`; empty at the end.
std::string_view next_part(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
  const std::size_t size = std::min(text.find_first_of(kSeparators), text.size());
  const std::string_view part = text.substr(0, size);
  text.remove_prefix(size);
  return part;
}

/// "x,y x,y …" and "x y x y …"; nothing if there are not 3 to kMostCorners corners.
Outline polygon(std::string_view points) {
  Outline corners;
  for (std::string_view part = next_part(points); !part.empty(); part = next_part(points)) {
    const auto x = coordinate(part);
    const auto y = coordinate(next_part(points));
    if (!x || !y || corners.size() == kMostCorners) return {};
    corners.push_back({.x = *x, .y = *y});
  }
  return corners.size() < 3 ? Outline{} : corners;
}

bool has_area(const Box& box) { return box.width() > 0 && box.height() > 0; }

Outline corners_of(const Box& box) {
  if (!has_area(box)) return {};
  return {{.x = box.left, .y = box.top},
          {.x = box.right, .y = box.top},
          {.x = box.right, .y = box.bottom},
          {.x = box.left, .y = box.bottom}};
}

/// PAGE XML: Coords with `points`, or with Point elements in its first versions.
Outline page_outline(xml_node node) {
  const xml_node coords = child_of(node, "Coords");
  if (coords.attribute("points")) return polygon(coords.attribute("points").value());
  std::string points;
  for (const xml_node point : coords.children()) {
    if (!is_element(point, "Point")) continue;
    points += point.attribute("x").value();
    points += ' ';
    points += point.attribute("y").value();
    points += ' ';
  }
  return polygon(points);
}

/// ALTO: the polygon of the shape, else the box.
Outline alto_outline(xml_node node) {
  const xml_node shape = child_of(child_of(node, "Shape"), "Polygon");
  Outline outline = polygon(shape.attribute("POINTS").value());
  if (has_area(box_around(outline))) return outline;
  const auto left = coordinate(node.attribute("HPOS").value());
  const auto top = coordinate(node.attribute("VPOS").value());
  const auto width = coordinate(node.attribute("WIDTH").value());
  const auto height = coordinate(node.attribute("HEIGHT").value());
  if (!left || !top || !width || !height) return {};
  Box box{.left = *left, .top = *top, .right = *left + *width, .bottom = *top + *height};
  box.right = std::min(box.right, kFarthestCorner);
  box.bottom = std::min(box.bottom, kFarthestCorner);
  return corners_of(box);
}

/// The value of `bbox` among the properties of hOCR, which `;` separates; names of files may
/// contain it in quotes.
std::string_view bbox_of(std::string_view title) {
  constexpr std::string_view kName = "bbox";
  bool begins = true;
  bool quoted = false;
  for (std::size_t at = 0; at < title.size(); ++at) {
    const char c = title[at];
    const std::string_view rest = title.substr(at);
    if (begins && rest.starts_with(kName)) return rest.substr(kName.size(), rest.find(';') - 4);
    if (c == '"') quoted = !quoted;
    if (!quoted && c == ';') begins = true;
    if (c != ';' && kSeparators.find(c) == std::string_view::npos) begins = false;
  }
  return {};
}

Box hocr_box(xml_node node) {
  std::string_view numbers = bbox_of(node.attribute("title").value());
  std::array<std::int64_t, 4> sides{};
  for (std::int64_t& side : sides) {
    const auto number = coordinate(next_part(numbers));
    if (!number) return {};
    side = *number;
  }
  return {.left = sides[0], .top = sides[1], .right = sides[2], .bottom = sides[3]};
}

Outline hocr_outline(xml_node node) { return corners_of(hocr_box(node)); }

/// Of the line's element, else around its words.
template <typename OutlineOf>
Outline outline_of(const PageLine& line, OutlineOf outline_of_element) {
  Outline outline = outline_of_element(line.node);
  if (has_area(box_around(outline))) return outline;
  Box box;
  for (const xml_node word : line.words) {
    const Box next = box_around(outline_of_element(word));
    if (has_area(next)) box = around(box, next);
  }
  return corners_of(box);
}

std::size_t lines_in(std::string_view text) {
  std::size_t count = 0;
  for (const std::string& line : split(text, '\n')) count += trimmed(line).empty() ? 0 : 1;
  return count;
}

/// A size from the file; 0: none.
std::int64_t size_of(std::string_view text) {
  return std::max<std::int64_t>(0, coordinate(text).value_or(0));
}

void take_size(OutlinedLines& found, std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0) return;
  found.width = width;
  found.height = height;
}

template <typename Predicate>
xml_node first_below(xml_node top, Predicate predicate) {
  for (xml_node node = top; node; node = next_inside(node, top)) {
    if (predicate(node)) return node;
  }
  return {};
}

template <typename OutlineOf>
void take_lines(OutlinedLines& found, std::vector<PageLine> lines, OutlineOf outline_of_element) {
  for (PageLine& line : lines) {
    Outline outline = outline_of(line, outline_of_element);
    if (outline.empty()) {
      found.without_place += lines_in(line.text);
    } else {
      found.lines.push_back({.text = std::move(line.text), .outline = std::move(outline)});
    }
  }
}

OutlinedLines of_page(const XmlTree& tree) {
  OutlinedLines found;
  const xml_node page = child_of(tree.root(), "Page");
  take_size(found, size_of(page.attribute("imageWidth").value()),
            size_of(page.attribute("imageHeight").value()));
  // The outline of a region is not one of its line.
  take_lines(found, page_lines(tree), [](xml_node node) {
    return local_name(node).ends_with("Region") ? Outline{} : page_outline(node);
  });
  return found;
}

OutlinedLines of_alto(const XmlTree& tree) {
  OutlinedLines found;
  const auto below_root = [&](std::string_view name) {
    return first_below(tree.root(), [&](xml_node node) { return is_element(node, name); });
  };
  const xml_node page = below_root("Page");
  take_size(found, size_of(page.attribute("WIDTH").value()),
            size_of(page.attribute("HEIGHT").value()));
  const std::string unit = one_line(tree.text_in(below_root("MeasurementUnit")));
  const bool in_px = unit.empty() || lower_case(unit) == "pixel";
  // Tenths of a mm and 1200ths of an inch are px only in proportion to the page.
  const bool has_places = in_px || found.width > 0;
  take_lines(found, alto_lines(tree),
             [&](xml_node node) { return has_places ? alto_outline(node) : Outline{}; });
  return found;
}

OutlinedLines of_hocr(const XmlTree& tree) {
  OutlinedLines found;
  take_lines(found, hocr_lines(tree), hocr_outline);
  const xml_node page = first_below(tree.root(), [](xml_node node) {
    const std::string classes = one_line(node.attribute("class").value());
    return std::ranges::count(split(classes, ' '), "ocr_page") > 0;
  });
  const Box box = hocr_box(page);
  // A page that begins elsewhere is a part of the image, of which the size is not known.
  if (box.left == 0 && box.top == 0) take_size(found, box.right, box.bottom);
  return found;
}

}  // namespace

Box box_around(const std::vector<Corner>& corners) {
  if (corners.empty()) return {};
  Box box{.left = corners.front().x,
          .top = corners.front().y,
          .right = corners.front().x,
          .bottom = corners.front().y};
  for (const Corner& corner : corners) {
    box.left = std::min(box.left, corner.x);
    box.top = std::min(box.top, corner.y);
    box.right = std::max(box.right, corner.x);
    box.bottom = std::max(box.bottom, corner.y);
  }
  return box;
}

OutlinedLines outlined_lines(std::string_view document) {
  const XmlTree tree(document);
  const TranscriptFormat format = required_format(tree);
  if (format == TranscriptFormat::page) return of_page(tree);
  return format == TranscriptFormat::alto ? of_alto(tree) : of_hocr(tree);
}

}  // namespace ocrtune
