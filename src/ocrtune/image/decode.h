#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// An opened file of one or more pages. Not thread-safe; one per thread.
class PageFile {
 public:
  virtual ~PageFile() = default;

  /// At least 1.
  [[nodiscard]] virtual int page_count() const = 0;

  /// Page `index`, from 0. Upright by the file's orientation tag; transparency laid over white;
  /// colour made gray as OpenCV's BGR2GRAY (JPEG and PNG: as cv::imread in IMREAD_GRAYSCALE does).
  /// Throws Error(input_unreadable) with what is wrong with this page; the message doesn't name the
  /// file.
  virtual Image decode(int index) = 0;

  /// The same page with its colours: 8 bits, gray or BGR, as large and as upright. Errors as
  /// decode.
  virtual cv::Mat colour(int index) = 0;
};

/// Opens PNG, JPEG, TIFF (all its pages), WebP, PNM or PDF by content. The bytes must outlive the
/// result. Throws Error(input_unreadable), without the file's name, for anything else, anything
/// damaged and anything over the limits.
std::unique_ptr<PageFile> open_pages(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
