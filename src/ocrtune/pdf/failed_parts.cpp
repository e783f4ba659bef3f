#include "ocrtune/pdf/failed_parts.h"

#include <fmt/format.h>

#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/version.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/pdf/library_versions.h"
#include "ocrtune/pdf/parsed_pdf.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMostKept = 1'000;
constexpr std::size_t kMaxVersions = 200;
constexpr long long kLargestMemory = 1'000'000'000'000;
constexpr long long kLongestTime = 100'000;

/// With another version, what failed is tried again.
std::string libraries() {
  try {
    static const PdfLibraryVersions kVersions = pdf_library_versions();
    return kVersions.poppler + " " + kVersions.qpdf;
  } catch (const Error&) {
    return "";
  }
}

nlohmann::json json_of(const ParserFailure& failure, std::uint64_t most_memory) {
  return {{"libraries", libraries()},
          {"most_memory", most_memory},
          {"end", static_cast<int>(failure.end())},
          {"memory", failure.limits().memory},
          {"seconds", failure.limits().processor_time.count()}};
}

/// Nothing if another attempt may end differently.
std::optional<ParserFailure> failure_of(const nlohmann::json& kept, std::uint64_t most_memory) {
  try {
    JsonFields fields(kept, "failure");
    if (fields.line("libraries", kMaxVersions) != libraries()) return std::nullopt;
    const auto end = fields.whole("end", 0, static_cast<long long>(ParserEnd::killed));
    const auto memory = fields.whole("memory", 0, kLargestMemory);
    const auto most_then = fields.whole("most_memory", 0, kLargestMemory);
    if (static_cast<ParserEnd>(end) == ParserEnd::memory && most_then <= memory &&
        static_cast<std::uint64_t>(most_then) < most_memory)
      return std::nullopt;
    const auto seconds = fields.whole("seconds", 0, kLongestTime);
    return ParserFailure(static_cast<ParserEnd>(end),
                         {.memory = static_cast<std::uint64_t>(memory),
                          .processor_time = std::chrono::seconds(seconds)});
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

FailedParts::FailedParts(std::span<const std::byte> pdf, std::uint64_t memory)
    : size_(pdf.size()),
      memory_(memory),
      prefix_(fmt::format("{} {} ", content_hash(pdf).text(), program_version())),
      failures_(KeptValues::in_cache("pdf_failures.json", kMostKept)) {}

void FailedParts::unless_failed(const std::string& part, const std::function<void()>& parse) {
  const std::string key = prefix_ + part;
  if (const auto kept = failures_.find(key)) {
    if (const auto failure = failure_of(*kept, memory_)) throw ParserFailure(*failure);
  }
  try {
    parse();
  } catch (const ParserFailure& failure) {
    if (failure.end() != ParserEnd::killed) failures_.store(key, json_of(failure, memory_));
    throw;
  } catch (const Error& error) {
    // An answer without what belongs to it.
    if (error.code() == Errc::invalid_argument)
      throw ParserFailure(ParserEnd::crash, pdf_limits(size_));
    throw;
  }
}

}  // namespace ocrtune
