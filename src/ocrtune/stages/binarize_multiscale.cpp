#include <algorithm>

#include "ocrtune/kernels/sauvola.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

namespace {

/// Small letters keep so many px or more at the finest scale.
constexpr double kLeastLetter = 8;

Values settled_sizes(const Values& parameters, double measured) {
  const double letter = x_height_or_usual(measured);
  const int reduction = std::clamp(static_cast<int>(letter / kLeastLetter), 1, 3);
  Values settled;
  settled.set("window", odd_px(parameters.real("window"), letter / reduction));
  settled.set("reduction", reduction);
  settled.set("k", parameters.real("k"));
  return settled;
}

}  // namespace

Stage binarize_multiscale() {
  return {
      .name = "binarize_multiscale",
      .summary =
          "Sauvola's threshold at three scales: a large window for large letters, a small "
          "one for small ones.",
      .cites = {"lazzara2014", "sauvola2000"},
      .parameters =
          {
              window_parameter({.low = 2,
                                .high = 12,
                                .initial = 6,
                                .help = "width and height of the surroundings at the finest scale; "
                                        "twice and four times that at the others"}),
              real("k", {.low = 0.05,
                         .high = 0.4,
                         .initial = 0.2,
                         .min = -1,
                         .max = 1,
                         .unit = "share of the mean",
                         .help = "how far the threshold is lowered on even ground"}),
          },
      .measure = measured_x_height,
      .settle = settled_sizes,
      .run =
          [](const Image& in, const Values& settled) {
            return Image{multiscale_sauvola(in.gray,
                                            {.window = settled.integer("window"),
                                             .reduction = settled.integer("reduction")},
                                            settled.real("k")),
                         in.dpi};
          },
  };
}

}  // namespace ocrtune
