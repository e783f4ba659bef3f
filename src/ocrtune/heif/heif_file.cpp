#include "ocrtune/heif/heif_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/flatten.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/parsers/received_bytes.h"

namespace ocrtune {
namespace {

/// Planes of the decoder in two bytes a sample, those that it refers to, and the colours.
constexpr FileCosts kHeifCosts{
    .memory = 400'000'000, .memory_per_pixel = 48, .pixels_per_second = 4e6};

/// So many images of one file may take a parser's time in vain; the others are not tried.
constexpr int kMostFailures = 3;

[[noreturn]] void damaged() { unreadable(tr("is damaged: its pixels can't be decoded")); }

class HeifFile final : public PageFile {
 public:
  HeifFile(std::span<const std::byte> bytes, const DecodeLimits& limits)
      : bytes_(bytes), limits_(limits) {
    (void)parser();
  }

  [[nodiscard]] int page_count() const override { return pages_; }

  using PageFile::decode;

  Image decode(int index, bool in_colour) override {
    if (failures_ >= kMostFailures)
      unreadable(tr("was not tried: {} images of this file could not be decoded", failures_));
    try {
      return decoded(index, in_colour);
    } catch (const ParserFailure&) {
      ++failures_;
      throw;
    }
  }

 private:
  /// One that has the file open.
  Parser& parser() {
    if (parser_ && parser_->is_running()) return *parser_;
    parser_.emplace(kHeifParser);
    const Descriptor file = nameless_file(bytes_);
    const std::array<int, 1> files{file.get()};
    const nlohmann::json opened = parser_->ask({{"do", "open"}}, files, limits(0));
    JsonFields answer(opened, "answer");
    const auto count = answer.whole("pages", 0, std::numeric_limits<int>::max());
    if (count > limits_.max_pages)
      unreadable(tr("has more pages than the limit of {}", limits_.max_pages));
    pages_ = static_cast<int>(count);
    return *parser_;
  }

  [[nodiscard]] ParserLimits limits(double pixels) const {
    ParserLimits limits = heif_limits(bytes_.size(), pixels);
    limits.memory = std::min(limits.memory, limits_.parser_memory);
    return limits;
  }

  /// Checked before anything is decoded, and again, as damaged files may have other pixels than
  /// they state.
  double checked_size(const nlohmann::json& answer, int& width, int& height) const {
    constexpr int kLargest = std::numeric_limits<int>::max();
    JsonFields fields(answer, "answer");
    width = static_cast<int>(fields.whole("width", 0, kLargest));
    height = static_cast<int>(fields.whole("height", 0, kLargest));
    check_size(width, height, limits_);
    return static_cast<double>(width) * height;
  }

  Image decoded(int index, bool in_colour) {
    int width = 0;
    int height = 0;
    const nlohmann::json stated = parser().ask({{"do", "size"}, {"page", index}}, {}, limits(0));
    const double pixels = checked_size(stated, width, height);
    JsonFields size(stated, "answer");
    const Resolution dpi{size.number("dpi_x", 0, 1e6), size.number("dpi_y", 0, 1e6)};
    const nlohmann::json is = parser().ask({{"do", "decode"}, {"page", index}}, {}, limits(pixels));
    checked_size(is, width, height);
    const bool has_alpha = JsonFields(is, "answer").boolean("alpha");
    cv::Mat image(height, width, has_alpha ? CV_8UC4 : CV_8UC3);
    ReceivedBytes into(
        std::as_writable_bytes(std::span(image.ptr(), image.total() * image.elemSize())));
    parser().ask({{"do", "pixels"}}, {}, limits(pixels), [&](std::span<const std::byte> piece) {
      if (!into.take(piece)) damaged();
    });
    if (!into.is_full()) damaged();
    Image page = gray_and_colour(image, in_colour);
    page.dpi = dpi;
    return page;
  }

  std::span<const std::byte> bytes_;
  DecodeLimits limits_;
  std::optional<Parser> parser_;
  int pages_ = 0;
  int failures_ = 0;
};

}  // namespace

ParserLimits heif_limits(std::size_t file_bytes, double pixels) {
  return limits_of_file(kHeifCosts, file_bytes, pixels);
}

std::unique_ptr<PageFile> open_heif(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  return std::make_unique<HeifFile>(bytes, limits);
}

std::string libheif_version() {
  constexpr std::size_t kMaxVersion = 100;
  const nlohmann::json versions = Parser(kHeifParser).ask({{"do", "versions"}}, {}, heif_limits(0));
  return JsonFields(versions, "answer").line("libheif", kMaxVersion);
}

}  // namespace ocrtune
