#include "pages/errors.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace ocrtune::examples {
namespace {

using FamilyPackage = std::pair<std::string_view, std::string_view>;

constexpr std::array<FamilyPackage, 4> packages{{
    {"Courier Prime", "fonts-courier-prime"},
    {"DejaVu", "fonts-dejavu-core"},
    {"EB Garamond", "fonts-ebgaramond"},
    {"Liberation", "fonts-liberation2"},
}};

std::string message(const std::string& family) {
  for (const auto& [prefix, package] : packages) {
    if (family.starts_with(prefix)) {
      return fmt::format("font '{}' is not installed; try: apt-get install {}", family, package);
    }
  }
  return fmt::format("font '{}' is not installed", family);
}

}  // namespace

MissingFont::MissingFont(const std::string& family) : PagesError(message(family)) {}

}  // namespace ocrtune::examples
