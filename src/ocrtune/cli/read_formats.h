#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/hocr.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune::cli {

/// How `read` writes a page.
struct ReadFormat {
  std::string name;       ///< on the command line
  std::string extension;  ///< ".txt"
  bool document = false;  ///< a document of its own: two of them in one stream aren't one
  std::string (*text)(const Reading& reading, const PageSource& source);
};

const std::vector<ReadFormat>& all_read_formats();

std::vector<std::string> read_format_names();

/// `name` must be one of read_format_names().
const ReadFormat& read_format(std::string_view name);

}  // namespace ocrtune::cli
