#include "ocrtune/corpus/canvas_names.h"

#include <fmt/format.h>

#include <string_view>

#include "ocrtune/base/text.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestLabel = 40;  // characters

bool is_kept(char32_t c) {
  const bool is_plain = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
                        (c >= U'0' && c <= U'9') || c == U'-' || c == U'+';
  return is_plain || (c >= 0x80 && is_letter(c) && !is_unusual(c));
}

void remove_ending(std::string& name, std::string_view ending) {
  if (name.ends_with(ending) && name.size() > ending.size())
    name.resize(name.size() - ending.size());
}

}  // namespace

std::string list_name(const std::filesystem::path& list) {
  if (!is_url(list.native())) {
    return list.stem().string();
  }
  std::string name = url_name(list.native());
  remove_ending(name, "_json");
  remove_ending(name, "/manifest");
  return name;
}

std::string canvas_name(std::size_t number, const std::string& label) {
  std::u32string kept;
  for (const char32_t c : code_points(label)) {
    if (is_kept(c)) {
      kept += c;
    } else if (!kept.empty() && kept.back() != U'_') {
      kept += U'_';
    }
    if (kept.size() == kLongestLabel) break;
  }
  while (kept.ends_with(U'_')) kept.pop_back();
  return kept.empty() ? fmt::format("{:04}", number) : fmt::format("{:04}-{}", number, utf8(kept));
}

}  // namespace ocrtune
