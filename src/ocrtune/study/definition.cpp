#include "ocrtune/study/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study/program_changes.h"

namespace ocrtune {
namespace {

/// Pairs the pages of two studies by their pixels, and pages with equal pixels by language and
/// ground truth too.
class Pairing {
 public:
  Pairing(const std::vector<PageRecord>& stored, const std::vector<PageRecord>& now) {
    std::multimap<std::string, std::size_t> left;
    for (std::size_t i = 0; i < now.size(); ++i) left.emplace(now[i].pixels, i);
    for (const PageRecord& page : stored) {
      const auto [first, last] = left.equal_range(page.pixels);
      if (first == last) {
        missing.push_back(page.name);
        continue;
      }
      const auto same = std::find_if(first, last, [&](const auto& entry) {
        return now[entry.second].lang == page.lang && now[entry.second].truth == page.truth;
      });
      const auto chosen = same != last ? same : first;
      partner.push_back(chosen->second);
      if (now[chosen->second].lang != page.lang) other_language.push_back(page.name);
      if (now[chosen->second].truth != page.truth) other_truth.push_back(page.name);
      left.erase(chosen);
    }
    for (const auto& [pixels, index] : left) added.push_back(now[index].name);
    std::ranges::sort(added);
  }

  std::vector<std::size_t> partner;  ///< for each page of `stored` that exists in the other study
  std::vector<std::string> missing;
  std::vector<std::string> added;
  std::vector<std::string> other_language;
  std::vector<std::string> other_truth;
};

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> first(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())));
  return joined(first) + (names.size() > kShown ? tr(" and {} more", names.size() - kShown) : "");
}

/// The first line of one text that differs in the other.
std::string first_difference(const std::string& stored, const std::string& now) {
  const std::vector<std::string> a = split(stored, '\n');
  const std::vector<std::string> b = split(now, '\n');
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string left = i < a.size() ? a[i] : "";
    const std::string right = i < b.size() ? b[i] : "";
    if (left != right) {
      return tr("`{}` in the study, `{}` here", left.empty() ? tr("(end)") : left,
                right.empty() ? tr("(end)") : right);
    }
  }
  return "";
}

void name_pages(std::vector<std::string>& found, std::string_view what,
                const std::vector<std::string>& names) {
  if (names.empty()) return;
  found.push_back(fmt::format("{} {} ({})", what, counted(names.size(), "page"), some_of(names)));
}

/// Those that are tuned on, and those reserved for validation.
std::vector<PageRecord> all_pages(const StudyDefinition& definition) {
  std::vector<PageRecord> pages = definition.pages;
  pages.insert(pages.end(), definition.held_out.begin(), definition.held_out.end());
  return pages;
}

bool same_pages(const std::vector<PageRecord>& stored, const std::vector<PageRecord>& now) {
  const Pairing pairs(stored, now);
  return pairs.missing.empty() && pairs.added.empty();
}

template <typename Value>
void compare(std::vector<std::string>& found, std::string_view what, const Value& stored,
             const Value& now) {
  if (stored != now)
    found.push_back(tr("different {}: {} in the study, {} here", what, stored, now));
}

std::string or_none(const std::string& name) { return name.empty() ? tr("none") : name; }

std::string objectives_text(const SearchSettings& search) {
  std::vector<std::string> names;
  for (const Score objective : search.more_objectives) names.emplace_back(score_name(objective));
  return names.empty() ? tr("none") : joined(names, " ");
}

std::string constraints_text(const SearchSettings& search) {
  std::vector<std::string> texts;
  for (const Constraint& constraint : search.constraints)
    texts.push_back(constraint_text(constraint));
  return texts.empty() ? tr("none") : joined(texts, " ");
}

void compare_search(std::vector<std::string>& found, const SearchSettings& stored,
                    const SearchSettings& now) {
  compare(found, tr("sampler"), stored.sampler, now.sampler);
  compare(found, tr("pruner"), stored.pruner, now.pruner);
  compare(found, tr("number of in-flight trials"), stored.in_flight, now.in_flight);
  compare(found, tr("number of starts"), stored.starts, now.starts);
  compare(found, tr("list of additional objectives"), objectives_text(stored),
          objectives_text(now));
  compare(found, tr("list of constraints"), constraints_text(stored), constraints_text(now));
  compare(found, tr("reference engine"), or_none(stored.reference_engine),
          or_none(now.reference_engine));
  if (stored.first != now.first) found.emplace_back(tr("different initial points"));
}

}  // namespace

std::filesystem::path recorded_path(const std::filesystem::path& path) {
  if (path.empty() || is_url(path.native())) return path;
  std::error_code failure;
  const std::filesystem::path whole = std::filesystem::absolute(path, failure);
  return failure ? path : whole.lexically_normal();
}

std::vector<PageRecord> page_records(const Corpus& corpus) {
  std::vector<PageRecord> records;
  for (const Page& page : corpus.pages()) {
    records.push_back({.name = page.name,
                       .pixels = page.identity().text(),
                       .truth = page.truth_hash(),
                       .lang = page.lang,
                       .width = page.width,
                       .height = page.height,
                       .dpi = page.dpi.x,
                       .labels = page.labels,
                       .file = recorded_path(page.file),
                       .file_page = page.index,
                       .truth_file = recorded_path(page.truth_file)});
  }
  return records;
}

std::vector<Score> objectives_of(const StudyDefinition& definition) {
  std::vector<Score> objectives{definition.objective};
  const std::vector<Score>& more = definition.search.more_objectives;
  objectives.insert(objectives.end(), more.begin(), more.end());
  return objectives;
}

Pipeline pipeline_of(const StudyDefinition& definition) {
  return parse_pipeline(definition.pipeline, "study");
}

Space space_of(const StudyDefinition& definition) { return pipeline_of(definition).space(); }

bool has_truth(const StudyDefinition& definition) {
  return std::ranges::any_of(definition.pages,
                             [](const PageRecord& page) { return !page.truth.empty(); });
}

References references_of(const StudyDefinition& definition) {
  std::vector<Score> asked = objectives_of(definition);
  for (const Constraint& constraint : definition.search.constraints)
    asked.push_back(constraint.score);
  if (std::ranges::any_of(asked, needs_reference)) return References::all;
  return std::ranges::any_of(asked, uses_reference) ? References::without_truth : References::none;
}

std::vector<std::string> differences(const StudyDefinition& stored, const StudyDefinition& now) {
  std::vector<std::string> found;
  if (stored.pipeline != now.pipeline) {
    found.push_back(tr("different pipeline: ") + first_difference(stored.pipeline, now.pipeline));
  }
  compare_search(found, stored.search, now.search);
  const Pairing pages(all_pages(stored), all_pages(now));
  name_pages(found, tr("different corpus, missing or changed:"), pages.missing);
  name_pages(found, tr("different corpus, not in the study:"), pages.added);
  name_pages(found, tr("different language:"), pages.other_language);
  name_pages(found, tr("different ground truth:"), pages.other_truth);
  if (pages.missing.empty() && pages.added.empty() && !same_pages(stored.held_out, now.held_out)) {
    found.push_back(tr("different validation pages (--hold-out): {} in the study, {} here",
                       stored.held_out.size(), now.held_out.size()));
  }
  compare(found, tr("seed"), stored.seed, now.seed);
  compare(found, tr("objective"), score_name(stored.objective), score_name(now.objective));
  compare(found, "psm", stored.psm, now.psm);
  compare(found, "oem", stored.oem, now.oem);
  compare(found, tr("engine"), stored.engine, now.engine);
  compare(found, "ocr-max-width", stored.ocr_max_width, now.ocr_max_width);
  if (stored.models != now.models) {
    found.push_back(tr("different language data or OCR engine version: {} in the study, {} here",
                       stored.models, now.models));
  }
  return found;
}

std::string last_program(const std::string& programs) {
  const std::size_t change = programs.rfind(kFromTrial);
  const std::size_t end = change == std::string::npos ? change : programs.find(": ", change);
  return end == std::string::npos ? programs : programs.substr(end + 2);
}

std::string with_program(const std::string& programs, std::size_t number,
                         const std::string& program) {
  if (last_program(programs) == program) return programs;
  const std::string change = fmt::format("{}{}: ", kFromTrial, number);
  // A program that resumed the study but finished no trial is removed.
  const std::string before = programs.substr(0, programs.rfind(change));
  return last_program(before) == program ? before : before + change + program;
}

std::vector<std::size_t> matching_order(const std::vector<PageRecord>& stored,
                                        const std::vector<PageRecord>& now) {
  return Pairing(stored, now).partner;
}

}  // namespace ocrtune
