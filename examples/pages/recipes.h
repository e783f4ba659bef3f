#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "pages/degrade.h"
#include "pages/layouts.h"

namespace ocrtune::examples {

/// How one page is made: what is typeset, and what then happens to it, in this order.
struct Recipe {
  Layout layout;
  Language language;
  std::string_view family;
  double size_pt;
  double dpi;              ///< of the typeset page; LowResolution lowers it
  std::string_view label;  ///< what the page is an example of; part of its file's name
  std::vector<Degradation> degradations;
};

/// The default set, in the order of its pages. A larger set goes through it again, with other
/// text and other chance.
std::span<const Recipe> recipes();

}  // namespace ocrtune::examples
