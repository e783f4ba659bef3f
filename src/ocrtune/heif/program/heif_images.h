#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <span>
#include <vector>

#include "ocrtune/image/image.h"

struct heif_context;
struct heif_image_handle;

namespace ocrtune {

/// The images of a HEIF or AVIF file that are pages. Not thread-safe.
class HeifImages {
 public:
  /// The bytes must outlive it. Throws Error(input_unreadable).
  explicit HeifImages(std::span<const std::byte> bytes);

  /// Number of images, at least 1.
  [[nodiscard]] std::size_t count() const { return images_.size(); }

  /// What a file states of an image.
  struct Size {
    int width = 0;   ///< px, upright
    int height = 0;  ///< px
    Resolution dpi;  ///< of the upright image, by its EXIF metadata
  };

  /// Without decoding it. Throws Error(input_unreadable).
  [[nodiscard]] Size size(std::size_t index) const;

  /// Image `index` with its rotation, mirroring and cropping: 8 bits, BGR, or BGRA that is not
  /// multiplied. Throws Error(input_unreadable).
  [[nodiscard]] cv::Mat decode(std::size_t index) const;

 private:
  struct FreeContext {
    void operator()(heif_context* context) const;
  };
  struct ReleaseHandle {
    void operator()(heif_image_handle* handle) const;
  };
  using Handle = std::unique_ptr<heif_image_handle, ReleaseHandle>;

  [[nodiscard]] Handle handle(std::size_t index) const;

  std::unique_ptr<heif_context, FreeContext> context_;
  std::vector<std::uint32_t> images_;  // by their numbers in the file
};

}  // namespace ocrtune
