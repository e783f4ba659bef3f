#include "ocrtune/corpus/mets.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/iiif_manifest.h"
#include "ocrtune/documents/xml_tree.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace {

constexpr std::array<std::string_view, 6> kGroups{"ocr-d-img", "max",     "original",
                                                  "master",    "default", "presentation"};
/// Groups of images that are too small to be read.
constexpr std::array<std::string_view, 4> kSmallGroups{"thumbs", "thumbnail", "min", "teaser"};

constexpr std::size_t kMostGroups = 200;

[[noreturn]] void no_mets(const std::string& why) { throw Error(Errc::input_unreadable, why); }

/// An image of the file section.
struct MetsFile {
  std::string group;
  std::vector<std::string> places;
};

class MetsReader {
 public:
  explicit MetsReader(std::string_view text) : tree_(text) {
    if (!is_element(tree_.root(), "mets") ||
        tree_.root_namespace().find("loc.gov/METS") == std::string::npos)
      no_mets(tr("is not a METS file"));
    for (pugi::xml_node node = tree_.root(); node; node = next_inside(node, tree_.root())) {
      if (is_element(node, "fileGrp"))
        take_group(node);
      else if (is_element(node, "file"))
        take_file(node);
    }
    if (files_.empty()) no_mets(tr("names no image"));
  }

  MetsPages pages(const std::string& wanted) {
    MetsPages result{.group = group_for(wanted), .pages = {}, .without_file = {}};
    const std::vector<pugi::xml_node> divisions = divisions_in_order();
    if (divisions.empty()) {
      for (const std::string& id : order_)
        if (const MetsFile& file = files_.at(id); file.group == result.group)
          result.pages.push_back(
              {.number = result.pages.size() + 1, .label = "", .places = file.places});
    }
    for (std::size_t i = 0; i < divisions.size(); ++i) {
      const MetsFile* file = file_of(divisions[i], result.group);
      if (file == nullptr)
        result.without_file.push_back(i + 1);
      else
        result.pages.push_back(
            {.number = i + 1, .label = label_of_division(divisions[i]), .places = file->places});
    }
    if (result.pages.size() > kMaxCanvases)
      no_mets(tr("has {} pages, the limit is {}", result.pages.size(), kMaxCanvases));
    if (result.pages.empty())
      no_mets(tr("no page has an image in the group {}", quotable(result.group, 60)));
    return result;
  }

 private:
  /// The attribute's value, whatever its prefix.
  [[nodiscard]] std::string value(pugi::xml_node node, std::string_view name) const {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view whole = attribute.name();
      if (whole.substr(whole.find(':') + 1) == name) return tree_.attribute(node, attribute.name());
    }
    return "";
  }

  /// Groups come before the files in them.
  void take_group(pugi::xml_node node) {
    if (uses_.size() == kMaxCanvases)
      no_mets(tr("has more groups of files than the limit of {}", kMaxCanvases));
    std::string use = value(node, "USE");
    uses_[node] = use.empty() ? use_of(node.parent()) : std::move(use);
  }

  [[nodiscard]] std::string use_of(pugi::xml_node group) const {
    const auto known = uses_.find(group);
    return known == uses_.end() ? "" : known->second;
  }

  void take_file(pugi::xml_node node) {
    MetsFile file{.group = value(node, "USE"), .places = {}};
    if (file.group.empty()) file.group = use_of(node.parent());
    for (const pugi::xml_node& place : node.children()) {
      if (!is_element(place, "FLocat")) continue;
      if (std::string href = value(place, "href"); !href.empty())
        file.places.push_back(std::move(href));
    }
    if (file.places.empty()) return;
    const std::string type = lower_case(value(node, "MIMETYPE"));
    const std::filesystem::path name(file.places.front());
    const bool is_image =
        type.empty() ? is_page_extension(name.extension().string()) : type.starts_with("image/");
    std::string id = value(node, "ID");
    if (!is_image || id.empty()) return;
    if (std::ranges::find(groups_, file.group) == groups_.end()) {
      if (groups_.size() == kMostGroups)
        no_mets(tr("has more groups of images than the limit of {}", kMostGroups));
      groups_.push_back(file.group);
    }
    if (files_.emplace(id, std::move(file)).second) order_.push_back(std::move(id));
  }

  [[nodiscard]] std::string group_for(const std::string& wanted) const {
    const auto found = [&](std::string_view name) {
      return std::ranges::find_if(
          groups_, [&](const std::string& group) { return lower_case(group) == lower_case(name); });
    };
    if (!wanted.empty()) {
      const auto exact = std::ranges::find(groups_, wanted);
      if (exact != groups_.end()) return *exact;
      if (found(wanted) != groups_.end()) return *found(wanted);
      no_mets(tr("has no group of images {}; its groups: {}", quotable(wanted, 60), group_names()));
    }
    for (const std::string_view name : kGroups)
      if (found(name) != groups_.end()) return *found(name);
    std::vector<std::string> others = groups_;
    if (others.size() > 1)
      std::erase_if(others, [](const std::string& group) {
        return std::ranges::find(kSmallGroups, lower_case(group)) != kSmallGroups.end();
      });
    if (others.size() == 1) return others.front();
    no_mets(tr("has several groups of images; name one of them, as METS#GROUP: {}", group_names()));
  }

  [[nodiscard]] std::string group_names() const { return quotable(joined(groups_), 200); }

  /// The pages of the physical structure.
  [[nodiscard]] std::vector<pugi::xml_node> divisions_in_order() const {
    std::vector<std::pair<long long, pugi::xml_node>> numbered;
    bool has_order = true;
    for (const pugi::xml_node& map : tree_.root().children()) {
      if (!is_element(map, "structMap") || lower_case(value(map, "TYPE")) != "physical") continue;
      for (pugi::xml_node node = map; node;) {
        const bool is_page = is_page_division(node);
        if (is_page) {
          long long order = 0;
          has_order = parse_number(value(node, "ORDER"), order) && has_order;
          numbered.emplace_back(order, node);
        }
        node = is_page ? next_outside(node, map) : next_inside(node, map);
      }
      if (!numbered.empty()) break;
    }
    if (has_order)
      std::ranges::stable_sort(numbered, {}, &std::pair<long long, pugi::xml_node>::first);
    std::vector<pugi::xml_node> divisions;
    divisions.reserve(numbered.size());
    for (const auto& [order, node] : numbered) divisions.push_back(node);
    return divisions;
  }

  /// One that is called a page, or has files and no parts: the whole has files too, such as a PDF.
  [[nodiscard]] bool is_page_division(pugi::xml_node node) const {
    if (!is_element(node, "div")) return false;
    if (lower_case(value(node, "TYPE")) == "page") return true;
    bool has_files = false;
    for (const pugi::xml_node& child : node.children()) {
      if (is_element(child, "div")) return false;
      has_files |= is_element(child, "fptr");
    }
    return has_files;
  }

  /// The first image of a page in the group; null if there is none.
  [[nodiscard]] const MetsFile* file_of(pugi::xml_node division, const std::string& group) const {
    for (pugi::xml_node node = division; node; node = next_inside(node, division)) {
      if (!is_element(node, "fptr") && !is_element(node, "area")) continue;
      const auto found = files_.find(value(node, "FILEID"));
      if (found != files_.end() && found->second.group == group) return &found->second;
    }
    return nullptr;
  }

  [[nodiscard]] std::string label_of_division(pugi::xml_node division) const {
    std::string label = value(division, "ORDERLABEL");
    if (trimmed(label).empty()) label = value(division, "LABEL");
    return quotable(trimmed(label), 100);
  }

  XmlTree tree_;
  std::map<std::string, MetsFile> files_;       ///< by ID
  std::vector<std::string> order_;              ///< IDs as they stand there
  std::vector<std::string> groups_;             ///< of images
  std::map<pugi::xml_node, std::string> uses_;  ///< of groups; the innermost that is stated
};

}  // namespace

MetsPages parse_mets(std::string_view text, const std::string& group) {
  return MetsReader(text).pages(group);
}

}  // namespace ocrtune
