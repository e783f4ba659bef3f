#include "ocrtune/ocr/external/engine_connection.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {
namespace {

using Seconds = std::chrono::duration<double>;

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

EngineConnection::EngineConnection(EngineManifest manifest) : manifest_(std::move(manifest)) {
  try {
    const std::atomic<bool> never{false};
    (void)start(never);
  } catch (const Error& error) {
    throw Error(Errc::dependency_missing, fmt::format("{}: {}", manifest_.title, error.what()));
  }
}

bool EngineConnection::start(const std::atomic<bool>& stop) {
  process_ = std::make_unique<EngineProcess>(manifest_, image_);
  const std::optional<EngineHello> hello = hello_from(*process_, manifest_, stop);
  if (!hello) return false;
  if (requests_ > 0 && (hello->version != hello_.version || hello->models != hello_.models))
    throw Error(Errc::limit_reached, tr("has another version than before: {}", hello->version));
  hello_ = *hello;
  return true;
}

std::optional<OcrResult> EngineConnection::read(const Image& image, int dpi,
                                                const std::string& lang,
                                                const std::map<std::string, std::string>& options,
                                                const std::atomic<bool>& stop) {
  if (!gave_up_.empty()) throw EngineFailure(gave_up_);
  EngineRequest request{.id = requests_ + 1, .size = image.gray.size(), .dpi = dpi, .lang = lang};
  std::optional<EngineAnswer> answered;
  try {
    for (const auto& [name, value] : options)
      request.options.push_back(option_value(hello_.options, name, value));
    if (process_ || start(stop)) answered = answer(image, request, stop);
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
  return std::move(answered->result);
}

std::optional<EngineAnswer> EngineConnection::answer(const Image& image,
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

void EngineConnection::fail(const std::string& reason) {
  process_.reset();
  const std::string message = fmt::format("{}: {}", manifest_.title, reason);
  if (++failures_ >= kMaxEngineFailures)
    gave_up_ = tr("{} (not started again after {} failures in a row)", message, failures_);
  throw EngineFailure(message);
}

}  // namespace ocrtune
