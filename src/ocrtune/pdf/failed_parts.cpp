#include "ocrtune/pdf/failed_parts.h"

#include <fmt/format.h>

#include <optional>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/kept_values.h"
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

nlohmann::json json_of(const ParserFailure& failure) {
  return {{"libraries", libraries()},
          {"end", static_cast<int>(failure.end())},
          {"memory", failure.limits().memory},
          {"seconds", failure.limits().processor_time.count()}};
}

std::optional<ParserFailure> failure_of(const nlohmann::json& kept) {
  try {
    JsonFields fields(kept, "failure");
    if (fields.line("libraries", kMaxVersions) != libraries()) return std::nullopt;
    const auto end = fields.whole("end", 0, static_cast<long long>(ParserEnd::killed));
    const auto memory = fields.whole("memory", 0, kLargestMemory);
    const auto seconds = fields.whole("seconds", 0, kLongestTime);
    return ParserFailure(static_cast<ParserEnd>(end),
                         {.memory = static_cast<std::uint64_t>(memory),
                          .processor_time = std::chrono::seconds(seconds)});
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void parse_unless_failed(std::span<const std::byte> pdf, const std::string& part,
                         const std::function<void()>& parse) {
  const KeptValues failures = KeptValues::in_cache("pdf_failures.json", kMostKept);
  const std::string key =
      fmt::format("{} {} {}", content_hash(pdf).text(), part, program_version());
  if (const auto kept = failures.find(key)) {
    if (const auto failure = failure_of(*kept)) throw ParserFailure(*failure);
  }
  try {
    parse();
  } catch (const ParserFailure& failure) {
    if (failure.end() != ParserEnd::killed) failures.store(key, json_of(failure));
    throw;
  } catch (const Error& error) {
    // An answer without what belongs to it.
    if (error.code() == Errc::invalid_argument)
      throw ParserFailure(ParserEnd::crash, pdf_limits(pdf.size()));
    throw;
  }
}

}  // namespace ocrtune
