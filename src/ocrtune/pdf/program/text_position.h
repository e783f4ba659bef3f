#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pdf/program/graphics_state.h"

namespace ocrtune {

/// The bytes of a string in a content stream; empty for what is none.
std::string string_bytes(std::string_view token);

/// Where the next text of a content stream is.
class TextPosition {
 public:
  /// Where text is on the page.
  struct Shown {
    std::vector<PdfBox> boxes;
    bool is_blank = true;  ///< only spaces
  };

  /// Applies an operator that moves it. False if it is another one.
  bool move(std::string_view name, const std::vector<std::string_view>& operands,
            GraphicsState& state);

  /// Applies an operator that shows strings.
  Shown show(std::string_view name, const std::vector<std::string_view>& operands,
             GraphicsState& state);

 private:
  void next_line(double x, double y);
  void add(double begin, double end, const GraphicsState& state, Shown& shown) const;

  Transform line_;
  Transform text_;
};

}  // namespace ocrtune
