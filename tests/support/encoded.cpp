#include "support/encoded.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <stdexcept>

#include "support/temp_folder.h"

namespace ocrtune::test {
namespace {

std::string png_chunk(const std::string& name, const std::string& content) {
  const std::string checked = name + content;
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
  return big_endian(static_cast<std::uint32_t>(content.size()), 4) + checked +
         big_endian(static_cast<std::uint32_t>(crc), 4);
}

}  // namespace

Bytes bytes_of(std::string_view text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

Bytes encoded(const cv::Mat& image, const std::string& extension,
              const std::vector<int>& parameters) {
  std::vector<uchar> buffer;
  if (!cv::imencode(extension, image, buffer, parameters)) throw std::runtime_error(extension);
  return bytes_of({reinterpret_cast<const char*>(buffer.data()), buffer.size()});
}

cv::Mat read_by_opencv(const Bytes& bytes, const std::string& extension) {
  const TempFolder folder;
  return cv::imread(folder.write("image" + extension, bytes).string(), cv::IMREAD_GRAYSCALE);
}

std::string big_endian(std::uint32_t value, int length) {
  std::string text;
  for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
    text += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
  }
  return text;
}

Bytes png_of(const PngParts& parts) {
  std::string file = "\x89PNG\r\n\x1a\n";
  file += png_chunk("IHDR", big_endian(parts.width, 4) + big_endian(parts.height, 4) +
                                static_cast<char>(parts.bits) +
                                static_cast<char>(parts.colour_type) + std::string(3, '\0'));
  for (const auto& [name, content] : parts.chunks) file += png_chunk(name, content);
  std::string filtered;
  const std::size_t stride = parts.height == 0 ? 0 : parts.rows.size() / parts.height;
  for (std::size_t at = 0; at < parts.rows.size(); at += stride) {
    filtered += '\0' + parts.rows.substr(at, stride);
  }
  std::string packed(compressBound(filtered.size()), '\0');
  uLongf size = packed.size();
  compress(reinterpret_cast<Bytef*>(packed.data()), &size,
           reinterpret_cast<const Bytef*>(filtered.data()), filtered.size());
  packed.resize(size);
  return bytes_of(file + png_chunk("IDAT", packed) + png_chunk("IEND", ""));
}

Bytes pdf_file(const std::vector<std::string>& objects) {
  std::string file = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", file.size());
    file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = file.size();
  return bytes_of(fmt::format("{}{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
                              file, table, objects.size() + 1, start));
}

Bytes pdf_of(int pages, const std::string& rgb) {
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>"};
  std::string kids;
  for (int i = 0; i < pages; ++i) kids += fmt::format("{} 0 R ", 4 + i);
  objects.push_back(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages));
  const std::string drawing = rgb + " rg 18 18 36 36 re f ";
  objects.push_back(
      fmt::format("<< /Length {} >>\nstream\n{}\nendstream", drawing.size(), drawing));
  for (int i = 0; i < pages; ++i) {
    objects.emplace_back(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 144 72] /Contents 3 0 R /Resources << >> >>");
  }
  return pdf_file(objects);
}

Bytes pdf_of_scan(const cv::Mat& gray, const ScanPlacing& placing) {
  const double width = gray.cols * 72 / placing.dpi_x;
  const double height = gray.rows * 72 / placing.dpi_y;
  std::string drawing = fmt::format("q {:.6f} 0 0 {:.6f} 0 0 cm /Scan Do Q ", width, height);
  if (!placing.font.empty()) drawing += "BT /F 10 Tf 5 5 Td (a line) Tj ET ";
  std::string pixels;
  for (int y = 0; y < gray.rows; ++y)
    pixels.append(gray.ptr<char>(y), static_cast<std::size_t>(gray.cols));
  return pdf_file(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.6f} {:.6f}] /Rotate {} "
                   "/Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> "
                   "/Font << /F 6 0 R >> >> >>",
                   width * placing.paper, height * placing.paper, placing.rotate),
       fmt::format("<< /Length {} >>\nstream\n{}\nendstream", drawing.size(), drawing),
       fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 8 "
                   "/ColorSpace /DeviceGray /Length {} >>\nstream\n{}\nendstream",
                   gray.cols, gray.rows, pixels.size(), pixels),
       fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /{} >>",
                   placing.font.empty() ? "Helvetica" : placing.font)});
}

Bytes with_exif_orientation(const Bytes& jpeg, int orientation) {
  const std::string tiff = std::string("MM\0*\0\0\0\x08", 8) + big_endian(1, 2) +
                           big_endian(0x0112, 2) + big_endian(3, 2) + big_endian(1, 4) +
                           big_endian(static_cast<std::uint32_t>(orientation), 2) +
                           big_endian(0, 2) + big_endian(0, 4);
  const std::string content = std::string("Exif\0\0", 6) + tiff;
  const Bytes segment = bytes_of(
      "\xFF\xE1" + big_endian(static_cast<std::uint32_t>(content.size() + 2), 2) + content);
  Bytes result = jpeg;
  result.insert(result.begin() + 2, segment.begin(), segment.end());
  return result;
}

cv::Mat stored_as(const cv::Mat& upright, int orientation) {
  const bool turned = orientation >= 5;
  const int rows = turned ? upright.cols : upright.rows;
  const int cols = turned ? upright.rows : upright.cols;
  cv::Mat stored(rows, cols, upright.type());
  for (int y = 0; y < upright.rows; ++y) {
    for (int x = 0; x < upright.cols; ++x) {
      const std::array<cv::Point, 8> places{
          cv::Point{x, y},
          cv::Point{cols - 1 - x, y},
          cv::Point{cols - 1 - x, rows - 1 - y},
          cv::Point{x, rows - 1 - y},
          cv::Point{y, x},
          cv::Point{y, rows - 1 - x},
          cv::Point{cols - 1 - y, rows - 1 - x},
          cv::Point{cols - 1 - y, x},
      };
      const cv::Point place = places.at(static_cast<std::size_t>(orientation - 1));
      std::copy_n(upright.ptr(y, x), upright.elemSize(), stored.ptr(place.y, place.x));
    }
  }
  return stored;
}

}  // namespace ocrtune::test
