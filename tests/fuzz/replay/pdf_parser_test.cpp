// PDF files that end a library which parses them (tests/fuzz/found/pdf_parser): that happens in a
// process of its own.

#include <gtest/gtest.h>

#include <filesystem>

#include "fuzz/targets/target.h"
#include "ocrtune/base/files.h"
#include "ocrtune/pdf/render.h"

namespace ocrtune::fuzz {
namespace {
namespace fs = std::filesystem;

TEST(PdfParser, EndsWithAnErrorOnWhatWasFound) {
  const fs::path folder = fs::path(OCRTUNE_SOURCE_DIR) / "tests/fuzz/found/pdf_parser";
  if (!fs::exists(folder)) GTEST_SKIP() << "nothing was found";
  const DecodeLimits limits{.max_side = 2000, .max_pixels = 100'000, .max_pages = 3};
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::vector<std::byte> bytes = read_input_bytes(file.path(), 1'000'000);
    is_taken({Errc::input_unreadable}, [&] { (void)open_pdf(bytes, limits)->decode(0); });
  }
}

}  // namespace
}  // namespace ocrtune::fuzz
