#include "ocrtune/apply/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::uint64_t kLimit = 1'000'000'000;
constexpr int kFormat = 1;
constexpr std::uint64_t kTailBytes = std::uint64_t{1} << 20U;

std::filesystem::path journal_file(const std::filesystem::path& folder) {
  return folder / "ocrtune-apply.jsonl";
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
      .seconds = line.at("seconds"),
      .first_seconds = line.at("first_seconds")};
}

}  // namespace

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
             {"pipelines", page.ocr_results},
             {"seconds", page.seconds}};
  if (page.voted) shown["voted"] = *page.voted;
  if (!page.other_lang.empty()) shown["other_lang"] = page.other_lang;
  return shown;
}

std::string line_of_page(const AppliedPage& page) {
  json line = applied_json(page);
  line["pixels"] = page.pixels;
  line["models"] = page.models;
  line["first_seconds"] = page.first_seconds;
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

AppliedPage page_of_line(const std::string& line) { return page_of(json::parse(line)); }

ApplyJournal::ApplyJournal(const std::filesystem::path& folder, const std::string& settings)
    : path_(journal_file(folder)) {
  make_folder(folder);
  const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(system_message({errno, std::generic_category()}));
  file_.reset(::fdopen(descriptor, "a"));
  if (!file_) fail(system_message({errno, std::generic_category()}));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    fail(tr("another ocrtune is running in this folder"));
  const std::string text = read_text(path_, kLimit, Errc::study_error);
  // Drops an incomplete line of a killed process.
  const std::size_t whole = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  if (whole < text.size() && ::ftruncate(descriptor, static_cast<off_t>(whole)) != 0)
    fail(system_message({errno, std::generic_category()}));
  if (whole == 0) {
    append(json{{"ocrtune_apply", kFormat}, {"settings", settings}}.dump(
               -1, ' ', false, json::error_handler_t::replace) +
           "\n");
  } else {
    read(text.substr(0, whole), settings);
  }
}

void ApplyJournal::read(const std::string& text, const std::string& settings) {
  std::istringstream lines(text);
  std::string line;
  std::size_t number = 0;
  try {
    while (std::getline(lines, line)) {
      ++number;
      const json entry = json::parse(line);
      if (number == 1) {
        const int format = entry.at("ocrtune_apply");
        if (format > kFormat) fail(tr("was written by a newer version of ocrtune"));
        if (entry.at("settings").get<std::string>() != settings)
          fail(
              tr("this folder was written with other settings or by another version; use another "
                 "output folder"));
      } else {
        AppliedPage page = page_of(entry);
        done_[page.page] = std::move(page);
      }
    }
  } catch (const json::exception&) {
    fail(tr("is damaged in line {}", number));
  }
}

void ApplyJournal::append(const std::string& line) {
  const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
                       std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0;
  if (!written) fail(system_message({errno, std::generic_category()}));
}

void ApplyJournal::add(const AppliedPage& page) {
  append(line_of_page(page) + "\n");
  done_[page.page] = page;
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
  for (AppliedPage& page : next()) pages_.insert(std::move(page.page));
  return pages_.size();
}

}  // namespace ocrtune
