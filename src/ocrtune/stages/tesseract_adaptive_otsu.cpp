#include <algorithm>

#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

constexpr int kLeastTile = 16;  // px; Tesseract enlarges smaller ones

}  // namespace

Stage tesseract_adaptive_otsu() {
  return {
      .name = "tesseract_adaptive_otsu",
      .summary = "Tells Tesseract to find lines by Otsu's threshold of each tile.",
      .cites = {"otsu1979"},
      .parameters =
          {
              real("tile", {.low = 8,
                            .high = 40,
                            .initial = 20,
                            .min = 0.1,
                            .max = 100,
                            .unit = "x-heights",
                            .help = "width and height of a tile",
                            .log = true}),
              integer("smoothing", {.low = 0,
                                    .high = 3,
                                    .initial = 1,
                                    .min = 0,
                                    .max = 10,
                                    .unit = "tiles",
                                    .help = "neighbours on each side that thresholds are averaged "
                                            "with"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            Values settled;
            settled.set("tile", std::max(kLeastTile, whole_px(parameters.real("tile"), measured)));
            settled.set("smoothing", parameters.integer("smoothing"));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.thresholding = Thresholding::adaptive_otsu;
            out.told.window = settled.integer("tile");
            out.told.smoothing = settled.integer("smoothing");
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
