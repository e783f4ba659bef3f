#include <opencv2/imgproc.hpp>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage clahe() {
  return {
      .name = "clahe",
      .summary = "Contrast-limited adaptive histogram equalisation in a grid of tiles.",
      .cites = {"zuiderveld1994"},
      .parameters =
          {
              real("clip", {.low = 1,
                            .high = 5,
                            .initial = 2,
                            .min = 0,
                            .max = 100,
                            .unit = "times the mean",
                            .help = "how far one gray level may stand out in a tile's histogram; 0 "
                                    "for no limit"}),
              integer("tile", {.low = 4,
                               .high = 16,
                               .initial = 8,
                               .min = 1,
                               .max = 256,
                               .unit = "tiles a side",
                               .help = "the page is divided into tile x tile parts"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const int tiles = values.integer("tile");
            Image out{{}, in.dpi};
            cv::createCLAHE(values.real("clip"), {tiles, tiles})
                ->apply(standalone(in.gray), out.gray);
            return out;
          },
  };
}

}  // namespace ocrtune
