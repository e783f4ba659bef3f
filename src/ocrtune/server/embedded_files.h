#pragma once

#include <vector>

#include "ocrtune/base/embedded_file.h"

namespace ocrtune {

/// The files of the web interface; none in a build without it.
const std::vector<EmbeddedFile>& web_files();

/// reference/stages/*.md and reference/ocr_settings.md of docs/.
const std::vector<EmbeddedFile>& documents();

/// The same in French.
const std::vector<EmbeddedFile>& french_documents();

}  // namespace ocrtune
