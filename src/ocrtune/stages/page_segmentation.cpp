#include <array>
#include <cstddef>

#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

/// Tesseract's numbers for the choices of `mode`.
constexpr std::array kModes{0, 3, 4, 6, 11};

}  // namespace

Stage page_segmentation() {
  return {
      .name = "page_segmentation",
      .summary = "Tells Tesseract what layout to expect.",
      .cites = {"smith2009"},
      .parameters = {category("mode", {"given", "auto", "column", "block", "sparse"},
                              "the layout; given leaves it to --psm")},
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.psm = kModes.at(static_cast<std::size_t>(settled.integer("mode")));
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
