#include "ocrtune/report/report_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/documents/words_json.h"
#include "ocrtune/execution/page_loop.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/pdf/render.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/picture_uri.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxOfAKind = 4;

PageResult result_of(const PageScores& scores) {
  return {.scores = scores, .timings = {}, .failure = {}};
}

/// Scores of the study's trials on its pages or on its validation pages.
class PicturedTrials {
 public:
  PicturedTrials(const StudyFindings& findings, bool held_out)
      : findings_(findings), held_out_(held_out) {}

  [[nodiscard]] std::size_t pages() const {
    return held_out_ ? findings_.definition.held_out.size() : findings_.definition.pages.size();
  }

  [[nodiscard]] const PageScores* find(std::size_t number, std::size_t page) const {
    if (held_out_) {
      const auto found = findings_.validations.find(number);
      return found == findings_.validations.end() ? nullptr : &found->second[page];
    }
    const auto found = std::ranges::find(findings_.trials, number, &Trial::number);
    return found == findings_.trials.end() ? nullptr : &found->pages[page].scores;
  }

 private:
  const StudyFindings& findings_;
  bool held_out_;
};

void add_pages(const StudyFindings& findings, bool held_out, std::vector<PicturedPage>& pages) {
  const PicturedTrials pictured(findings, held_out);
  const std::size_t number = findings.summary.best_number;
  if (number == 0) return;
  for (std::size_t page = 0; page < pictured.pages(); ++page) {
    const PageScores* before = pictured.find(0, page);
    const PageScores* after = pictured.find(number, page);
    if (before == nullptr || after == nullptr) continue;
    const auto gain =
        page_gain(result_of(*before), result_of(*after), findings.definition.objective);
    if (!gain) continue;
    pages.push_back({.held_out = held_out,
                     .page = page,
                     .number = number,
                     .gain = *gain,
                     .before = *before,
                     .after = *after});
  }
}

RecognitionOptions recognition_of(const StudyDefinition& definition, const std::string& tessdata) {
  RecognitionOptions options{.psm = definition.psm,
                             .oem = definition.oem,
                             .max_width = std::nullopt,
                             .tessdata = tessdata,
                             .engines = {}};
  if (definition.ocr_max_width > 0) options.max_width = definition.ocr_max_width;
  std::vector<std::string> languages;
  for (const auto* pages : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& page : *pages) languages.push_back(page.lang);
  }
  options.engines = engines_of(definition.engine, languages);
  return options;
}

/// None if the file cannot be read any more.
std::optional<Image> decoded(const PageRecord& page, bool in_colour, const DecodeLimits& limits) {
  try {
    const std::vector<std::byte> bytes = read_page_file(page.file, limits);
    const std::unique_ptr<PageFile> file = open_page_file(page.file, bytes, limits);
    if (page.file_page < 0 || page.file_page >= file->page_count()) return std::nullopt;
    return file->decode(page.file_page, in_colour);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The page with the pixels of the study. Throws Error(input_unreadable) that names it.
Image image_of(const PageRecord& page, bool in_colour) {
  const auto refuse = [&](const std::string& why) {
    throw Error(Errc::input_unreadable, fmt::format("{}: {}", page.name, why));
  };
  if (page.file.empty()) refuse(tr("its image was in the memory of a program"));
  std::optional<Image> image = decoded(page, in_colour, {});
  if (!image) refuse(tr("its file can no longer be read"));
  if (pixel_hash(*image).text() == page.pixels) return *std::move(image);
  // A page of a PDF may have been rendered at another resolution.
  if (page.dpi >= kMinPdfDpi && page.dpi <= kMaxPdfDpi)
    image = decoded(page, in_colour, {.pdf_dpi = static_cast<int>(std::lround(page.dpi))});
  if (!image || pixel_hash(*image).text() != page.pixels) refuse(tr("its file has changed"));
  return *std::move(image);
}

/// The page's ground truth, if its file is unchanged since the study.
json truth_of(const PageRecord& page) {
  if (page.truth_file.empty()) return nullptr;
  try {
    const std::string text = read_truth(page.truth_file).text;
    if (content_hash(text).text() == page.truth) return text;
  } catch (const Error&) {
    return nullptr;
  }
  return nullptr;
}

json view_json(const Image& image, const OcrResult& ocr_result, const PageScores& scores) {
  return {{"image", picture_uri(image.gray)},
          {"width", ocr_result.width},
          {"height", ocr_result.height},
          {"text", plain_text(ocr_result)},
          {"words", words_json(ocr_result)},
          {"scores", scores_json(mean_scores({result_of(scores)}))}};
}

/// Makes the pictures of one page after another; thread-safe.
class PictureMaker {
 public:
  PictureMaker(const StudyFindings& findings, const PictureOptions& options)
      : findings_(findings),
        may_read_(options.may_read),
        searched_(pipeline_of(findings.definition)),
        in_colour_(searched_.wants_colour()),
        gate_(options.plan.tasks) {}

  /// Nothing if `stop` became true. Throws Error if the page cannot be shown.
  std::optional<json> make(const PicturedPage& shown, RecognizerPool& recognizers,
                           const std::atomic<bool>& stop) {
    const PageRecord& page = record(shown);
    if (!page.file.empty() && !may_read_(page.file)) {
      throw Error(Errc::input_unreadable,
                  tr("{}: its file is outside the folders of this server", page.name));
    }
    const MemoryGate::Reservation reservation(gate_, task_bytes({.name = page.name,
                                                                 .file = {},
                                                                 .lang = page.lang,
                                                                 .truth = {},
                                                                 .reference = {},
                                                                 .labels = {},
                                                                 .pixel_hash = {},
                                                                 .colour_hash = {},
                                                                 .width = page.width,
                                                                 .height = page.height,
                                                                 .dpi = {}},
                                                                in_colour_));
    const Image before = image_of(page, in_colour_);
    const Trial& trial = *std::ranges::find(findings_.trials, shown.number, &Trial::number);
    const Pipeline pipeline = searched_.at(trial.point);
    const Image after = pipeline.run(before);
    const OcrSettings settings = pipeline.ocr_settings(after);
    const auto first = recognizers.get(page.lang, {}).read(before, {}, stop);
    if (!first) return std::nullopt;
    const auto second = recognizers.get(page.lang, settings).read(after, settings, stop);
    if (!second) return std::nullopt;
    return json{{"page", page.name},
                {"held_out", shown.held_out},
                {"gain", shown.gain},
                {"before", view_json(before, *first, shown.before)},
                {"after", view_json(after, *second, shown.after)},
                {"truth", may_read_(page.truth_file) ? truth_of(page) : json()}};
  }

  [[nodiscard]] const PageRecord& record(const PicturedPage& shown) const {
    const StudyDefinition& definition = findings_.definition;
    return shown.held_out ? definition.held_out[shown.page] : definition.pages[shown.page];
  }

 private:
  const StudyFindings& findings_;
  const std::function<bool(const std::filesystem::path&)>& may_read_;
  Pipeline searched_;
  bool in_colour_;
  MemoryGate gate_;
};

/// A picture, or the reason why there is none.
struct Made {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  json picture;
  std::string failure;
};

ReportPictures gathered(std::vector<Made>& made) {
  ReportPictures result;
  std::size_t failures = 0;
  std::string first;
  for (Made& one : made) {
    if (!one.picture.is_null()) result.pictures.push_back(std::move(one.picture));
    if (one.failure.empty()) continue;
    if (failures++ == 0) first = one.failure;
  }
  if (failures > 0)
    result.missing = tr("{} of {} pages can't be shown; {}", failures, made.size(), first);
  return result;
}

}  // namespace

std::vector<PicturedPage> pictured_pages(const StudyFindings& findings) {
  std::vector<PicturedPage> pages;
  add_pages(findings, false, pages);
  add_pages(findings, true, pages);
  std::ranges::stable_sort(pages, std::ranges::greater(), &PicturedPage::gain);
  if (pages.size() > 2 * kMaxOfAKind) {
    const auto middle = pages.begin() + kMaxOfAKind;
    pages.erase(middle, pages.end() - kMaxOfAKind);
  }
  return pages;
}

ReportPictures report_pictures(
    const StudyFindings& findings, const PictureOptions& options, const std::atomic<bool>& stop,
    const std::function<void(std::size_t done, std::size_t all)>& progress) {
  const std::vector<PicturedPage> pages = pictured_pages(findings);
  if (pages.empty())
    return {.pictures = json::array(), .missing = tr("nothing differs from the originals")};
  std::vector<Made> made(pages.size());
  PictureMaker maker(findings, options);
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) -> std::optional<PageDone> {
    try {
      std::optional<json> picture = maker.make(pages[i], recognizers, stop);
      if (!picture) return std::nullopt;
      made[i].picture = std::move(*picture);
    } catch (const Error& error) {
      made[i].failure = error.what();
    } catch (const std::bad_alloc&) {
      made[i].failure = maker.record(pages[i]).name + tr(": needs more memory than available");
    }
    return PageDone{};  // all are kept
  };
  std::size_t done = 0;
  const auto emit = [&](std::size_t) { progress(++done, pages.size()); };
  for_each_page(pages.size(), options.plan.workers,
                recognition_of(findings.definition, options.tessdata), work, emit, stop);
  return gathered(made);
}

}  // namespace ocrtune
