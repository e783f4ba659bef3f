#include "pages/image_file.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <string_view>
#include <system_error>

#include "pages/errors.h"

namespace ocrtune::examples {
namespace {

void append_big_endian(Bytes& bytes, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) {
    bytes.push_back(static_cast<unsigned char>(value >> shift));
  }
}

/// PNG's chunk of pixels per metre (PNG specification, 11.3.5.3).
Bytes physical_size_chunk(double dpi) {
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
  Bytes chunk;
  append_big_endian(chunk, 9);
  for (const char c : std::string_view("pHYs")) {
    chunk.push_back(static_cast<unsigned char>(c));
  }
  append_big_endian(chunk, per_metre);
  append_big_endian(chunk, per_metre);
  chunk.push_back(1);
  const uLong crc = crc32(0, chunk.data() + 4, static_cast<uInt>(chunk.size() - 4));
  append_big_endian(chunk, static_cast<std::uint32_t>(crc));
  return chunk;
}

Bytes encode(const cv::Mat& gray, const char* extension, const std::vector<int>& options) {
  Bytes bytes;
  if (!cv::imencode(extension, gray, bytes, options)) {
    throw PagesError(fmt::format("OpenCV cannot write {} images here", extension + 1));
  }
  return bytes;
}

}  // namespace

Bytes encode_png(const cv::Mat& pixels, double dpi) {
  constexpr std::ptrdiff_t end_of_header = 33;  // signature 8, chunk IHDR 25
  Bytes bytes = encode(pixels, ".png", {cv::IMWRITE_PNG_COMPRESSION, 6});
  const Bytes chunk = physical_size_chunk(dpi);
  bytes.insert(bytes.begin() + end_of_header, chunk.begin(), chunk.end());
  return bytes;
}

Bytes encode_jpeg(const cv::Mat& gray, int quality, double dpi) {
  constexpr std::size_t units_at = 13;  // JFIF: units, then horizontal and vertical density
  Bytes bytes = encode(gray, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality});
  constexpr std::string_view marker = "JFIF";
  if (bytes.size() > units_at + 5 && std::equal(marker.begin(), marker.end(), bytes.begin() + 6)) {
    const auto density = static_cast<unsigned>(std::lround(dpi));
    const std::array<unsigned char, 2> big_endian{static_cast<unsigned char>(density >> 8U),
                                                  static_cast<unsigned char>(density)};
    bytes[units_at] = 1;  // dots per inch
    for (std::size_t i = 0; i < 4; ++i) {
      bytes[units_at + 1 + i] = big_endian[i % 2];
    }
  }
  return bytes;
}

void write_file(const std::filesystem::path& path, std::span<const unsigned char> bytes) {
  const auto temporary =
      path.parent_path() / fmt::format(".{}.{}.tmp", path.filename().string(), ::getpid());
  std::error_code problem;
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
      std::filesystem::remove(temporary, problem);
      throw PagesError(fmt::format("cannot write {}", path.string()));
    }
  }
  std::filesystem::rename(temporary, path, problem);
  if (problem) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw PagesError(fmt::format("cannot write {}: {}", path.string(), problem.message()));
  }
}

}  // namespace ocrtune::examples
