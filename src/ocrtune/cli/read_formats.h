#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/hocr.h"
#include "ocrtune/ocr/reading.h"
#include "ocrtune/ocr/recognizer.h"

namespace CLI {
class App;
}

namespace ocrtune::cli {

/// How `read` writes a page.
struct ReadFormat {
  std::string name;       ///< on the command line
  std::string extension;  ///< ".txt"
  bool document = false;  ///< a document of its own: two of them in one stream aren't one
  bool binary = false;    ///< nothing for a terminal
  std::string (*text)(const Reading& reading, const PageSource& source);
};

const std::vector<ReadFormat>& all_read_formats();

/// `name` must be that of a format there is.
const ReadFormat& read_format(std::string_view name);

/// Adds --format, which sets `names`.
void add_format_option(CLI::App& command, std::vector<std::string>& names);

/// What documents say and show of a page of `corpus` that was read just now. `corpus` must outlive
/// the result.
PageSource source_of(const Corpus& corpus, std::size_t index, Reader reader);

}  // namespace ocrtune::cli
