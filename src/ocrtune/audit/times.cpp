#include "ocrtune/audit/times.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <set>

#include "ocrtune/audit/design.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

/// 4,096 points on 400 images.
constexpr std::uint64_t kTimesLimit = 200'000'000;
constexpr std::size_t kMaxImages = 100'000;
constexpr std::size_t kMaxPoint = 1'000'000'000;
constexpr std::int64_t kMaxTime = 1'000'000'000;  // ms: 11 days

[[noreturn]] void refuse_log(std::string_view source, const std::string& why) {
  throw Error(Errc::input_unreadable, fmt::format("{}: {}", source, why));
}

/// The columns of a header, wherever they are.
class Columns {
 public:
  Columns(const CsvRecord& header, std::string_view source) : header_(header), source_(source) {
    for (std::size_t i = 0; i < kAuditTimeColumns.size(); ++i) {
      const auto found = std::ranges::find(header.fields, kAuditTimeColumns[i]);
      if (found == header.fields.end())
        refuse_log(source, tr("{}: has no column `{}`, as the log of times of the Python design",
                              tr("line {}", header.line), kAuditTimeColumns[i]));
      places_[i] = static_cast<std::size_t>(found - header.fields.begin());
    }
  }

  void read(const CsvRecord& line) {
    line_ = &line;
    if (line.fields.size() != header_.fields.size())
      refuse_log(source_, tr("{}: has {}; {} are required", tr("line {}", line.line),
                             counted(line.fields.size(), "field"), header_.fields.size()));
  }

  [[nodiscard]] const std::string& text(std::size_t column) const {
    return line_->fields[places_[column]];
  }

  [[noreturn]] void refuse(std::size_t column, const std::string& what) const {
    refuse_log(source_, tr("{}: column `{}`: `{}` is {}", tr("line {}", line_->line),
                           kAuditTimeColumns[column], quotable(text(column), 60), what));
  }

  [[nodiscard]] double number(std::size_t column, std::int64_t least, std::int64_t most) const {
    double number = 0;
    if (!parse_number(trimmed(text(column)), number)) refuse(column, tr("not a number"));
    if (number < static_cast<double>(least) || number > static_cast<double>(most))
      refuse(column, tr("not a number from {} to {}", least, most));
    return number;
  }

  [[nodiscard]] double time(std::size_t column) const { return number(column, 0, kMaxTime); }

  [[nodiscard]] std::optional<double> score(std::size_t column) const {
    if (trimmed(text(column)).empty()) return std::nullopt;
    return number(column, -kMaxAuditScore, kMaxAuditScore);
  }

  [[nodiscard]] std::size_t index(std::size_t column, std::size_t most) const {
    long long index = 0;
    if (!parse_number(trimmed(text(column)), index) || index < 0 ||
        static_cast<std::size_t>(index) > most)
      refuse(column, tr("not a whole number from 0 to {}", most));
    return static_cast<std::size_t>(index);
  }

 private:
  const CsvRecord& header_;
  std::string_view source_;
  std::array<std::size_t, kAuditTimeColumns.size()> places_{};
  const CsvRecord* line_ = nullptr;
};

/// True if the text is as `form`, where 0 stands for any digit.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char expected) {
    return expected == '0' ? c >= '0' && c <= '9' : c == expected;
  });
}

int number_in(std::string_view text, std::size_t begin, std::size_t count) {
  int number = 0;
  for (const char c : text.substr(begin, count)) number = 10 * number + (c - '0');
  return number;
}

}  // namespace

std::optional<std::int64_t> local_time_us(std::string_view text) {
  constexpr std::string_view kRow = "0000-00-00 00:00:00.000";
  std::string digits;
  if (has_form(text, kRow) || has_form(text, kRow.substr(0, 19)) ||
      has_form(text, "00000000_000000"))
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
  if (digits.empty()) return std::nullopt;
  std::tm local{};
  local.tm_year = number_in(digits, 0, 4) - 1900;
  local.tm_mon = number_in(digits, 4, 2) - 1;
  local.tm_mday = number_in(digits, 6, 2);
  local.tm_hour = number_in(digits, 8, 2);
  local.tm_min = number_in(digits, 10, 2);
  local.tm_sec = number_in(digits, 12, 2);
  local.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&local);
  if (seconds == -1) return std::nullopt;
  constexpr std::int64_t kSecond = 1'000'000;
  constexpr std::int64_t kMillisecond = 1'000;
  return kSecond * seconds + kMillisecond * number_in(digits, 14, 3);
}

std::string audit_stamp(std::int64_t microseconds) {
  std::string text = local_time_text(microseconds).substr(0, 19);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  std::ranges::replace(text, ' ', '_');
  return text;
}

std::string audit_image_name(std::size_t image) { return fmt::format("image {}", image + 1); }

std::vector<AuditTime> parse_audit_times(std::string_view text, std::string_view source) {
  const std::vector<CsvRecord> lines = parse_csv_records(text, source);
  if (lines.empty()) refuse_log(source, tr("has no point"));
  Columns columns(lines.front(), source);
  std::vector<AuditTime> times;
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    columns.read(lines[i]);
    const std::optional<std::int64_t> started = local_time_us(trimmed(columns.text(0)));
    if (!started) columns.refuse(0, tr("not a time such as 2025-12-04 21:48:25.123"));
    times.push_back({.started_us = *started,
                     .point = columns.index(1, kMaxPoint),
                     .image = columns.index(2, kMaxImages),
                     .total_ms = columns.time(3),
                     .preprocess_ms = columns.time(4),
                     .ocr_ms = columns.time(5),
                     .sharpness_ms = columns.time(6),
                     .contrast_ms = columns.time(7),
                     .confidence = columns.score(8),
                     .sharpness = columns.score(9),
                     .contrast = columns.score(10)});
    // Optimizations write 0 for each point.
    if (times.back().point > 0 && !seen.emplace(times.back().point, times.back().image).second)
      columns.refuse(2, tr("the second row of this image at point {}", times.back().point));
  }
  return times;
}

std::vector<AuditTime> read_audit_times(const std::filesystem::path& file) {
  return parse_audit_times(read_text(file, kTimesLimit), shown(file));
}

PageTimings timings_of(const AuditTime& time) {
  PageTimings timings{.started_us = time.started_us,
                      .total_ms = time.total_ms,
                      .preprocess_ms = time.preprocess_ms,
                      .ocr_ms = time.ocr_ms,
                      .steps = {{.name = "preprocess", .ms = time.preprocess_ms},
                                {.name = std::string(kReadStep), .ms = time.ocr_ms},
                                {.name = "sharpness", .ms = time.sharpness_ms}}};
  if (time.contrast_ms != 0) timings.steps.push_back({.name = "contrast", .ms = time.contrast_ms});
  return timings;
}

TimedTrials trials_of(const std::vector<AuditTime>& times, std::string_view source) {
  std::size_t images = 0;
  for (const AuditTime& time : times) images = std::max(images, time.image + 1);
  std::map<std::size_t, std::vector<const AuditTime*>> by_point;
  std::map<std::size_t, std::size_t> rounds;  // of an image in an optimization
  for (const AuditTime& time : times)
    by_point[time.point > 0 ? time.point : ++rounds[time.image]].push_back(&time);
  TimedTrials found;
  found.definition.pipeline = pipeline_text(raw_pipeline());
  for (std::size_t image = 0; image < images; ++image)
    found.definition.pages.push_back({.name = audit_image_name(image)});
  for (const auto& [point, rows] : by_point) {
    if (rows.size() != images) continue;
    Trial trial{.number = point,
                .point = {},
                .pages = std::vector<PageResult>(images),
                .started_us = rows.front()->started_us};
    for (const AuditTime* row : rows) {
      trial.pages[row->image].timings = timings_of(*row);
      trial.started_us = std::min(trial.started_us, row->started_us);
      trial.finished_us = std::max(
          trial.finished_us, row->started_us + static_cast<std::int64_t>(1000 * row->total_ms));
    }
    found.trials.push_back(std::move(trial));
  }
  if (found.trials.empty()) refuse_log(source, tr("has no point with times of all images"));
  return found;
}

}  // namespace ocrtune
