#pragma once

#include <vector>

#include "ocrtune/base/embedded_file.h"

namespace ocrtune {

/// The files of the web interface; none in a build without it.
const std::vector<EmbeddedFile>& web_files();

/// docs/reference/stages/*.md.
const std::vector<EmbeddedFile>& stage_documents();

/// docs/reference/ocr_settings.md.
const std::vector<EmbeddedFile>& ocr_documents();

}  // namespace ocrtune
