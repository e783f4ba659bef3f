#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The image of a canvas.
struct CanvasImage {
  std::size_t number = 0;  ///< of the canvas, from 1
  std::string label;       ///< of the canvas, one line; empty: none
  std::string url;         ///< of the image, or of its image information (image_service.h)
};

/// The canvases of a IIIF manifest that have an image.
struct IiifManifest {
  std::vector<CanvasImage> images;            ///< in the order of the canvases
  std::vector<std::size_t> without_image;     ///< numbers of canvases, from 1
  std::vector<std::size_t> with_more_images;  ///< of which the first one is taken
};

/// Greatest number of canvases, depth of arrays and objects, and number of values.
inline constexpr std::size_t kMaxCanvases = 10'000;
inline constexpr int kMaxManifestDepth = 64;
inline constexpr std::ptrdiff_t kMaxManifestValues = 2'000'000;

/// Reads a manifest of the IIIF Presentation API, version 2 or 3. The image of a canvas is that of
/// its Image API service, else the one that is named itself. Throws Error(input_unreadable),
/// without a file's name, if the text is no manifest, exceeds these limits or has no canvas with an
/// image, or if a canvas names an image that is not behind an http or https URL. Thread-safe.
IiifManifest parse_iiif_manifest(std::string_view text);

}  // namespace ocrtune
