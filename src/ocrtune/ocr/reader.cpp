#include "ocrtune/ocr/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "ocrtune/ocr/self_check.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {
namespace {

constexpr int kLstmEngine = 1;

constexpr std::array<std::pair<Reader, std::string_view>, 3> kNames{
    {{Reader::automatic, "auto"}, {Reader::lstm, "lstm"}, {Reader::tesseract, "tesseract"}}};

/// Why our reader isn't even asked; empty where it is.
std::string why_not(const std::string& lang, const ReadingOptions& options) {
  if (options.oem != kLstmEngine) return fmt::format("engine mode {}", options.oem);
  if (lang.find('+') != std::string::npos) return "several languages at once";
  return "";
}

ReaderChoice worked_out(const std::string& lang, const ReadingOptions& options) {
  if (const std::string reason = why_not(lang, options); !reason.empty())
    return {.reader = Reader::tesseract, .reason = reason, .plain = true};
  // The built-in page is read as it is.
  ReadingOptions as_given = options;
  as_given.max_width.reset();
  as_given.device.reset();
  return choose_reader([&] { return open_lstm(lang, as_given); },
                       [&] { return open_tesseract(lang, as_given); });
}

[[noreturn]] void not_readers(const std::string& text) {
  throw Error(Errc::study_error, fmt::format("is damaged: its reader is `{}`", quotable(text, 60)));
}

Reader reader_stated(std::string_view name, const std::string& text) {
  if (name == reader_name(Reader::lstm)) return Reader::lstm;
  if (name == reader_name(Reader::tesseract)) return Reader::tesseract;
  not_readers(text);
}

}  // namespace

std::string_view reader_name(Reader reader) {
  const auto* found = std::ranges::find(kNames, reader, &decltype(kNames)::value_type::first);
  return found->second;
}

Reader reader_named(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name, &decltype(kNames)::value_type::second);
  if (found != kNames.end()) return found->first;
  throw Error(Errc::invalid_argument, fmt::format("no reader is called `{}`; there are auto, lstm "
                                                  "and tesseract",
                                                  quotable(name, 60)));
}

ReaderChoice choose_reader(const OpenRecognizer& ours, const OpenRecognizer& stock) {
  std::unique_ptr<Recognizer> own;
  try {
    own = ours();
  } catch (const Error& error) {
    return {.reader = Reader::tesseract, .reason = error.what()};
  }
  const std::string difference = self_check(*own, *stock());
  if (difference.empty()) return {.reader = Reader::lstm, .reason = ""};
  return {.reader = Reader::tesseract,
          .reason = "our own reader doesn't read the built-in page as it does: " + difference};
}

ReaderChoice choose_reader(const std::string& lang, const ReadingOptions& options) {
  static std::mutex mutex;
  static std::map<std::string, ReaderChoice> known;
  const std::string key = fmt::format("{}\n{}\n{}\n{}", lang, tessdata_folder(options.tessdata),
                                      options.psm, options.oem);
  // Held while it is worked out, so that other workers wait for it rather than do the same.
  const std::scoped_lock lock(mutex);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  return known.emplace(key, worked_out(lang, options)).first->second;
}

Reader settled_reader(const std::string& lang, const ReadingOptions& options) {
  const auto settled = options.readers.find(lang);
  const Reader reader = settled == options.readers.end() ? options.reader : settled->second;
  return reader == Reader::automatic ? choose_reader(lang, options).reader : reader;
}

std::unique_ptr<Recognizer> open_reader(const std::string& lang, const ReadingOptions& options) {
  const Reader reader = settled_reader(lang, options);
  return reader == Reader::lstm ? open_lstm(lang, options) : open_tesseract(lang, options);
}

std::string readers_text(const Readers& readers) {
  if (readers.empty()) return std::string(reader_name(Reader::tesseract));
  const Reader first = readers.begin()->second;
  const bool same = std::ranges::all_of(readers, [&](const auto& r) { return r.second == first; });
  if (same) return std::string(reader_name(first));
  std::vector<std::string> parts;
  for (const auto& [lang, reader] : readers)
    parts.push_back(fmt::format("{}={}", lang, reader_name(reader)));
  return joined(parts, " ");
}

Readers readers_of(const std::string& text, const std::vector<std::string>& languages) {
  Readers readers;
  if (text.find('=') == std::string::npos) {
    const Reader reader = reader_stated(text, text);
    for (const std::string& lang : languages) readers[lang] = reader;
    return readers;
  }
  Readers stated;
  for (const std::string& part : split(text, ' ')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) not_readers(text);
    stated[part.substr(0, equals)] = reader_stated(part.substr(equals + 1), text);
  }
  for (const std::string& lang : languages) {
    const auto found = stated.find(lang);
    if (found == stated.end()) not_readers(text);
    readers.insert(*found);
  }
  return readers;
}

}  // namespace ocrtune
