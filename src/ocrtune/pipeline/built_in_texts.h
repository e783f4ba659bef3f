#pragma once

#include <vector>

#include "ocrtune/base/embedded_file.h"

namespace ocrtune {

/// A Text{name, text} of each file NAME.toml, in their order. Pure.
template <typename Text>
std::vector<Text> named_texts(const std::vector<EmbeddedFile>& files) {
  std::vector<Text> texts;
  texts.reserve(files.size());
  for (const EmbeddedFile& file : files)
    texts.push_back({file.path.substr(0, file.path.rfind('.')), file.bytes});
  return texts;
}

}  // namespace ocrtune
