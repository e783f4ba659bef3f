#include "ocrtune/ocr/layout/verified_version.h"

#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace ocrtune::layout {

bool is_verified_version() {
  constexpr std::array<std::string_view, 3> kVersions = {"5.3.", "5.4.", "5.5."};
  static const bool kIs =
      std::any_of(kVersions.begin(), kVersions.end(), [](std::string_view verified) {
        return std::string_view(tesseract::TessBaseAPI::Version()).starts_with(verified);
      });
  return kIs;
}

}  // namespace ocrtune::layout
