#include "ocrtune/server/corpus_worker.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <sstream>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {

using nlohmann::json;

namespace {

/// How long a thread without work sleeps, where nothing wakes it.
constexpr std::chrono::milliseconds kSleep{200};

/// Nearly everything else goes first; at the lowest priority a busy machine would keep the server
/// from ending.
constexpr int kBackgroundNiceness = 10;

std::string line_of(const Problem& problem) {
  return problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
}

/// Leaves out what a manifest or a symbolic link takes from elsewhere.
std::vector<InputFile> inside(const Roots& roots, std::vector<InputFile> files,
                              std::vector<Problem>& problems) {
  std::erase_if(files, [&](const InputFile& file) {
    const bool allowed = roots.contains(file.path) && (!file.truth || roots.contains(*file.truth));
    if (!allowed) {
      problems.push_back({shown(file.path), "it, or its truth, isn't in a folder of this server"});
    }
    return !allowed;
  });
  return files;
}

}  // namespace

CorpusWorker::CorpusWorker(const ServerContext& context, CorpusList& list)
    : context_(context),
      list_(list),
      readings_(context.own_folder() / "readings"),
      loader_([this](const std::stop_token& ended) { load_wanted(ended); }),
      background_([this](const std::stop_token& ended) { read_pages(ended); }) {}

CorpusWorker::~CorpusWorker() { stopping_ = true; }

void CorpusWorker::want(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  if (!known_.insert(id).second) return;
  wanted_.push_back(id);
  changed_.notify_all();
}

void CorpusWorker::forget(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  known_.erase(id);
}

json CorpusWorker::reading(const std::shared_ptr<const Corpus>& corpus, std::size_t index) {
  if (index >= corpus->pages().size()) throw HttpError(404, "there is no such page");
  const Page& page = corpus->pages()[index];
  const ContentHash key = key_of(page);
  if (auto kept = readings_.find(key)) return *std::move(kept);
  const Image image = corpus->image(index);
  PageInk ink([&] { return image.gray; });
  const auto read = reader_.read(page, image, {}, context_.stop, ink);
  if (!read) throw HttpError(503, "the server ends");
  json reading = page_reading_json(page, *read, 0);
  readings_.keep(key, reading);
  return reading;
}

void CorpusWorker::load_wanted(const std::stop_token& ended) {
  while (!ended.stop_requested() && !context_.stop) {
    std::string id;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kSleep, [this] { return !wanted_.empty(); });
      if (wanted_.empty()) continue;
      id = wanted_.front();
      wanted_.pop_front();
    }
    try {
      load(id);
    } catch (const Error& error) {
      list_.set_failed(id, {error.what()});
    } catch (const std::exception&) {
      list_.set_failed(id, {"memory ran out"});
    }
  }
}

void CorpusWorker::load(const std::string& id) {
  const CorpusRequest request = list_.request(id);
  std::vector<Problem> problems;
  std::istringstream no_input;
  const std::vector<InputFile> files =
      inside(context_.roots, expand_inputs(request.inputs, no_input, problems), problems);
  const auto corpus = std::make_shared<const Corpus>(Corpus::load(
      files,
      {.lang = request.lang, .workers = machine_resources().logical_cores, .in_colour = true},
      problems));
  std::vector<std::string> lines;
  lines.reserve(problems.size() + 1);
  for (const Problem& problem : problems) lines.push_back(line_of(problem));
  if (corpus->pages().empty()) {
    lines.emplace_back("no page could be read");
    list_.set_failed(id, std::move(lines));
    return;
  }
  list_.set_loaded(id, corpus, std::move(lines));
  take_kept_readings(id, *corpus);
}

void CorpusWorker::take_kept_readings(const std::string& id, const Corpus& corpus) {
  for (std::size_t i = 0; i < corpus.pages().size() && !stopping_ && !context_.stop; ++i) {
    const auto kept = readings_.find(key_of(corpus.pages()[i]));
    if (kept) list_.set_baseline(id, i, kept->at("scores"));
  }
}

void CorpusWorker::read_pages(const std::stop_token& ended) {
  // Whatever else this machine does goes first. On Linux it is the thread's own.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kBackgroundNiceness);
  while (!ended.stop_requested() && !context_.stop) {
    const auto next = list_.unread();
    if (!next) {
      std::this_thread::sleep_for(kSleep);
      continue;
    }
    json scores = json::object();
    try {
      scores = reading(next->corpus, next->page).at("scores");
    } catch (const std::exception&) {
      // A page that is gone or can't be read now has no scores; it is told when it is looked at.
      if (ended.stop_requested() || context_.stop) return;
    }
    list_.set_baseline(next->id, next->page, std::move(scores));
  }
}

ContentHash CorpusWorker::key_of(const Page& page) {
  return content_hash(page_content(page).gray.text() + " " + reader_.identity(page));
}

}  // namespace ocrtune::server
