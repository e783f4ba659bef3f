#pragma once

#include <CLI/App.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/hocr.h"
#include "ocrtune/ocr/reading.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune::cli {

/// How `read` writes a page.
struct ReadFormat {
  std::string name;       ///< on the command line
  std::string extension;  ///< ".txt"
  bool document = false;  ///< a document of its own: two of them in one stream aren't one
  std::string (*text)(const Reading& reading, const PageSource& source);
};

const std::vector<ReadFormat>& all_read_formats();

/// `name` must be that of a format there is.
const ReadFormat& read_format(std::string_view name);

/// Adds --format, which sets `names`.
void add_format_option(CLI::App& command, std::vector<std::string>& names);

/// What documents say of a page that was read just now; `index` is its place in the corpus.
PageSource source_of(const Page& page, std::size_t index, Reader reader);

}  // namespace ocrtune::cli
