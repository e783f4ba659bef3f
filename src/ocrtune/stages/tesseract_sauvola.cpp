#include <algorithm>

#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

constexpr int kLeastWindow = 7;  // px; Tesseract enlarges smaller ones

}  // namespace

Stage tesseract_sauvola() {
  return {
      .name = "tesseract_sauvola",
      .summary = "Tells Tesseract to find lines by Sauvola's local threshold.",
      .cites = {"sauvola2000", "shafait2008"},
      .parameters =
          {
              window_parameter({.low = 2, .high = 20, .initial = 8}),
              real("k", {.low = 0.1,
                         .high = 0.5,
                         .initial = 0.34,
                         .min = 0,
                         .max = 1,
                         .unit = "share of the mean",
                         .help = "how far the threshold is lowered on even ground"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            Values settled = with_window_in_px(parameters, measured);
            settled.set("window", std::max(kLeastWindow, settled.integer("window")));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.thresholding = Thresholding::sauvola;
            out.told.window = settled.integer("window");
            out.told.k = settled.real("k");
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
