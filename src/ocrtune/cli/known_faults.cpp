#include "ocrtune/cli/known_faults.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string_view>
#include <system_error>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/heif/heif_file.h"
#include "ocrtune/image/library_versions.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pdf/library_versions.h"

namespace ocrtune::cli {
namespace fs = std::filesystem;
namespace {

struct Fault {
  std::string_view library;
  std::string_view advisory;
  std::string_view corrected;  ///< the first version without it
  std::string_view package;    ///< of Debian, without the number of the interface at its end
};

/// Only faults of a library itself that opening or rendering a file reaches.
constexpr std::array<Fault, 4> kFaults{{
    // Heap overflow when lossless data is decoded.
    {"libwebp", "CVE-2023-4863", "1.3.2", "libwebp"},
    // Write to any address when an image with a large height is read as RGBA.
    {"libtiff", "CVE-2025-9900", "4.7.1", "libtiff"},
    // Out-of-bounds read in JBIG2 images.
    {"poppler", "CVE-2025-32365", "25.04.0", "libpoppler"},
    // Use after free, as a counter of references overflows.
    {"poppler", "CVE-2025-52886", "25.06.0", "libpoppler"},
}};

std::vector<long long> numbers_of(std::string_view version) {
  std::vector<long long> numbers;
  for (const std::string& part : split(version, '.')) {
    long long number = 0;
    if (!parse_number(part, number)) break;
    numbers.push_back(number);
  }
  return numbers;
}

/// Of a package's changelog, compressed or not; empty if it cannot be read.
std::string changelog_text(const fs::path& file) {
  constexpr std::size_t kMost = 4'000'000;
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> opened(::gzopen(file.c_str(), "rbe"), ::gzclose);
  if (!opened) return "";
  std::string text(kMost, '\0');
  const int got = ::gzread(opened.get(), text.data(), static_cast<unsigned>(text.size()));
  text.resize(static_cast<std::size_t>(std::max(got, 0)));
  return text;
}

/// True if an installed package with this fault's library says that it has been corrected.
bool is_corrected(const Fault& fault, const fs::path& packages) {
  std::error_code failure;
  fs::directory_iterator it(packages, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(fault.package) || name.size() == fault.package.size() ||
        std::isdigit(static_cast<unsigned char>(name[fault.package.size()])) == 0)
      continue;
    const std::string text = changelog_text(it->path() / "changelog.Debian.gz");
    // Not CVE-2023-48631.
    const std::size_t at = text.find(fault.advisory);
    const std::size_t end = at == std::string::npos ? at : at + fault.advisory.size();
    if (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) == 0) return true;
  }
  return false;
}

}  // namespace

std::vector<ParserLibrary> parser_libraries(std::vector<std::string>& missing) {
  const auto unless_missing = [&](const auto& ask) {
    try {
      return ask();
    } catch (const Error& error) {
      missing.emplace_back(error.what());
      return decltype(ask())();
    }
  };
  const PdfLibraryVersions pdf = unless_missing(pdf_library_versions);
  const std::string libheif = unless_missing(libheif_version);
  return {{"poppler", pdf.poppler},
          {"qpdf", pdf.qpdf},
          {"libheif", libheif},
          {"libtiff", libtiff_version()},
          {"libwebp", libwebp_version()},
          {"OpenJPEG", openjpeg_version()},
          {"Tesseract", tesseract_version()},
          {"Leptonica", leptonica_version()}};
}

std::vector<std::string> known_faults(const std::vector<ParserLibrary>& libraries,
                                      const fs::path& packages) {
  std::vector<std::string> lines;
  for (const auto& [name, version] : libraries) {
    for (const Fault& fault : kFaults) {
      if (fault.library != name || version.empty() ||
          numbers_of(version) >= numbers_of(fault.corrected) || is_corrected(fault, packages))
        continue;
      lines.push_back(
          tr("{} {}: a file from outside may crash it, or worse ({}, corrected in {}), "
             "unless your distribution has corrected it; update it: apt upgrade",
             name, version, fault.advisory, fault.corrected));
    }
  }
  return lines;
}

}  // namespace ocrtune::cli
