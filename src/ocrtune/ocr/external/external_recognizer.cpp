#include "ocrtune/ocr/external/external_recognizer.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/scale_boxes.h"

namespace ocrtune {
namespace {

using Seconds = std::chrono::duration<double>;

/// The resolution to state for an image; 0 if it is unknown.
int resolution_of(const Image& image, const OcrSettings& settings) {
  if (settings.dpi > 0) return settings.dpi;
  const double dpi = image.dpi.x;
  return dpi >= kMinDpi && dpi <= kMaxDpi ? static_cast<int>(std::lround(dpi)) : 0;
}

/// The hello of an engine that was just started; nothing if `stop` became true.
std::optional<EngineHello> hello_from(EngineProcess& process, const EngineManifest& manifest,
                                      const std::atomic<bool>& stop) {
  const auto line = process.next_line(kMaxHelloBytes, Seconds(manifest.startup_seconds), stop);
  if (!line) return std::nullopt;
  try {
    return parse_hello(*line);
  } catch (const Error& error) {
    throw Error(Errc::limit_reached, tr("its first line is not a valid hello: {}", error.what()));
  }
}

}  // namespace

EngineHello introduction(const EngineManifest& manifest) {
  try {
    const MemoryFile image;
    EngineProcess process(manifest, image);
    const std::atomic<bool> never{false};
    return *hello_from(process, manifest, never);
  } catch (const Error& error) {
    throw Error(Errc::dependency_missing, fmt::format("{}: {}", manifest.title, error.what()));
  }
}

ExternalRecognizer::ExternalRecognizer(EngineManifest manifest, std::string lang,
                                       std::optional<int> max_width)
    : manifest_(std::move(manifest)), lang_(std::move(lang)), max_width_(max_width) {
  try {
    const std::atomic<bool> never{false};
    (void)start(never);
  } catch (const Error& error) {
    throw Error(Errc::dependency_missing, fmt::format("{}: {}", manifest_.title, error.what()));
  }
  if (!hello_.supports(lang_))
    throw Error(Errc::dependency_missing,
                tr("{} does not support the language `{}`; supported: {}", manifest_.title,
                   quotable(lang_, 60), joined(hello_.languages)));
}

bool ExternalRecognizer::start(const std::atomic<bool>& stop) {
  process_ = std::make_unique<EngineProcess>(manifest_, image_);
  const std::optional<EngineHello> hello = hello_from(*process_, manifest_, stop);
  if (!hello) return false;
  if (requests_ > 0 && (hello->version != hello_.version || hello->models != hello_.models))
    throw Error(Errc::limit_reached, tr("has another version than before: {}", hello->version));
  hello_ = *hello;
  return true;
}

std::optional<OcrResult> ExternalRecognizer::read(const Image& image, const OcrSettings& settings,
                                                  const std::atomic<bool>& stop,
                                                  const CountPageMarks& /*page*/) {
  if (!gave_up_.empty()) throw EngineFailure(gave_up_);
  const Image copy = ocr_result_copy(image, max_width_);
  EngineRequest request{.id = requests_ + 1,
                        .size = copy.gray.size(),
                        .dpi = resolution_of(copy, settings_of_copy(settings, image, copy)),
                        .lang = lang_};
  std::optional<EngineAnswer> answered;
  try {
    for (const auto& [name, value] : settings.engine_options)
      request.options.push_back(option_value(hello_.options, name, value));
    if (process_ || start(stop)) answered = answer(copy, request, stop);
  } catch (const Error& error) {
    fail(error.what());
  }
  if (!answered) {
    // An answer that nobody waits for would be taken for that of the next request.
    process_.reset();
    return std::nullopt;
  }
  failures_ = 0;
  if (!answered->error.empty())
    throw EngineFailure(fmt::format("{}: {}", manifest_.title, answered->error));
  if (copy.gray.cols != image.gray.cols) scale_boxes(answered->result, image.gray.size());
  return std::move(answered->result);
}

std::optional<EngineAnswer> ExternalRecognizer::answer(const Image& image,
                                                       const EngineRequest& request,
                                                       const std::atomic<bool>& stop) {
  ++requests_;
  image_.write_pgm(image.gray);
  process_->write_line(request_line(request, kEngineImage));
  const auto line = process_->next_line(kMaxAnswerBytes, Seconds(manifest_.page_seconds), stop);
  if (!line) return std::nullopt;
  try {
    return parse_answer(*line, request);
  } catch (const Error& error) {
    throw Error(Errc::limit_reached, tr("its answer is not valid: {}", error.what()));
  }
}

void ExternalRecognizer::fail(const std::string& reason) {
  process_.reset();
  const std::string message = fmt::format("{}: {}", manifest_.title, reason);
  if (++failures_ >= kMaxEngineFailures)
    gave_up_ = tr("{} (not started again after {} failures in a row)", message, failures_);
  throw EngineFailure(message);
}

}  // namespace ocrtune
