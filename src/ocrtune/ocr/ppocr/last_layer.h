#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::ppocr {

/// An ONNX file whose last layer is `before`, with the values of `after` in its place, which has
/// the same size: everything else stays as it is. Throws Error(dependency_missing) if the file does
/// not hold the values of `before`, as rows of floats, exactly once. Pure.
std::vector<std::byte> with_last_layer(std::vector<std::byte> onnx, const LastLayer& before,
                                       const LastLayer& after);

/// Sets an entry of the metadata of an ONNX file. `key`: up to 100 bytes. Pure.
void set_metadata(std::vector<std::byte>& onnx, std::string_view key, std::string_view value);

}  // namespace ocrtune::ppocr
