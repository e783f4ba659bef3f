#include "ocrtune/pdf/shrink_images.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/pdf/parsed_pdf.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostPdf = 8'000'000'000;
/// New codings that the parser has in memory before they are written.
constexpr std::int64_t kMostHeld = 128'000'000;
/// After so many images at which a parser ended, the others are not tried.
constexpr std::size_t kMostFailed = 3;
constexpr std::int64_t kAny = std::numeric_limits<int>::max();
/// Deflating bytes takes longer than showing as many pixels.
constexpr double kPixelsPerByte = 16;

/// Works on one file until all of its images are done.
class ImageShrinker {
 public:
  explicit ImageShrinker(fs::path path) : path_(std::move(path)) {}

  ShrunkImages shrink() {
    while (!done_ && failed_.size() < kMostFailed) {
      try {
        round();
      } catch (const ParserFailure& failure) {
        fail(failure.what());
        failed_.insert(at_);
      } catch (const Error& error) {
        if (error.code() != Errc::input_unreadable) throw;
        fail(error.what());
        done_ = true;
      }
    }
    return result_;
  }

 private:
  void fail(const std::string& reason) { result_.failure = reason; }

  /// Images as far as they fit into memory, then the file. Numbers of images are the same in the
  /// file that was written.
  void round() {
    const std::vector<std::byte> bytes = read_bytes(path_, kMostPdf, Errc::input_unreadable);
    ParsedPdf pdf(bytes, {{"do", "shrink"}}, {});
    pdf.mark_changed();
    ShrunkImages shrunk;
    std::int64_t held = 0;
    std::size_t image = 0;
    int from = 1;
    while (from > 0 && held < kMostHeld) {
      const nlohmann::json answer = pdf.ask({{"do", "next_image"}, {"from", from}});
      JsonFields next(answer, "answer");
      from = static_cast<int>(next.whole("continues", 0, kAny));
      const std::int64_t object = next.whole("object", 0, kAny);
      if (object == 0) continue;
      at_ = image++;
      if (at_ < begin_ || failed_.contains(at_)) continue;
      const auto samples = static_cast<double>(next.whole("samples", 0, kAny));
      held = shorten(pdf, object, samples, shrunk);
    }
    if (shrunk.images > 0) write(pdf);
    begin_ = image;
    done_ = from <= 0;
    result_.images += shrunk.images;
    result_.bytes += shrunk.bytes;
  }

  static std::int64_t shorten(ParsedPdf& pdf, std::int64_t object, double samples,
                              ShrunkImages& shrunk) {
    const nlohmann::json answer =
        pdf.ask({{"do", "shorten"}, {"object", object}}, kPixelsPerByte * samples);
    JsonFields fields(answer, "answer");
    const std::int64_t saved = fields.whole("saved", 0, kAny);
    if (saved > 0) ++shrunk.images;
    shrunk.bytes += static_cast<std::uint64_t>(saved);
    return fields.whole("held", 0, std::numeric_limits<std::int64_t>::max());
  }

  void write(ParsedPdf& pdf) {
    write_atomically(path_, [&](const TextSink& sink) {
      pdf.ask({{"do", "write_images"}}, 0, [&](std::span<const std::byte> piece) {
        sink({reinterpret_cast<const char*>(piece.data()), piece.size()});
      });
    });
  }

  fs::path path_;
  ShrunkImages result_;
  std::size_t begin_ = 0;  // images before it are done
  std::size_t at_ = 0;
  std::set<std::size_t> failed_;
  bool done_ = false;
};

}  // namespace

ShrunkImages shrink_images(const fs::path& path) { return ImageShrinker(path).shrink(); }

}  // namespace ocrtune
