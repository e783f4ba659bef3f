#include "ocrtune/apply/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <system_error>

#include "ocrtune/apply/journal_lines.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/folder_sync.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr int kFormat = 4;  // 3 of version 0.1.0 has the versions among the settings
constexpr std::uint64_t kTailBytes = std::uint64_t{1} << 20U;

/// Of a record: the page as it was, and how it was recognized.
std::uint64_t version_of(const std::string& pixels, const std::string& models) {
  return content_hash(pixels + '\n' + models).low;
}

AppliedPage page_of(const json& line) {
  return {
      .page = line.at("page"),
      .pixels = line.at("pixels"),
      .models = line.at("models"),
      .lang = line.value("lang", ""),
      .other_lang = line.value("other_lang", ""),
      .pipeline = line.at("pipeline"),
      .net_legible = line.at("net_legible"),
      .confidence = line.at("confidence"),
      .expected_cer = line.at("expected_cer"),
      .coverage = optional_at<double>(line, "coverage"),
      .words = line.at("words"),
      .rotate = line.at("rotate"),
      .by_columns = line.value("by_columns", false),
      .voted = line.contains("voted") ? std::optional<std::size_t>(line.at("voted")) : std::nullopt,
      .ocr_results = line.at("pipelines"),
      .reasons = reasons_of_json(line.value("reasons", json::array())),
      .seconds = line.at("seconds"),
      .first_seconds = line.at("first_seconds")};
}

}  // namespace

std::filesystem::path journal_file(const std::filesystem::path& folder) {
  return folder / "ocrtune-apply.jsonl";
}

json applied_json(const AppliedPage& page) {
  json shown{{"page", page.page},
             {"lang", page.lang},
             {"pipeline", page.pipeline},
             {"net_legible", page.net_legible},
             {"confidence", page.confidence},
             {"expected_cer", page.expected_cer},
             {"coverage", or_null(page.coverage)},
             {"words", page.words},
             {"rotate", page.rotate},
             {"by_columns", page.by_columns},
             {"blank", page.is_blank()},
             {"pipelines", page.ocr_results},
             {"reasons", reasons_json(page.reasons)},
             {"seconds", page.seconds}};
  if (page.voted) shown["voted"] = *page.voted;
  if (!page.other_lang.empty()) shown["other_lang"] = page.other_lang;
  return shown;
}

std::string line_of_page(const AppliedPage& page) {
  // First what resuming reads.
  nlohmann::ordered_json line{
      {"page", page.page}, {"pixels", page.pixels}, {"models", page.models}};
  const json shown = applied_json(page);
  for (const auto& [name, value] : shown.items()) line[name] = value;
  line["reasons"] = measured_reasons_json(page.reasons);
  line["first_seconds"] = page.first_seconds;
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

AppliedPage page_of_line(const std::string& line) { return page_of(json::parse(line)); }

ApplyJournal::ApplyJournal(const std::filesystem::path& folder, const std::string& settings,
                           const std::string& program)
    : path_(journal_file(folder)), file_(-1), begun_by_(program) {
  make_folder(folder);
  file_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (!file_.valid()) fail(system_message({errno, std::generic_category()}));
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0)
    fail(errno == EWOULDBLOCK ? tr("another ocrtune is running in this folder")
                              : system_message({errno, std::generic_category()}));
  there_.emplace(path_, file_.get());
  read(settings);
  // Drops an incomplete line of a killed process.
  if (::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0)
    fail(system_message({errno, std::generic_category()}));
  if (size_ == 0) {
    append(json{{"ocrtune_apply", kFormat}, {"program", program}, {"settings", settings}}.dump(
               -1, ' ', false, json::error_handler_t::replace) +
           "\n");
  }
  sync_folder(folder);
}

void ApplyJournal::read(const std::string& settings) {
  LineReader lines(file_.get());
  std::size_t number = 0;
  try {
    while (const std::optional<std::string_view> line = lines.next()) {
      if (++number == 1) {
        read_settings(*line, settings);
      } else if (const std::optional<RecordKey> key = key_of(*line)) {
        pages_.insert_or_assign(content_hash(key->page),
                                Known{version_of(key->pixels, key->models), size_});
      } else {
        fail(tr("is damaged in line {}", number));
      }
      size_ = lines.end();
    }
  } catch (const json::exception&) {
    fail(tr("is damaged in line {}", number));
  } catch (const std::length_error&) {
    fail(tr("is damaged in line {}", number + 1));
  } catch (const std::system_error& error) {
    fail(system_message(error.code()));
  }
}

void ApplyJournal::read_settings(std::string_view line, const std::string& settings) {
  const json entry = json::parse(line);
  const int format = entry.at("ocrtune_apply");
  if (format > kFormat) fail(tr("was written by a newer version of ocrtune"));
  if (entry.at("settings").get<std::string>() != settings)
    fail(
        tr("this folder was written with other settings or by another version; use another output "
           "folder"));
  begun_by_ = entry.at("program").get<std::string>();
}

bool ApplyJournal::has(const std::string& page, const std::string& pixels,
                       const std::string& models) const {
  const auto known = pages_.find(content_hash(page));
  return known != pages_.end() && known->second.version == version_of(pixels, models);
}

std::optional<ApplyJournal::Place> ApplyJournal::find(const std::string& page) const {
  const auto known = pages_.find(content_hash(page));
  return known == pages_.end() ? std::nullopt : std::optional(known->second.place);
}

AppliedPage ApplyJournal::at(Place place) const {
  try {
    LineReader lines(file_.get(), place);
    return page_of(json::parse(lines.next().value_or("")));
  } catch (const std::system_error& error) {
    fail(system_message(error.code()));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    fail(tr("is damaged: the record at byte {} can't be read", place));
  }
}

void ApplyJournal::append(const std::string& line) {
  if (!write_all(file_.get(), std::as_bytes(std::span(line.data(), line.size()))) ||
      ::fsync(file_.get()) != 0)
    fail(system_message({errno, std::generic_category()}));
  size_ += line.size();
}

void ApplyJournal::add(const AppliedPage& page) {
  const Place place = size_;
  append(line_of_page(page) + "\n");
  require_file();
  pages_.insert_or_assign(content_hash(page.page),
                          Known{version_of(page.pixels, page.models), place});
}

void ApplyJournal::require_file() const {
  if (!there_->is_there()) fail(SamePlace::gone_text());
}

void ApplyJournal::fail(const std::string& why) const {
  throw Error(Errc::study_error, fmt::format("{}: {}", shown(path_), quotable(why)));
}

JournalTail::JournalTail(const std::filesystem::path& folder) : file_(journal_file(folder)) {}

std::vector<AppliedPage> JournalTail::next() {
  std::vector<AppliedPage> pages;
  const std::string bytes = read_part(file_, at_, kTailBytes);
  at_ += bytes.size();
  rest_ += bytes;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1) {
    try {
      const json line = json::parse(rest_.begin() + static_cast<std::ptrdiff_t>(begin),
                                    rest_.begin() + static_cast<std::ptrdiff_t>(end));
      // The first line contains the settings.
      if (line.contains("page")) pages.push_back(page_of(line));
    } catch (const json::exception&) {
      continue;
    }
  }
  rest_.erase(0, begin);
  return pages;
}

std::size_t JournalTail::read() {
  for (const AppliedPage& page : next()) pages_.insert(content_hash(page.page));
  return pages_.size();
}

}  // namespace ocrtune
