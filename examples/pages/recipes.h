#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "pages/degrade.h"
#include "pages/layouts.h"

namespace ocrtune::examples {

/// How one page is made: the layout, then the degradations in this order.
struct Recipe {
  Layout layout;
  Language language;
  std::string_view family;
  double size_pt;
  double dpi;              ///< of the typeset page; LowResolution lowers it
  std::string_view label;  ///< what the page exemplifies; part of its file's name
  std::vector<Degradation> degradations;
};

/// The default set, in the order of its pages. A larger set repeats it, with other text and other
/// random numbers.
std::span<const Recipe> recipes();

}  // namespace ocrtune::examples
