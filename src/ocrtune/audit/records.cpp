#include "ocrtune/audit/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/audit/design.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

/// The Python design evaluates at most 2^16 points.
constexpr std::size_t kMaxPoints = 100'000;
/// The Python design has a dozen names per file.
constexpr std::size_t kMaxColumns = 100;

[[noreturn]] void unreadable(std::string_view source, const std::string& why) {
  throw Error(Errc::input_unreadable, fmt::format("{}: {}", source, why));
}

std::string line_text(const CsvRecord& record) { return tr("line {}", record.line); }

double number_of(std::string_view source, const std::string& place, const std::string& column,
                 const std::string& text) {
  double number = 0;
  if (parse_number(trimmed(text), number)) return number;
  unreadable(
      source,
      tr("{}: column `{}`: `{}` is not a number{}", place, quotable(column, 60), quotable(text, 60),
         text.find(',') == std::string::npos ? "" : tr("; use a decimal point, not a comma")));
}

void check_header(const CsvRecord& header, std::string_view source) {
  if (header.fields.size() > kMaxColumns)
    unreadable(source, tr("{}: has {} columns; at most {} can be read", line_text(header),
                          header.fields.size(), kMaxColumns));
  for (const std::string& column : header.fields) {
    if (std::ranges::count(header.fields, column) > 1)
      unreadable(source,
                 tr("{}: column `{}` appears twice", line_text(header), quotable(column, 60)));
  }
}

void check_count(std::size_t points, std::string_view source) {
  if (points == 0) unreadable(source, tr("has no point"));
  if (points > kMaxPoints)
    unreadable(source, tr("has {} points; at most {} can be read", points, kMaxPoints));
}

void check_width(const CsvRecord& record, std::size_t columns, std::string_view source) {
  if (record.fields.size() != columns)
    unreadable(source, tr("{}: has {}; {} are required", line_text(record),
                          counted(record.fields.size(), "field"), columns));
}

std::vector<AuditRecord> csv_points(std::string_view text, std::string_view source) {
  const std::vector<CsvRecord> lines = parse_csv_records(text, source);
  check_count(lines.empty() ? 0 : lines.size() - 1, source);
  const CsvRow& header = lines.front().fields;
  check_header(lines.front(), source);
  std::vector<AuditRecord> records;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const CsvRecord& line = lines[i];
    check_width(line, header.size(), source);
    AuditRecord record{
        .place = line_text(line), .names_at = line_text(lines.front()), .values = {}};
    for (std::size_t column = 0; column < header.size(); ++column) {
      const std::string& cell = line.fields[column];
      const std::string& name = header[column];
      if (cell.empty() && (audit_score_named(name) || is_audit_delta(name))) continue;
      record.values.emplace_back(name, number_of(source, record.place, name, cell));
    }
    records.push_back(std::move(record));
  }
  return records;
}

AuditRecord json_point(const nlohmann::json& entry, const std::string& place,
                       std::string_view source) {
  if (!entry.is_object())
    unreadable(source, place + tr(": a point is an object {{\"parameter\": number, …}}"));
  AuditRecord record{.place = place, .names_at = place, .values = {}};
  for (const auto& [name, value] : entry.items()) {
    if (!value.is_number())
      unreadable(source, tr("{}: `{}` must be a number", place, quotable(name, 60)));
    record.values.emplace_back(name, value.get<double>());
  }
  return record;
}

nlohmann::json parsed_json(std::string_view text, std::string_view source) {
  try {
    return parse_json(text);
  } catch (const Error&) {
    unreadable(source, tr("is not JSON, or nested deeper than {} levels", kMaxJsonDepth));
  }
}

std::vector<AuditRecord> json_points(std::string_view text, std::string_view source) {
  const nlohmann::json json = parsed_json(text, source);
  if (json.is_object()) return {json_point(json, tr("point 1"), source)};
  check_count(json.size(), source);
  std::vector<AuditRecord> records;
  for (const nlohmann::json& entry : json)
    records.push_back(json_point(entry, tr("point {}", records.size() + 1), source));
  return records;
}

/// A number of things, such as points.
std::size_t count_of(std::string_view source, const CsvRecord& record) {
  const double number = number_of(source, line_text(record), record.fields[1], record.fields[2]);
  if (number >= 0 && number <= kMaxPoints && number == std::trunc(number))
    return static_cast<std::size_t>(number);
  unreadable(source, tr("{}: `{}`: `{}` is not a whole number from 0 to {}", line_text(record),
                        record.fields[1], quotable(record.fields[2], 60), kMaxPoints));
}

void add_information(AuditConfiguration& configuration, const CsvRecord& record,
                     std::string_view source) {
  const std::string& key = record.fields[1];
  const std::string& value = record.fields[2];
  if (key == kAuditAlgorithm) configuration.algorithm = value;
  if (key == kAuditTimestamp) configuration.timestamp = value;
  if (key == kAuditPoints) configuration.points = count_of(source, record);
}

void add_baseline(AuditBaseline& baseline, const CsvRecord& record, std::string_view source) {
  const std::string& key = record.fields[1];
  if (key == kAuditImages) baseline.images = count_of(source, record);
  for (const auto& [name, field] :
       {std::pair(kAuditMean, &baseline.mean), std::pair(kAuditLeast, &baseline.least),
        std::pair(kAuditGreatest, &baseline.greatest)}) {
    if (key == name) *field = number_of(source, line_text(record), key, record.fields[2]);
  }
}

}  // namespace

std::vector<AuditRecord> parse_audit_records(std::string_view text, std::string_view source) {
  const std::string_view begin = trimmed(text.substr(0, 1000));
  return begin.starts_with('{') || begin.starts_with('[') ? json_points(text, source)
                                                          : csv_points(text, source);
}

AuditConfiguration parse_audit_configuration(std::string_view text, std::string_view source,
                                             ConfigurationRows rows) {
  constexpr std::size_t kColumns = 4;
  AuditConfiguration configuration;
  for (const CsvRecord& record : parse_csv_records(text, source)) {
    check_width(record, kColumns, source);
    const std::string& category = record.fields[0];
    const std::string& key = record.fields[1];
    const auto number = [&](std::size_t field) {
      return number_of(source, line_text(record), key, record.fields[field]);
    };
    if (category == kAuditFixed) configuration.fixed.emplace_back(key, number(2));
    if (category == kAuditInfo && key == kAuditMode) configuration.mode = record.fields[2];
    if (rows == ConfigurationRows::of_points) continue;
    if (category == kAuditInfo) add_information(configuration, record, source);
    if (category == kAuditRange) configuration.ranges.push_back({key, number(2), number(3)});
    if (category == kAuditBaseline) add_baseline(configuration.baseline, record, source);
  }
  return configuration;
}

}  // namespace ocrtune
