#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace ocrtune {

/// What became of the images of a PDF.
struct ShrunkImages {
  std::size_t images = 0;   ///< number of those that are shorter
  std::uint64_t bytes = 0;  ///< by so much, in all
  std::string failure;      ///< why others were not tried; empty: all were
};

/// Codes the images of the PDF at `path`, which has been written by this process, anew where that
/// makes them shorter, without loss: two colours by CCITT Group 4, few ones with fewer bits, all
/// others by deflate with predictors, JPEG from the same coefficients. Everything else stays as it
/// is, and so do images in JPEG 2000, JBIG2 or a fax coding. The same PDF gives the same bytes.
/// Throws Error(output_unwritable).
ShrunkImages shrink_images(const std::filesystem::path& path);

}  // namespace ocrtune
