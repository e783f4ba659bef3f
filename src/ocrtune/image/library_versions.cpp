#include "ocrtune/image/library_versions.h"

#include <allheaders.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <openjpeg.h>
#include <tiffio.h>

#include <memory>
#include <string_view>

namespace ocrtune {
namespace {

/// The first word of a text that begins with a digit, behind "-" or a space.
std::string version_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return "";
  const std::string_view rest = text.substr(begin);
  return std::string(rest.substr(0, rest.find_first_not_of("0123456789.")));
}

}  // namespace

std::string libtiff_version() { return version_in(::TIFFGetVersion()); }

std::string libwebp_version() {
  // It is OpenCV's, which is not asked: a build of OpenCV may contain it.
  using Version = int();
  auto* const version = reinterpret_cast<Version*>(::dlsym(RTLD_DEFAULT, "WebPGetDecoderVersion"));
  if (version == nullptr) return "";
  const auto number = static_cast<unsigned>(version());
  return fmt::format("{}.{}.{}", number >> 16U, number >> 8U & 0xffU, number & 0xffU);
}

std::string openjpeg_version() { return version_in(::opj_version()); }

std::string leptonica_version() {
  char* text = ::getLeptonicaVersion();
  const std::unique_ptr<char, void (*)(void*)> owned(text, ::lept_free);
  return text == nullptr ? "" : version_in(text);
}

}  // namespace ocrtune
