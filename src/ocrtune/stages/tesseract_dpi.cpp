#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage tesseract_dpi() {
  return {
      .name = "tesseract_dpi",
      .summary = "Tells Tesseract the resolution of the page.",
      .cites = {"smith2009"},
      .parameters = {integer("dpi", {.low = 70,
                                     .high = 600,
                                     .initial = 150,
                                     .min = kLeastDpi,
                                     .max = kMostDpi,
                                     .unit = "dpi",
                                     .help = "70 is what Tesseract takes when it isn't told",
                                     .log = true})},
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.dpi = settled.integer("dpi");
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
