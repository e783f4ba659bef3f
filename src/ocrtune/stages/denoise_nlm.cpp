#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// Half the width of the patches that are compared, px.
constexpr int kPatch = 3;

}  // namespace

Stage denoise_nlm() {
  return {
      .name = "denoise_nlm",
      .summary =
          "Non-local means: averages each pixel with pixels of similar neighbourhoods; the search "
          "window is smaller on clean pages.",
      .cites = {"buades2005"},
      .parameters =
          {
              real("h", {.low = 2,
                         .high = 20,
                         .initial = 9,
                         .min = 0,
                         .max = 100,
                         .unit = "gray levels",
                         .help = "filter strength h; 0 leaves the image unchanged"}),
              real("noise_threshold", {.low = 20,
                                       .high = 500,
                                       .initial = 100,
                                       .min = 0,
                                       .max = 1e6,
                                       .unit = "variance of the Laplacian",
                                       .help = "the search window is 15 px if the page is less "
                                               "noisy than this, else 21 px"}),
          },
      .measured = "noise",
      .chosen = {"search"},
      .resolve =
          [](const Values& parameters, double noise) {
            const double h = parameters.real("h");
            Values resolved;
            resolved.set("h", h);
            if (h > 0) resolved.set("search", noise < parameters.real("noise_threshold") ? 15 : 21);
            return resolved;
          },
      .over_kernels = {.measure = [](Backend& backend,
                                     const Pixels& in) { return backend.laplacian_variance(in); },
                       .run =
                           [](Backend& backend, const Pixels& in, const Values& resolved) {
                             const auto h = static_cast<float>(resolved.real("h"));
                             return h <= 0 ? in
                                           : backend.denoise_nlm(in, h, resolved.integer("search"));
                           }},
      .reach =
          [](const Values& resolved) {
            return resolved.real("h") > 0 ? resolved.integer("search") / 2 + kPatch : 0;
          },
  };
}

}  // namespace ocrtune
