#include "ocrtune/training/lstmf.h"

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/opencv_codecs.h"

namespace ocrtune::training {
namespace {

class Writer {
 public:
  template <typename T>
  requires std::is_arithmetic_v<T>
  void number(T value) { raw(std::as_bytes(std::span(&value, 1))); }

  /// Their number, then the bytes.
  void counted(std::span<const std::byte> bytes) {
    number(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
  }
  void text(std::string_view text) { counted(std::as_bytes(std::span(text))); }

  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  void raw(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  std::vector<std::byte> bytes_;
};

/// By OpenCV, which takes an eighth of Leptonica's time.
std::vector<uchar> png_of(const cv::Mat& gray) {
  std::vector<uchar> bytes;
  if (!encode_image(".png", gray, bytes))
    throw Error(Errc::output_unwritable, tr("the image can't be encoded"));
  return bytes;
}

void write_line(Writer& writer, const LstmfLine& line, std::int32_t number) {
  writer.number<std::uint8_t>(1);  // it is there
  writer.text("line");             // the picture's file: shown only
  writer.number(number);
  const std::vector<uchar> png = png_of(line.gray);
  writer.counted(std::as_bytes(std::span(png)));
  writer.text("");  // the language: shown only
  writer.text(line.text);
  writer.number<std::uint32_t>(1);  // boxes: left, bottom, right, top
  for (const int side : {0, 0, line.gray.cols, line.gray.rows})
    writer.number(static_cast<std::int16_t>(side));
  writer.number<std::uint32_t>(1);  // their texts
  writer.text(line.text);
  writer.number<std::int8_t>(0);  // not vertical
}

}  // namespace

std::vector<std::byte> lstmf_bytes(std::span<const LstmfLine> lines) {
  Writer writer;
  writer.number(static_cast<std::uint32_t>(lines.size()));
  std::int32_t number = 0;
  for (const LstmfLine& line : lines) write_line(writer, line, number++);
  return writer.take();
}

}  // namespace ocrtune::training
