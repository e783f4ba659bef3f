#include "ocrtune/server/corpora.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/languages_found.h"
#include "ocrtune/options/options.h"
#include "ocrtune/preview/page_images.h"
#include "ocrtune/server/copied_edit.h"
#include "ocrtune/server/ground_truth.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

using nlohmann::json;

namespace {

/// Sleeping time of the background thread if there are no pages to recognize.
constexpr std::chrono::milliseconds kSleep{200};

/// Yields to almost everything else; at the lowest priority, a busy machine would prevent the
/// server from ending.
constexpr int kBackgroundNiceness = 10;

/// Time between two looks at the files of a corpus that nobody asks to refresh. A file that has
/// changed as recently may not be whole yet.
constexpr std::chrono::milliseconds kBetweenLooks{2000};

/// What a collection tells of a page, of its page_ocr_result.
json baseline_of(const json& ocr_result) {
  return {{"scores", ocr_result.at("scores")},
          {"expected_cer", ocr_result.at("expected_cer")},
          {"reasons", ocr_result.at("reasons")}};
}

std::string corpus_id(const CorpusRequest& request) {
  return content_hash(json{request.inputs, request.lang}.dump(-1, ' ', false,
                                                              json::error_handler_t::replace))
      .text()
      .substr(0, 16);
}

/// What a request to use a URL is answered: it must not make this machine send requests to others.
std::string no_downloads() {
  return tr("`ocrtune serve` downloads no pages; download the file, and add it instead");
}

/// Removes files outside of the roots, to which a manifest or a symbolic link may lead, and URLs.
/// Ground truth that is elsewhere is refused when it is read, here and by runs.
std::vector<InputFile> inside(const Roots& roots, std::vector<InputFile> files,
                              std::vector<Problem>& problems) {
  std::erase_if(files, [&](const InputFile& file) {
    const bool is_remote = is_url(file.path.native());
    if (!is_remote && roots.contains(file.path)) return false;
    problems.push_back({shown(file.path),
                        is_remote ? no_downloads() : tr("is outside the folders of this server")});
    return true;
  });
  return files;
}

void require_version(const EditedScan& scan, const std::string& version) {
  if (scan.version() == version) return;
  throw HttpError(409, tr("the edits of this file were changed meanwhile, in another window or "
                          "by another program"));
}

/// Pages in the language `auto` in the one that was found for them before.
Corpus with_languages_of(const Corpus& before, Corpus corpus) {
  const auto scan_of = [](const Page& page) { return std::pair(page.file, page.origin.page); };
  std::map<std::pair<fs::path, int>, std::string> known;
  for (const Page& page : before.pages()) {
    if (page.origin.lang.empty() || page.origin.lang == kAutomaticLanguage)
      known[scan_of(page)] = page.lang;
  }
  std::vector<std::string> languages;
  for (const Page& page : corpus.pages()) {
    const auto found = page.lang == kAutomaticLanguage ? known.find(scan_of(page)) : known.end();
    languages.push_back(found == known.end() ? page.lang : found->second);
  }
  return corpus.with_languages(languages);
}

}  // namespace

Corpora::Corpora(const ServerContext& context, PageRecognizer& recognizer, EventHub& events)
    : context_(context),
      ocr_results_(context.own_folder() / "ocr_results", recognizer),
      list_(context.own_folder() / "corpora.json", events),
      background_([this](const std::stop_token& ended) { read_pages(ended); }) {}

Corpora::~Corpora() {
  stopping_ = true;
  loader_.join();
}

std::string Corpora::add(const CorpusRequest& given) {
  CorpusRequest request{.inputs = {}, .lang = given.lang};
  if (given.inputs.empty() || given.inputs.size() > kMaxInputs) {
    throw HttpError(400,
                    tr("`inputs`: must be from 1 to {} files, folders or manifests", kMaxInputs));
  }
  for (const std::string& input : given.inputs) {
    if (is_url(input)) throw HttpError(403, no_downloads());
    request.inputs.push_back(context_.roots.inside(input).string());
  }
  if (request.lang != kAutomaticLanguage) require_languages(request.lang, tessdata_folder(""));
  std::string id = corpus_id(request);
  list_.add(id, request);
  look(id, false);
  return id;
}

void Corpora::remove(const std::string& id) {
  list_.remove(id);
  boost::asio::post(loader_, [this, id] { states_.erase(id); });
  const std::scoped_lock lock(mutex_);
  looks_.erase(id);
}

void Corpora::refresh(const std::string& id) {
  (void)list_.request(id);
  look(id, true);
}

json Corpora::info(const std::string& id, bool pages) {
  json info = list_.info(id, pages);
  look(id, false);
  return info;
}

std::vector<ServerEvent> Corpora::state_events() const {
  std::vector<ServerEvent> events;
  for (const json& info : all()) events.push_back(corpus_event(info));
  return events;
}

std::shared_ptr<const Corpus> Corpora::pages(const std::string& id) {
  auto corpus = list_.corpus(id);
  if (corpus) return corpus;
  look(id, false);
  throw HttpError(409, tr("the corpus is not loaded yet; try again later"));
}

json Corpora::ocr_result(const std::string& id, std::size_t page) {
  json ocr_result = ocr_results_.get(*pages(id), page, context_.stop);
  ocr_result["reasons"] = reasons_json(reasons_of_json(ocr_result.at("reasons")));
  return ocr_result;
}

json Corpora::put_truth(const std::string& id, std::size_t page, const std::string& text,
                        const std::string& version) {
  if (text.size() > kMaxTruthBytes)
    throw HttpError(413, tr("ground truth has at most {}", human_size(kMaxTruthBytes)));
  const std::scoped_lock lock(saving_);
  const auto corpus = pages(id);
  const Page& of = page_of(*corpus, page);
  const fs::path file = truth_file_of(of, context_.roots);
  const auto take = [&](const std::optional<Truth>& truth) {
    list_.set_truth(id, page, of, truth);
  };
  const auto version_of = [&](const std::optional<Truth>& truth) {
    return truth_version(of, truth ? std::optional(truth->text) : std::nullopt);
  };
  if (const auto now = truth_in(file); version_of(now) != version) {
    take(now);
    throw HttpError(409,
                    tr("the ground truth of this page was changed meanwhile, in another window "
                       "or by another program"));
  }
  write_truth(file, text);
  const auto written = truth_in(file);
  take(written);
  return {{"version", version_of(written)}, {"file", shown(file.filename())}};
}

json Corpora::put_edit(const std::string& id, std::size_t page, const PageEdit& edit,
                       const std::string& version) {
  const std::scoped_lock lock(saving_);
  const FilePage of = file_page_of(page_of(*pages(id), page));
  EditedScan scan(of, context_.roots);
  require_version(scan, version);
  scan.save(edit);
  queue(id, of);
  return {{"version", scan.version()}};
}

json Corpora::copy_edit(const std::string& id, std::size_t page, const std::string& which,
                        const std::string& version) {
  const std::scoped_lock lock(saving_);
  const auto corpus = pages(id);
  const FilePage from = file_page_of(page_of(*corpus, page));
  const EditedScan scan(from, context_.roots);
  require_version(scan, version);
  json counts = copy_edit_of(scan, from, pages_in_places(*corpus, which), context_.roots);
  if (counts.at("edited") > 0) queue(id, std::nullopt);
  return counts;
}

void Corpora::include(const std::string& id, const std::string& file, int number) {
  const std::scoped_lock lock(saving_);
  const FilePage of{.file = file, .page = number - 1};
  const std::vector<FilePage> excluded = list_.excluded(id);
  if (std::ranges::find(excluded, of) == excluded.end())
    throw Error(Errc::not_found, tr("no such page is excluded"));
  EditedScan scan(of, context_.roots);
  PageEdit edit = scan.edit();
  edit.exclude = false;
  scan.save(edit);
  queue(id, of);
}

/// Queues a look at the files of a corpus, unless there was one just now.
void Corpora::look(const std::string& id, bool force) {
  const std::scoped_lock lock(mutex_);
  Look& look = looks_[id];
  look.force = look.force || force;
  if (look.queued || (!look.force && Clock::now() < look.next)) return;
  look.queued = true;
  boost::asio::post(loader_, [this, id] { begin_look(id); });
}

void Corpora::retry_looks() {
  std::vector<std::string> due;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, look] : looks_)
      if (look.retry && Clock::now() >= look.next) due.push_back(id);
  }
  for (const std::string& id : due) look(id, false);
}

void Corpora::begin_look(const std::string& id) {
  bool force = false;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = looks_.find(id);
    if (found == looks_.end()) return;  // it was removed
    force = found->second.force;
    found->second = {.force = false, .next = Clock::now() + kBetweenLooks};
  }
  attempt(id, [&] { load(id, std::nullopt, force); });
}

/// Queues the corpus for loading, whose page is `edited`.
void Corpora::queue(const std::string& id, std::optional<FilePage> edited) {
  boost::asio::post(loader_, [this, id, edited = std::move(edited)] {
    attempt(id, [&] { load(id, edited, true); });
  });
}

void Corpora::attempt(const std::string& id, const std::function<void()>& load) {
  try {
    if (!stopping_ && !context_.stop) load();
  } catch (const Error& error) {
    list_.set_failed(id, {error.what()}, {});
  } catch (const std::exception&) {
    list_.set_failed(id, {tr("out of memory")}, {});
  }
}

/// The pages of the corpus that need not be decoded again; of the file of a page that was `edited`,
/// the others.
Corpus Corpora::unchanged(const std::string& id, const InputStates& states,
                          const std::optional<FilePage>& edited) const {
  const auto corpus = list_.loaded(id);
  const auto before = states_.find(id);
  if (!corpus || before == states_.end()) return {};
  const auto is_unchanged = [&](const Page& page) {
    const auto was = before->second.files.find(page.file);
    const auto now = states.files.find(page.file);
    if (was == before->second.files.end() || now == states.files.end()) return false;
    if (was->second.pages != now->second.pages) return false;
    if (edited && page.file == edited->file) return file_page_of(page) != *edited;
    return was->second.edits == now->second.edits;
  };
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < corpus->pages().size(); ++i)
    if (is_unchanged(corpus->pages()[i])) kept.push_back(i);
  return corpus->selected(kept);
}

/// `force`: even if no file has changed.
void Corpora::load(const std::string& id, const std::optional<FilePage>& edited, bool force) {
  const CorpusRequest request = list_.request(id);
  std::vector<Problem> problems;
  std::istringstream no_input;
  const std::vector<InputFile> files =
      inside(context_.roots, expand_inputs(request.inputs, no_input, problems), problems);
  InputStates states = input_states(files);
  if (any_changed_within(states, kBetweenLooks)) {
    const std::scoped_lock lock(mutex_);
    if (const auto look = looks_.find(id); look != looks_.end()) look->second.retry = true;
  }
  if (const auto was = states_.find(id); !force && was != states_.end() && was->second == states)
    return;
  list_.begin_load(id);
  const Corpus before = unchanged(id, states, edited);
  // Whatever comes of it, these are the files that it comes of.
  states_[id] = std::move(states);
  const CorpusOptions options{
      .lang = request.lang,
      .workers = machine_resources().logical_cores,
      .in_colour = true,
      .before = &before,
      .refusal_of_language = [folder = tessdata_folder("")](const std::string& lang) {
        return refusal_of_language(lang, folder);
      }};
  auto corpus = std::make_shared<const Corpus>(workflow::with_languages_found(
      with_languages_of(before, Corpus::load(files, options, problems)), {.stop = &context_.stop},
      workflow::plan_work({}), ""));
  std::vector<std::string> lines;
  for (const Problem& problem : problems) {
    if (!problem.is_remark) lines.push_back(line_of(problem));
  }
  if (corpus->pages().empty()) {
    lines.emplace_back(tr("no page could be read"));
    list_.set_failed(id, std::move(lines), excluded_pages(files));
    return;
  }
  corpus = list_.set_loaded(id, std::move(corpus), std::move(lines), excluded_pages(files));
  for (std::size_t i = 0; i < corpus->pages().size() && !stopping_ && !context_.stop; ++i) {
    if (list_.has_baseline(id, corpus, i)) continue;
    const auto kept = ocr_results_.find(corpus->pages()[i]);
    if (kept) list_.set_baseline(id, corpus, i, baseline_of(*kept));
  }
}

void Corpora::read_pages(const std::stop_token& ended) {
  // Other work on this machine takes precedence. On Linux, the priority is per thread.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kBackgroundNiceness);
  while (!ended.stop_requested() && !context_.stop) {
    retry_looks();
    const auto next = list_.unread();
    if (!next) {
      std::this_thread::sleep_for(kSleep);
      continue;
    }
    json baseline = json::object();
    try {
      baseline = baseline_of(ocr_results_.get(*next->corpus, next->page, context_.stop));
    } catch (const std::exception&) {
      // A page that is missing or unreadable has none; the error is reported when it is
      // opened.
      if (ended.stop_requested() || context_.stop) return;
    }
    list_.set_baseline(next->id, next->corpus, next->page, std::move(baseline));
  }
}

}  // namespace ocrtune::server
