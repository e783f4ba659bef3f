#include <algorithm>

#include "ocrtune/kernels/threshold/sauvola.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

namespace {

/// Least x-height in px at the finest scale.
constexpr double kMinLetter = 8;

Values resolved_sizes(const Values& parameters, double measured) {
  const double letter = x_height_or_usual(measured);
  const int reduction = std::clamp(static_cast<int>(letter / kMinLetter), 1, 3);
  Values resolved;
  resolved.set("window", odd_px(parameters.real("window"), letter / reduction));
  resolved.set("reduction", reduction);
  resolved.set("k", parameters.real("k"));
  return resolved;
}

}  // namespace

Stage binarize_multiscale() {
  return {
      .name = "binarize_multiscale",
      .summary =
          "Multiscale Sauvola: Sauvola's binarization at three scales, with larger windows for "
          "larger letters.",
      .cites = {"lazzara2014", "sauvola2000"},
      .parameters =
          {
              window_parameter({.low = 2,
                                .high = 12,
                                .initial = 6,
                                .help = "width and height of the window at the finest scale; twice "
                                        "and four times that at the others"}),
              real("k",
                   {.low = 0.05,
                    .high = 0.4,
                    .initial = 0.2,
                    .min = -1,
                    .max = 1,
                    .unit = "fraction of the mean",
                    .help = "k: by how much the threshold is lowered where the contrast is low"}),
          },
      .measure = measured_x_height,
      .resolve = resolved_sizes,
      .run =
          [](const Image& in, const Values& resolved) {
            return Image{multiscale_sauvola(in.gray,
                                            {.window = resolved.integer("window"),
                                             .reduction = resolved.integer("reduction")},
                                            resolved.real("k")),
                         in.dpi};
          },
  };
}

}  // namespace ocrtune
