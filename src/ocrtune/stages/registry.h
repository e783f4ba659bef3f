#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage drop_colour();       ///< removes coloured stamps, lines and pen (Ruifrok & Johnston 2001)
Stage to_gray();           ///< converts the page to gray by another rule than the default
Stage perspective();       ///< crops a photographed sheet and makes it rectangular
Stage dewarp();            ///< straightens curved text lines, as on photographs of books
Stage clear_borders();     ///< paints dark borders of scans with the paper's level
Stage deskew();            ///< rotates the page until its text lines are horizontal
Stage rescale();           ///< enlarges or reduces the page by a factor
Stage rescale_x_height();  ///< scales the page until its small letters have a given height
Stage remove_lines();      ///< paints long ruled lines white
Stage inpaint_lines();     ///< fills long ruled lines from the pixels beside them (Telea 2004)
Stage remove_lines_repaired();  ///< removes ruled lines but keeps strokes that cross them
Stage normalize_division();     ///< divides the page by its own Gaussian blur
Stage subtract_background();    ///< white minus the distance from the paper (Gatos et al. 2006)
Stage divide_closing();         ///< divides the page by its closing, which fills print
Stage divide_median();          ///< divides the page by the median of its surroundings
Stage subtract_rolling_ball();  ///< subtracts the paper found by a rolling ball (Sternberg 1983)
Stage reduce_show_through();    ///< lightens strokes that show through from the other side
Stage stretch_contrast();       ///< spreads the gray levels over 0 to 255
Stage stretch_percentiles();    ///< the same between two percentiles
Stage gamma();                  ///< applies a power function to the gray levels
Stage clahe();              ///< contrast-limited adaptive histogram equalization (Zuiderveld 1994)
Stage unsharp_mask();       ///< sharpens edges by adding the difference to a Gaussian blur
Stage denoise_nlm();        ///< non-local means (Buades, Coll & Morel 2005)
Stage denoise_gaussian();   ///< smooths the page by a Gaussian
Stage denoise_bilateral();  ///< bilateral filter (Tomasi & Manduchi 1998)
Stage despeckle();          ///< removes specks that are too small to be print
Stage binarize_adaptive();  ///< a threshold by the Gaussian-weighted mean around each pixel
Stage binarize_sauvola();   ///< the mean, lowered where contrast is low (Sauvola 2000)
Stage binarize_multiscale();  ///< Sauvola's at three scales (Lazzara & Géraud 2014)
Stage binarize_isauvola();    ///< Sauvola's set low, then objects with sharp edges (Hadjadj et al.
                              ///< 2016)
Stage binarize_su();          ///< by the edges of strokes near each pixel (Su, Lu & Tan 2010)
Stage thicken();              ///< makes dark strokes thicker or thinner by fractions of a pixel
Stage invert_dark();          ///< turns light text on dark ground into dark text on light ground

/// All stages. Immutable; thread-safe.
const std::vector<Stage>& all_stages();

/// The stage of that name, or nullptr.
const Stage* find_stage(std::string_view name);

/// The stage of that name. If there is none, throws Error(pipeline_invalid) with the most similar
/// name.
const Stage& stage_named(std::string_view name);

}  // namespace ocrtune
