#pragma once

#include <string_view>
#include <vector>

namespace ocrtune {

/// A file that is part of the program (cmake/embed.cmake).
struct EmbeddedFile {
  std::string_view path;  ///< relative to its folder, with '/'
  std::string_view bytes;
};

}  // namespace ocrtune
