#include "ocrtune/workflow/reader.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/place_words.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/options/effort.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/workflow/chosen_portfolio.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace {

/// Of one page in memory.
Corpus corpus_of(const Image& image, const std::string& lang) {
  std::vector<Problem> none;
  const InputFile page{.path = {},
                       .name = "image",
                       .lang = {},
                       .truth = std::nullopt,
                       .labels = {},
                       .image = std::make_shared<const Image>(image)};
  return Corpus::load({page}, {.lang = lang, .limits = {}, .in_colour = true}, none);
}

PortfolioOptions choice_of(const ReaderOptions& options) {
  PortfolioOptions choice{.pipelines = {},
                          .vote = options.vote,
                          .effort = options.effort,
                          .recipe = options.recipe,
                          .recipe_choice = options.recipe_choice};
  if (options.portfolio) choice.portfolio = *options.portfolio;
  return choice;
}

}  // namespace

Options options_of(ReaderOptions& options) {
  Options rows{lang_option(options.lang)};
  append(rows, options_of(options.pipeline, kReadPipeline, false));
  append(rows, {{.name = "portfolio",
                 .field = &options.portfolio,
                 .group = "Pipeline",
                 .help = "Portfolio to choose from for each page, instead of a pipeline: the name "
                         "of one that comes with ocrtune, or a TOML file",
                 .excludes = {"pipeline", "set"},
                 .completion = Completion::portfolio},
                {.name = "effort",
                 .field = &options.effort,
                 .group = "Pipeline",
                 .help = "Portfolio and voting by the time that a page may take, as of `apply`",
                 .choices = effort_names(),
                 .excludes = {"portfolio", "vote", "pipeline", "set"}},
                {.name = "vote",
                 .field = &options.vote,
                 .group = "Pipeline",
                 .help = "Combine the OCR results of a page word by word by voting (ROVER); needs "
                         "a portfolio"},
                {.name = "recipe",
                 .field = &options.recipe,
                 .group = "Pipeline",
                 .help = "TOML file of a recipe, as of `apply`",
                 .excludes = {"portfolio", "effort", "vote", "pipeline", "set"},
                 .value_name = "FILE",
                 .completion = Completion::file,
                 .suffixes = {".toml"}},
                {.name = "choice",
                 .field = &options.recipe_choice,
                 .group = "Pipeline",
                 .help = "Choice of the recipe, such as fast or best",
                 .usual = "the one that the recipe recommends",
                 .excludes = {"portfolio", "effort", "vote", "pipeline", "set"},
                 .value_name = "NAME"}});
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.devices));
  return rows;
}

class Reader::Implementation {
 public:
  Implementation(const ReaderOptions& options, const Events& events)
      : lang_(options.lang.value_or(kUsualLanguage)), devices_(options.devices) {
    if (lang_ == kAutomaticLanguage)
      throw OptionError(Errc::invalid_argument, "lang", lang_,
                        tr("not for pages in memory; name their languages"));
    require_languages(lang_, tessdata_folder(options.ocr.tessdata));
    recognition_ = resolved(options.ocr, events, {lang_});
    if (options.portfolio || options.effort || options.recipe) {
      const ChosenPortfolio chosen = chosen_portfolio(choice_of(options), options.ocr);
      rule_ = chosen.rule;
      portfolio_ = usable_portfolio(chosen, {lang_}, recognition_, events);
    } else {
      portfolio_.pipelines = {stated_pipeline(options.pipeline, kReadPipeline).at({})};
      check_engine_options(portfolio_.pipelines.front(), recognition_.engines);
    }
    recognition_.device = devices_.opened_for_ocr(events, recognition_);
    if (!devices_.measures_pages()) open_devices(Corpus(), events);
  }

  std::optional<ReadImage> read(const Image& page, const std::atomic<bool>& stop) {
    check_size(page.gray.cols, page.gray.rows, {});
    const SerialOpenCv serial;
    DeviceUse* device = device_for(page);
    const Lease recognizers(*this);
    return rule_ ? best(page, recognizers.pool(), device, stop)
                 : only(page, recognizers.pool(), device, stop);
  }

  [[nodiscard]] bool wants_colour() const {
    return std::ranges::any_of(portfolio_.pipelines, &Pipeline::wants_colour);
  }

 private:
  /// Recognizers of one call, of a call before it if there are any.
  class Lease {
   public:
    explicit Lease(Implementation& owner) : owner_(owner), pool_(owner.take()) {}
    ~Lease() { owner_.give_back(std::move(pool_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    [[nodiscard]] RecognizerPool& pool() const { return *pool_; }

   private:
    Implementation& owner_;
    std::unique_ptr<RecognizerPool> pool_;
  };

  void open_devices(const Corpus& corpus, const Events& events) {
    opened_ = devices_.opened(events, corpus, longest(portfolio_), plan_work({}));
    are_open_ = true;
  }

  /// Where the stages of the next page run; null: on the CPU.
  DeviceUse* device_for(const Image& page) {
    const std::scoped_lock lock(mutex_);
    if (!are_open_) open_devices(corpus_of(page, lang_), {});
    return opened_.empty() ? nullptr : opened_[next_device_++ % opened_.size()].get();
  }

  std::unique_ptr<RecognizerPool> take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return std::make_unique<RecognizerPool>(recognition_);
    std::unique_ptr<RecognizerPool> pool = std::move(idle_.back());
    idle_.pop_back();
    return pool;
  }

  void give_back(std::unique_ptr<RecognizerPool> pool) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(pool));
  }

  std::optional<ReadImage> only(const Image& page, RecognizerPool& pool, DeviceUse* device,
                                const std::atomic<bool>& stop) const {
    StageCache cache(0, 1);
    StageRun run(
        portfolio_.pipelines.front(), page_content(page), [&] { return page; }, cache, {}, device);
    const Image& image = run.image();
    const OcrSettings& settings = run.ocr_settings();
    auto words = pool.get(lang_, settings).read(image, settings, stop);
    if (!words) return std::nullopt;
    place_words(*words, image, page.gray.size());
    return ReadImage{std::move(*words), recognition_.engines.at(lang_)};
  }

  std::optional<ReadImage> best(const Image& page, RecognizerPool& pool, DeviceUse* device,
                                const std::atomic<bool>& stop) const {
    StageCache cache(0, kStepsPerWorker);
    const PagePlace place{.stages = cache, .device = device};
    auto found = best_result(
        corpus_of(page, lang_).pages().front(), [&] { return page; },
        {.portfolio = portfolio_, .recognizers = pool, .place = place, .stop = stop}, *rule_);
    if (!found) return std::nullopt;
    const std::string& engine = found->kept().use.engine;
    return ReadImage{std::move(found->ocr_result),
                     engine.empty() ? recognition_.engines.at(lang_) : engine, found->turns};
  }

  std::string lang_;
  RecognitionOptions recognition_;
  Portfolio portfolio_;
  std::optional<ChoiceRule> rule_;  ///< nothing: a pipeline alone
  std::mutex mutex_;
  DevicesInUse devices_;
  std::vector<std::shared_ptr<DeviceUse>> opened_;
  bool are_open_ = false;
  std::size_t next_device_ = 0;
  std::vector<std::unique_ptr<RecognizerPool>> idle_;
};

Reader::Reader(const ReaderOptions& options, const Events& events) {
  check_fields(options);
  if (options.vote && !options.portfolio)
    throw OptionError(Errc::invalid_argument, "vote", "", tr("needs a portfolio"));
  if (options.recipe_choice && !options.recipe)
    throw OptionError(Errc::invalid_argument, "choice", "", tr("needs a recipe"));
  implementation_ = std::make_unique<Implementation>(options, events);
}
Reader::~Reader() = default;

std::optional<ReadImage> Reader::read(const Image& page, const std::atomic<bool>& stop) const {
  return implementation_->read(page, stop);
}

bool Reader::wants_colour() const { return implementation_->wants_colour(); }

}  // namespace ocrtune::workflow
