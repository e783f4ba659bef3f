#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

/// What the dictionary of an image says of its samples.
struct SampleForm {
  std::size_t width = 0;       ///< px
  std::size_t height = 0;      ///< px
  std::size_t components = 1;  ///< of a pixel
  std::size_t bits = 8;        ///< of a sample
  bool is_indexed = false;     ///< samples are indices of a palette
  bool may_be_indexed = true;  ///< they may become indices

  [[nodiscard]] std::size_t row_bytes() const { return (width * components * bits + 7) / 8; }
  /// Of all samples.
  [[nodiscard]] std::size_t bytes() const { return row_bytes() * height; }
};

/// An image in another coding.
struct RecodedImage {
  std::string data;
  std::string filter = {};      ///< PDF's name of it
  std::string parameters = {};  ///< of the filter, as PDF writes them; empty: none
  std::size_t bits = 8;         ///< of a sample
  std::string palette = {};  ///< the samples of each index, one after the other; empty: no new one
};

/// The shortest coding of these samples that loses nothing: CCITT Group 4 if there are two colours,
/// few bits and a palette if there are few, else deflate with or without predictors. `samples` has
/// form.bytes() bytes. Throws std::bad_alloc.
RecodedImage recoded_samples(const SampleForm& form, std::string_view samples);

/// A JPEG file of the same coefficients with optimal Huffman codes; nothing if it is damaged, has
/// neither one nor three components, or not this size.
std::optional<RecodedImage> recoded_jpeg(const SampleForm& form, std::string_view jpeg);

}  // namespace ocrtune
