#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage tesseract_invert() {
  return {
      .name = "tesseract_invert",
      .summary = "Tells Tesseract whether to try unsure lines as white on black.",
      .cites = {"smith2007"},
      .parameters = {category("invert", {"given", "on", "off"},
                              "whether lines are tried so; given leaves it, and on is usual")},
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.inversion = static_cast<Inversion>(settled.integer("invert"));
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
