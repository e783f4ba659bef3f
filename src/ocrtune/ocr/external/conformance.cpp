#include "ocrtune/ocr/external/conformance.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/external/engine_process.h"
#include "ocrtune/ocr/external/external_recognizer.h"
#include "ocrtune/ocr/self_check.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Seconds kEndsWithin{5};
/// A header without its pixels.
constexpr std::string_view kDamaged = "P5\n100 100\n255\n";

bool same_words(const OcrResult& a, const OcrResult& b) { return first_difference(a, b).empty(); }

/// An engine under test. Every question is a check; after a failure the engine is started again.
class Tested {
 public:
  Tested(const EngineManifest& manifest, std::string lang)
      : manifest_(manifest), lang_(std::move(lang)) {}

  Conformance result() {
    if (check(tr("introduces itself"), [this] { return hello_text(); })) {
      check(tr("recognizes the built-in page"), [this] { return recognized(self_check_page()); });
      check(tr("gives the same answer again"), [this] { return repeated(); });
      check(tr("answers for a blank page"), [this] { return answered(blank(800, 600)); });
      check(tr("answers for an image of 1 × 1 px"), [this] { return answered(blank(1, 1)); });
      check(tr("reports a damaged image and continues"), [this] { return damaged(); });
      check_options();
      check(tr("ends when its input ends"), [this] { return ended(); });
    }
    return std::move(result_);
  }

 private:
  /// Runs one check, which returns a detail or throws the reason of its failure.
  template <typename Run>
  bool check(const std::string& what, Run run) {
    ConformanceCheck& made = result_.checks.emplace_back();
    made.what = what;
    try {
      made.detail = run();
    } catch (const Error& error) {
      made.failure = error.what();
      process_.reset();
    }
    return made.failure.empty();
  }

  static void require(bool holds, const std::string& otherwise) {
    if (!holds) throw Error(Errc::limit_reached, otherwise);
  }

  static Image blank(int width, int height) {
    return {.gray = cv::Mat(height, width, CV_8UC1, cv::Scalar(255)), .dpi = {300, 300}};
  }

  std::string hello_text() {
    if (const std::string missing = missing_for(manifest_); !missing.empty())
      throw Error(Errc::dependency_missing, missing);
    const EngineHello& hello = result_.hello.emplace(introduction(manifest_));
    require(hello.supports(lang_), tr("does not support the language `{}`; supported: {}",
                                      quotable(lang_, 60), joined(hello.languages)));
    return hello.models.empty() ? hello.version
                                : fmt::format("{} ({})", hello.version, hello.models);
  }

  void start() {
    if (process_) return;
    process_ = std::make_unique<EngineProcess>(manifest_, image_);
    (void)process_->next_line(kMaxHelloBytes, Seconds(manifest_.startup_seconds), never_);
  }

  EngineAnswer answer_to(EngineRequest request) {
    request.id = ++requests_;
    process_->write_line(request_line(request, kEngineImage));
    const auto line = process_->next_line(kMaxAnswerBytes, Seconds(manifest_.page_seconds), never_);
    return parse_answer(*line, request);
  }

  OcrResult recognize(const Image& image, std::vector<EngineValue> options = {}) {
    start();
    image_.write_pgm(image.gray);
    EngineAnswer answer = answer_to({.size = image.gray.size(),
                                     .dpi = static_cast<int>(image.dpi.x),
                                     .lang = lang_,
                                     .options = std::move(options)});
    require(answer.error.empty(), tr("reports an error: {}", answer.error));
    return std::move(answer.result);
  }

  std::string recognized(const Image& page) {
    start();
    const auto begin = Clock::now();
    first_ = recognize(page);
    const Seconds taken = Clock::now() - begin;
    require(!first_.words.empty(), tr("found no text"));
    const bool placed =
        std::ranges::any_of(first_.words, [](const Word& word) { return word.right > word.left; });
    return tr("{} in {:.1f} s, {}", counted(first_.words.size(), "word"), taken.count(),
              placed ? tr("with positions") : tr("without positions"));
  }

  std::string repeated() {
    const OcrResult again = recognize(self_check_page());
    require(same_words(again, first_), first_difference(again, first_));
    return "";
  }

  std::string answered(const Image& image) {
    return counted(recognize(image).words.size(), "word");
  }

  std::string damaged() {
    start();
    image_.write_bytes(kDamaged);
    const EngineAnswer answer = answer_to({.size = {100, 100}, .lang = lang_});
    require(!answer.error.empty(), tr("reported no error"));
    (void)recognize(blank(100, 100));
    return answer.error;
  }

  void check_options() {
    for (const EngineOption& option : result_.hello->options) {
      check(tr("accepts the range of the option `{}`", option.name), [&] {
        for (const double value : {option.low, option.high})
          (void)recognize(self_check_page(), {{.option = option, .value = value}});
        return std::string();
      });
    }
  }

  std::string ended() {
    start();
    require(process_->end_within(kEndsWithin),
            tr("it did not end with exit status 0 within {} s", kEndsWithin.count()));
    return "";
  }

  const EngineManifest& manifest_;
  std::string lang_;
  Conformance result_;
  MemoryFile image_;
  std::unique_ptr<EngineProcess> process_;
  OcrResult first_;
  long long requests_ = 0;
  std::atomic<bool> never_{false};
};

}  // namespace

bool Conformance::passed() const {
  return std::ranges::all_of(checks, &std::string::empty, &ConformanceCheck::failure);
}

Conformance test_engine(const EngineManifest& manifest, const std::string& lang) {
  return Tested(manifest, lang).result();
}

EngineManifest engine_to_test(const std::string& text) {
  for (const fs::path& folder : engine_folders()) {
    if (folder.filename() == text) return load_manifest(folder);
  }
  std::error_code ignored;
  if (fs::is_directory(text, ignored)) return load_manifest(fs::canonical(text));
  return {.name = "command",
          .folder = fs::current_path(),
          .title = quotable(text, 60),
          .summary = quotable(text, 200),
          .command = {"sh", "-c", text}};
}

}  // namespace ocrtune
