#include "ocrtune/workflow/page_applier.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/apply/pdf_documents.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/same_place.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/language/text_language.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/options/models_in_use.h"
#include "ocrtune/workflow/applied_files.h"
#include "ocrtune/workflow/chosen_portfolio.h"
#include "ocrtune/workflow/output_names.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace {

std::string output_settings(const ApplyOptions& options) {
  std::string text = options.split ? "split\n" : "";
  if (options.pages.dpi) text += fmt::format("dpi {}\n", *options.pages.dpi);
  if (options.pages.split_double_pages) text += "split_double_pages\n";
  if (options.workspace) text += "workspace\n";
  if (options.omit_blank) text += "omit_blank\n";
  if (options.join_hyphens) text += "join_hyphens\n";
  if (options.existing_text != kUsualExistingText) text += options.existing_text + "\n";
  if (options.optimize != kImagesAsTheyAre) text += fmt::format("optimize={}\n", options.optimize);
  return text;
}

/// Raised where the same settings give other output than before in this version.
constexpr int kOutput = 4;

/// All settings that affect the output, besides the pages and the versions of programs.
std::string settings_text(const ApplyOptions& options, const Portfolio& portfolio,
                          const ChoiceRule& rule, const RecognitionOptions& recognition) {
  return fmt::format(
      "{}\n{}{}\nformats {}\n{}images {}\npsm {}{}\noem {}\nmax_width {}\nengines {}\noutput {}\n",
      portfolio_text(portfolio), rule.choice == Choice::vote ? "vote\n" : "",
      rule.enough ? fmt::format("enough {}", *rule.enough) : "all", joined(options.formats, " "),
      output_settings(options), options.images, recognition.psm, options.ocr.psm ? "" : "+columns",
      recognition.oem, recognition.max_width.value_or(0),
      engine_identities(portfolio.engine_names()), kOutput);
}

/// By language, the identities of its models in these folders and in those of the portfolio, and
/// its engine: pages in further languages may be added to an output folder.
std::map<std::string, std::string> models_by_language(const LanguageEngines& engines,
                                                      const std::vector<std::string>& tessdata,
                                                      const Portfolio& portfolio) {
  std::map<std::string, std::string> models;
  for (const auto& [lang, engine] : engines) {
    std::vector<std::string> folders = tessdata;
    for (const std::string& folder : model_folders(portfolio, lang)) {
      if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(folder);
    }
    std::vector<std::string> identities;
    identities.reserve(folders.size());
    for (const std::string& folder : folders)
      identities.push_back(language_identity(lang, tessdata_folder(folder)));
    models[lang] =
        fmt::format("{}; {} {}", joined(identities, "; "), engine, engine_identities({engine}));
  }
  return models;
}

/// The folders of `--tessdata`, of which the first is left in the options.
std::vector<std::string> take_folders(OcrOptions& options) {
  std::vector<std::string> folders = tessdata_folders(options.tessdata);
  options.tessdata = folders.front();
  return folders;
}

/// The portfolio with the models of further folders. Throws if the selected engine has other
/// models, or a folder lacks one of the languages.
Portfolio with_models_of(const std::vector<std::string>& folders, Portfolio portfolio,
                         const std::vector<std::string>& languages,
                         const RecognitionOptions& recognition, const Events& events) {
  if (folders.size() < 2) return portfolio;
  for (const auto& [lang, name] : recognition.engines) {
    const OcrEngine& engine = engine_named(name);
    if (!engine.has_tesseract_models())
      throw OptionError(
          Errc::invalid_argument, "tessdata", "",
          tr("several folders, but {} has models of its own", translated(engine.title)));
  }
  const std::vector<std::string> further(folders.begin() + 1, folders.end());
  for (const std::string& folder : further) {
    for (const std::string& lang : languages) require_languages(lang, folder);
    (void)selected_engines(events, languages, with_models(recognition, folder));
  }
  return with_further_models(portfolio, further);
}

AppliedPage applied(const Page& page, const std::string& models, const Portfolio& portfolio,
                    const BestResult& best, Choice choice) {
  const OcrQuality& quality = best.quality;
  AppliedPage result{
      .page = page.name,
      .pixels = page.identity().text(),
      .models = models,
      .lang = page.lang,
      .other_lang = best.across_vertical_lines
                        ? vertical_model(page.lang)
                        : unexpected_language(plain_text(best.ocr_result), page.lang),
      .pipeline = portfolio.pipelines[best.pipeline].name(),
      .net_legible = quality.net_legible,
      .confidence = mean_confidence(best.ocr_result),
      .expected_cer = best.expected_cer,
      .coverage = quality.coverage,
      .words = static_cast<int>(best.ocr_result.words.size()),
      .rotate = 90 * best.turns,
      .by_columns = best.by_columns,
      .voted = choice == Choice::vote ? std::optional(best.changed) : std::nullopt,
      .ocr_results = {},
      .reasons = {},
      .seconds = best.seconds,
      .first_seconds = best.first_seconds};
  if (best.condition)
    result.reasons = reasons_of(PageFindings{.nothing_recognized = best.ocr_result.words.empty(),
                                             .other_lang = result.other_lang,
                                             .across_vertical_lines = best.across_vertical_lines,
                                             .in_columns = best.by_columns || best.out_of_order,
                                             .condition = *best.condition});
  for (const Candidate& candidate : best.candidates) {
    if (candidate.failure.empty() && !best.blank)
      result.ocr_results[portfolio.pipelines[candidate.pipeline].name()] =
          candidate.quality.net_legible;
  }
  return result;
}

/// A recognized page that is not written yet; compressed, because several may wait for a slow one.
struct Finished {
  AppliedPage page;
  std::vector<std::string> failures;  ///< of OCR engines whose pipelines were left out
  std::map<std::filesystem::path, std::vector<std::byte>> files;
  std::optional<int> guess;  ///< of the resolution of a PDF of its own
};

std::uint64_t bytes_of(const Finished& finished) {
  std::uint64_t bytes = sizeof finished;
  for (const auto& [path, content] : finished.files) bytes += content.size();
  return bytes;
}

std::vector<std::string> failures_of(const BestResult& best) {
  std::vector<std::string> failures;
  for (const Candidate& candidate : best.candidates) {
    if (candidate.engine_failed) failures.push_back(candidate.failure);
  }
  return failures;
}

void write(const std::map<std::filesystem::path, std::vector<std::byte>>& files) {
  for (const auto& [path, bytes] : files) {
    make_folder(path.parent_path());
    write_atomically(path, bytes);
  }
}

}  // namespace

class PageApplier::Implementation {
 public:
  Implementation(const ApplyOptions& given, const Events& events,
                 const std::optional<DocumentOutput>& document)
      : options_(given),
        document_(document),
        events_(events),
        folders_(take_folders(options_.ocr)),
        chosen_(chosen_portfolio(options_.choice, options_.ocr)),
        portfolio_(chosen_.portfolio),
        plan_(plan_work(options_.work, options_.ocr, portfolio_.engine_names(),
                        folders_.size() + model_folders(portfolio_).size())),
        in_colour_(options_.workspace ||
                   std::ranges::any_of(portfolio_.pipelines, &Pipeline::wants_colour)),
        outputs_(options_, document_.has_value()),
        output_(options_.output),
        names_(options_.output,
               [this](const Page& page) { return outputs_.of(page, pdf_options()); }),
        devices_(options_.devices) {}

  void prepare(const std::vector<std::string>& languages) {
    recognition_ = resolved(options_.ocr, events_, languages);
    portfolio_ = usable_portfolio(chosen_, languages, recognition_, events_);
    portfolio_ = with_models_of(folders_, std::move(portfolio_), languages, recognition_, events_);
    recognition_.device = devices_.opened_for_ocr(events_, recognition_);
    models_ = models_by_language(recognition_.engines, folders_, portfolio_);
  }

  [[nodiscard]] std::string settings() const {
    return settings_text(options_, portfolio_, chosen_.rule, recognition_);
  }

  [[nodiscard]] std::vector<std::size_t> open_pages(const HasRecord& has_record) const {
    std::vector<bool> done;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < corpus_->pages().size(); ++i) {
      const Page& page = corpus_->pages()[i];
      done.push_back(has_record(page, models_.at(page.lang)) && outputs_.are_there(page));
      if (!done.back()) open.push_back(i);
    }
    return documents_ ? documents_->open_pages(done) : open;
  }

  void begin(const Corpus& corpus) {
    outputs_.refuse_collisions(corpus.pages());
    documents_ = documents_of(corpus);
    corpus_ = &corpus;
  }

  void apply(const std::vector<std::size_t>& which, const Callbacks& callbacks) {
    const Corpus& corpus = *corpus_;
    PagePlaces places(plan_.cache, kStepsPerWorker * static_cast<std::uint64_t>(plan_.workers),
                      devices_.opened(events_, corpus, longest(portfolio_), plan_));
    PdfDocuments* documents = documents_.get();
    if (documents != nullptr) documents->begin(which);
    std::map<int, std::size_t> guesses;
    work_on_pages<Finished>(
        {.corpus = corpus,
         .which = which,
         .plan = plan_,
         .recognition = recognition_,
         .in_colour = in_colour_,
         .events = events_,
         .line = callbacks.line,
         .leave_out =
             [&](std::size_t index, const std::string& reason) {
               callbacks.left_out(
                   index, documents != nullptr ? documents->end(index, reason, events_) : reason);
             }},
        [&](PageAtWork& at) { return finished(corpus, at, places, documents); },
        [&](std::size_t index, const Finished& finished) {
          output_.prepare();
          write(finished.files);
          // A page that ends its file's PDF fails with it.
          const std::string reason = documents != nullptr ? documents->end(index, "", events_) : "";
          if (!reason.empty()) {
            callbacks.left_out(index, reason);
            return;
          }
          callbacks.done(index, finished.page);
          if (documents != nullptr) documents->tidy(index);
          if (finished.guess) ++guesses[*finished.guess];
          for (const std::string& failure : finished.failures)
            warn_of_failure(events_, corpus.pages()[index], failure);
        },
        bytes_of);
    output_.require();
    if (documents != nullptr) documents->tell_guesses(events_);
    tell_guessed_resolutions(guesses, events_);
  }

  const MemoryPlan& plan() const { return plan_; }
  const std::string& tessdata() const { return options_.ocr.tessdata; }
  bool in_colour() const { return in_colour_; }
  const OutputNames& names() const { return names_; }
  const Portfolio& portfolio() const { return portfolio_; }
  const std::map<std::string, std::string>& models() const { return models_; }
  void tell_devices() const { devices_.tell(events_); }

 private:
  [[nodiscard]] PdfOptions pdf_options() const {
    return {.folder = options_.output,
            .document = document_ ? document_->file : std::filesystem::path()};
  }

  std::optional<Finished> finished(const Corpus& corpus, PageAtWork& at, PagePlaces& places,
                                   const PdfDocuments* documents) const {
    const Page& page = at.page;
    const auto best = best_result(
        page, [&] { return corpus.image(at.index, in_colour_); },
        {.portfolio = portfolio_,
         .recognizers = at.recognizers,
         .place = places.of(at.index),
         .stop = *events_.stop,
         .reservation = &at.reservation},
        chosen_.rule);
    if (!best) return std::nullopt;
    return Finished{
        applied(page, models_.at(page.lang), portfolio_, *best, chosen_.rule.choice),
        failures_of(*best),
        outputs_.made(corpus, at.index, *best, recognition_.engines.at(page.lang), documents),
        outputs_.guess(page, best->ocr_result)};
  }

  /// Null if there is no PDF for each file.
  [[nodiscard]] std::unique_ptr<PdfDocuments> documents_of(const Corpus& corpus) const {
    if (!outputs_.has_documents()) return nullptr;
    PdfOptions options = pdf_options();
    options.dpi = options_.pages.dpi;
    options.program = [this](const Page& page) {
      return source_of(page.name, 1, recognition_.engines.at(page.lang)).program;
    };
    options.existing_text = existing_text_named(options_.existing_text);
    options.smaller_images = options_.optimize != kImagesAsTheyAre;
    options.may_be_moved = options_.watch;
    return std::make_unique<PdfDocuments>(std::move(options), corpus);
  }

  ApplyOptions options_;
  std::optional<DocumentOutput> document_;
  const Events& events_;
  std::vector<std::string> folders_;
  ChosenPortfolio chosen_;
  Portfolio portfolio_;  // of it, what can be used, and the pipelines of further folders
  MemoryPlan plan_;
  bool in_colour_;
  AppliedFiles outputs_;
  OutputFolder output_;
  OutputNames names_;
  DevicesInUse devices_;
  RecognitionOptions recognition_;
  std::map<std::string, std::string> models_;
  const Corpus* corpus_ = nullptr;
  std::unique_ptr<PdfDocuments> documents_;  // of the corpus
};

PageApplier::PageApplier(const ApplyOptions& options, const Events& events,
                         const std::optional<DocumentOutput>& document)
    : implementation_(std::make_unique<Implementation>(options, events, document)) {}
PageApplier::~PageApplier() = default;

const MemoryPlan& PageApplier::plan() const { return implementation_->plan(); }
const std::string& PageApplier::tessdata() const { return implementation_->tessdata(); }
bool PageApplier::in_colour() const { return implementation_->in_colour(); }
const OutputNames& PageApplier::names() const { return implementation_->names(); }
const Portfolio& PageApplier::portfolio() const { return implementation_->portfolio(); }
std::string PageApplier::settings() const { return implementation_->settings(); }
void PageApplier::tell_devices() const { implementation_->tell_devices(); }

const std::map<std::string, std::string>& PageApplier::models() const {
  return implementation_->models();
}

void PageApplier::prepare(const std::vector<std::string>& languages) {
  implementation_->prepare(languages);
}

void PageApplier::begin(const Corpus& corpus) { implementation_->begin(corpus); }

std::vector<std::size_t> PageApplier::open_pages(const HasRecord& has_record) const {
  return implementation_->open_pages(has_record);
}

void PageApplier::apply(const std::vector<std::size_t>& which, const Callbacks& callbacks) {
  implementation_->apply(which, callbacks);
}

}  // namespace ocrtune::workflow
