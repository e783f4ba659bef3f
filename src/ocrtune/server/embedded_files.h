#pragma once

#include <string_view>
#include <vector>

namespace ocrtune::server {

/// A file that is part of the command.
struct EmbeddedFile {
  std::string_view path;  ///< relative to its folder, with '/'
  std::string_view bytes;
};

/// The files of the page; none in a build without it.
const std::vector<EmbeddedFile>& web_files();

/// docs/stages/*.md.
const std::vector<EmbeddedFile>& stage_documents();

}  // namespace ocrtune::server
