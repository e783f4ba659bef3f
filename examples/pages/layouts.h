#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/random.h"
#include "pages/language.h"

namespace ocrtune::examples {

/// What to typeset.
struct LayoutJob {
  Language language = Language::english;
  std::string family = "Liberation Serif";
  double size_pt = 11;  ///< of the running text; 8..14 fits all layouts
  double dpi = 150;     ///< pixels per inch; also decides the size of the image
  int ordinal = 0;      ///< number of the page within its layout and language: each gets other text
};

/// A clean page and its text.
struct Typeset {
  cv::Mat gray;                   ///< 8-bit, black on white
  std::vector<std::string> rows;  ///< in reading order, left to right along each row; NFC
};

/// Each function typesets one page. The same job and state of `random` give the same bytes. All
/// throw MissingFont as Sheet does. This one: one column under headings; 432 x 576 pt.
Typeset typeset_prose(const LayoutJob& job, Random& random);
/// Labels and boxes with values typed in; 432 x 576 pt.
Typeset typeset_form(const LayoutJob& job, Random& random);
/// Five ruled columns with a total; 432 x 576 pt.
Typeset typeset_table(const LayoutJob& job, Random& random);
/// A shop's receipt; 216 pt wide, 480 pt high.
Typeset typeset_receipt(const LayoutJob& job, Random& random);

/// One of the above, by name.
struct Layout {
  std::string_view name;
  Typeset (*typeset)(const LayoutJob& job, Random& random);
};

inline constexpr Layout prose{"prose", typeset_prose};
inline constexpr Layout form{"form", typeset_form};
inline constexpr Layout table{"table", typeset_table};
inline constexpr Layout receipt{"receipt", typeset_receipt};

}  // namespace ocrtune::examples
