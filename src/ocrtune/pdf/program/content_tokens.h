#pragma once

#include <cstddef>
#include <string_view>

namespace ocrtune {

/// The parts of a content stream of a PDF, one after the other: operands and operators. For any
/// bytes.
class ContentTokens {
 public:
  /// The text must outlive it.
  explicit ContentTokens(std::string_view text) : text_(text) {}

  /// The next token; empty at the end.
  std::string_view next();

  /// After ID: skips the data of an inline image.
  void skip_image();

  /// The offset behind the last token.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_space();
  void skip_string();

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Whether a token is an operator, not an operand.
bool is_operator(std::string_view token);

/// Whether an operator shows strings.
bool shows_strings(std::string_view name);

}  // namespace ocrtune
