#include "ocrtune/stages/line_mask.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage remove_lines() {
  return {
      .name = "remove_lines",
      .summary = "Finds long horizontal and vertical ruled lines and paints them white.",
      .cites = {"serra1982", "otsu1979"},
      .parameters =
          {
              integer("h_size", {.low = 30,
                                 .high = 70,
                                 .initial = 45,
                                 .min = 1,
                                 .max = 10000,
                                 .unit = "px",
                                 .help = "length of the horizontal element; lines shorter than "
                                         "about twice this stay"}),
              integer(
                  "v_size",
                  {.low = 40,
                   .high = 120,
                   .initial = 50,
                   .min = 1,
                   .max = 10000,
                   .unit = "px",
                   .help =
                       "length of the vertical element; lines shorter than about twice this stay"}),
              integer("dilate_iter",
                      {.low = 0,
                       .high = 4,
                       .initial = 2,
                       .min = 0,
                       .max = 50,
                       .unit = "times",
                       .help = "how often the found lines are thickened by a pixel on each side"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const cv::Mat mask = line_mask(in.gray, {.h_size = values.integer("h_size"),
                                                     .v_size = values.integer("v_size"),
                                                     .dilate_iter = values.integer("dilate_iter")});
            Image out{in.gray.clone(), in.dpi};
            out.gray.setTo(255, mask);
            return out;
          },
  };
}

}  // namespace ocrtune
