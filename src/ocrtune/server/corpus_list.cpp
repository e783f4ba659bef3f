#include "ocrtune/server/corpus_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {

using nlohmann::json;

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CorpusRequest, inputs, lang)

namespace {

constexpr std::uint64_t kMaxFileBytes = 64U << 20U;
constexpr std::size_t kMaxCorpora = 1000;

std::string name_of(const CorpusRequest& request) {
  const std::string first = std::filesystem::path(request.inputs.front()).filename().string();
  return request.inputs.size() == 1 ? first
                                    : tr("{} and {} more", first, request.inputs.size() - 1);
}

std::size_t count_truths(const Corpus& corpus) {
  return static_cast<std::size_t>(std::ranges::count_if(
      corpus.pages(), [](const Page& page) { return page.truth.has_value(); }));
}

json page_json(const CorpusEntry& entry, std::size_t index) {
  const Page& page = entry.corpus->pages()[index];
  const json& baseline = entry.baselines[index];
  const bool known = baseline.contains("scores");
  return {{"index", index},
          {"name", page.name},
          {"width", page.width},
          {"height", page.height},
          {"dpi", page.dpi.x},
          {"lang", page.lang},
          {"truth", page.truth.has_value()},
          {"version", page.identity().text()},
          {"baseline", known ? baseline.at("scores") : baseline},
          {"expected_cer", known ? baseline.at("expected_cer") : json()},
          {"reasons", reasons_json(known ? reasons_of_json(baseline.at("reasons"))
                                         : std::vector<PageReason>())}};
}

json info_of(const CorpusEntry& entry, bool pages) {
  json info = entry.request;
  info.update({{"id", entry.id},
               {"name", name_of(entry.request)},
               {"state", entry.state},
               {"problems", entry.problems},
               {"page_count", entry.page_count},
               {"read", entry.read},
               {"loads", entry.loads},
               {"truth_count", entry.truth_count}});
  if (!pages) return info;
  info["excluded"] = json::array();
  for (const FilePage& page : entry.excluded)
    info["excluded"].push_back({{"file", page.file.string()},
                                {"name", shown(page.file.filename())},
                                {"number", page.page + 1}});
  info["pages"] = json::array();
  for (std::size_t i = 0; entry.corpus && i < entry.page_count; ++i) {
    info["pages"].push_back(page_json(entry, i));
  }
  return info;
}

/// The baselines of the pages that `entry` has and `corpus` still has, null for others; without
/// what makes no scores: a page that could not be recognized may be readable by now.
std::vector<json> kept_baselines(const CorpusEntry& entry, const Corpus& corpus) {
  const auto key_of = [](const Page& page) {
    return std::tuple(page.file, page.origin.page, page.origin.part);
  };
  std::map<std::tuple<std::filesystem::path, int, int>, std::size_t> known;
  for (std::size_t i = 0; entry.corpus && i < entry.corpus->pages().size(); ++i)
    known.emplace(key_of(entry.corpus->pages()[i]), i);
  std::vector<json> baselines;
  for (const Page& page : corpus.pages()) {
    json& scores = baselines.emplace_back();
    const auto at = known.find(key_of(page));
    if (at == known.end()) continue;
    const Page& was = entry.corpus->pages()[at->second];
    const bool same =
        was.identity() == page.identity() && was.lang == page.lang && was.truth == page.truth;
    if (same && !entry.baselines[at->second].empty()) scores = entry.baselines[at->second];
  }
  return baselines;
}

bool is_same(const Page& one, const Page& other) {
  return one.name == other.name && one.identity() == other.identity();
}

/// The corpus with the ground truth that was saved while it was loaded, oldest first.
std::shared_ptr<const Corpus> with_saved(std::shared_ptr<const Corpus> corpus,
                                         const std::vector<CorpusEntry::SavedTruth>& saved) {
  for (const auto& [known, truth] : saved) {
    const std::vector<Page>& pages = corpus->pages();
    const auto at = std::ranges::find_if(
        pages, [&page = known](const Page& other) { return is_same(page, other); });
    if (at == pages.end()) continue;
    corpus = std::make_shared<const Corpus>(
        corpus->with_truth(static_cast<std::size_t>(at - pages.begin()), truth));
  }
  return corpus;
}

void end_load(CorpusEntry& entry) {
  ++entry.loads;
  entry.is_loading = false;
  entry.saved_truths.clear();
}

/// Says so of a corpus of which nothing is left; when somebody asks for it, it is looked at again.
void tell_if_gone(CorpusEntry& entry) {
  const auto is_there = [](const std::string& input) {
    std::error_code ignored;
    return std::filesystem::exists(input, ignored);
  };
  if (std::ranges::any_of(entry.request.inputs, is_there)) return;
  entry.state = "failed";
  entry.problems = {tr("{}: isn't there", shown(entry.request.inputs.front()))};
  entry.page_count = entry.truth_count = 0;
}

std::vector<CorpusEntry> read_entries(const std::filesystem::path& file) {
  std::vector<CorpusEntry> entries;
  const json list = parse_json(read_text(file, kMaxFileBytes));
  for (const json& item : list.at("corpora")) {
    CorpusEntry entry{.id = item.at("id"),
                      .request = item.get<CorpusRequest>(),
                      .page_count = item.at("page_count"),
                      .truth_count = item.at("truth_count")};
    if (entry.request.inputs.empty()) continue;
    tell_if_gone(entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

ServerEvent corpus_event(const json& info) {
  return {.name = "corpus",
          .key = info.value("id", ""),
          .data = info.dump(-1, ' ', false, json::error_handler_t::replace)};
}

CorpusList::CorpusList(std::filesystem::path file, EventHub& events)
    : file_(std::move(file)), events_(events) {
  std::error_code ignored;
  if (!std::filesystem::exists(file_, ignored)) return;
  try {
    entries_ = read_entries(file_);
  } catch (const std::exception&) {
    // Corpora are easy to add again; a server that does not start would be worse.
    entries_.clear();
  }
}

void CorpusList::add(const std::string& id, const CorpusRequest& request) {
  {
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(entries_, id, &CorpusEntry::id) != entries_.end()) return;
    if (entries_.size() >= kMaxCorpora) {
      throw HttpError(409, tr("{} corpora exist; remove one first", kMaxCorpora));
    }
    entries_.push_back({.id = id, .request = request});
    save();
  }
  change(id, [](CorpusEntry&) {});
}

void CorpusList::remove(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  (void)at(id);
  std::erase_if(entries_, [&](const CorpusEntry& entry) { return entry.id == id; });
  save();
}

json CorpusList::info(const std::string& id, bool pages) const {
  const std::scoped_lock lock(mutex_);
  return info_of(at(id), pages);
}

CorpusRequest CorpusList::request(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  return at(id).request;
}

std::shared_ptr<const Corpus> CorpusList::corpus(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  const CorpusEntry& entry = at(id);
  if (entry.state != "failed") return entry.corpus;
  throw HttpError(409, tr("the corpus has no readable page"));
}

std::shared_ptr<const Corpus> CorpusList::loaded(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  return at(id).corpus;
}

std::vector<FilePage> CorpusList::excluded(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  return at(id).excluded;
}

json CorpusList::all() const {
  const std::scoped_lock lock(mutex_);
  json list = json::array();
  for (const CorpusEntry& entry : entries_) list.push_back(info_of(entry, false));
  return list;
}

void CorpusList::begin_load(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  const auto entry = std::ranges::find(entries_, id, &CorpusEntry::id);
  if (entry == entries_.end()) return;
  entry->is_loading = true;
  entry->saved_truths.clear();
}

std::shared_ptr<const Corpus> CorpusList::set_loaded(const std::string& id,
                                                     std::shared_ptr<const Corpus> corpus,
                                                     std::vector<std::string> problems,
                                                     std::vector<FilePage> excluded) {
  change(id, [&](CorpusEntry& entry) {
    corpus = with_saved(std::move(corpus), entry.saved_truths);
    end_load(entry);
    entry.excluded = std::move(excluded);
    entry.page_count = corpus->pages().size();
    entry.truth_count = count_truths(*corpus);
    entry.baselines = kept_baselines(entry, *corpus);
    entry.read = entry.page_count -
                 static_cast<std::size_t>(std::ranges::count_if(entry.baselines, &json::is_null));
    entry.state = entry.read == entry.page_count ? "ready" : "reading";
    entry.problems = std::move(problems);
    entry.corpus = corpus;
    save();
  });
  return corpus;
}

void CorpusList::set_truth(const std::string& id, std::size_t page, const Page& known,
                           const std::optional<Truth>& truth) {
  change(id, [&](CorpusEntry& entry) {
    if (entry.is_loading) entry.saved_truths.push_back({.page = known, .truth = truth});
    if (!entry.corpus || page >= entry.baselines.size()) return;
    const Page& now = entry.corpus->pages()[page];
    if (!is_same(now, known)) return;
    entry.corpus = std::make_shared<const Corpus>(entry.corpus->with_truth(page, truth));
    entry.truth_count = count_truths(*entry.corpus);
    if (!entry.baselines[page].is_null()) --entry.read;
    entry.baselines[page] = nullptr;
    entry.state = "reading";
    save();
  });
}

void CorpusList::set_failed(const std::string& id, std::vector<std::string> problems,
                            std::vector<FilePage> excluded) {
  change(id, [&](CorpusEntry& entry) {
    end_load(entry);
    entry.state = "failed";
    entry.corpus = nullptr;
    entry.page_count = 0;
    entry.problems = std::move(problems);
    entry.excluded = std::move(excluded);
  });
}

void CorpusList::set_baseline(const std::string& id, const std::shared_ptr<const Corpus>& corpus,
                              std::size_t page, json baseline) {
  change(id, [&](CorpusEntry& entry) {
    if (entry.corpus != corpus) return;
    if (entry.baselines[page].is_null()) ++entry.read;
    entry.baselines[page] = std::move(baseline);
    if (entry.read == entry.page_count) entry.state = "ready";
  });
}

bool CorpusList::has_baseline(const std::string& id, const std::shared_ptr<const Corpus>& corpus,
                              std::size_t page) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = std::ranges::find(entries_, id, &CorpusEntry::id);
  return entry == entries_.end() || entry->corpus != corpus || !entry->baselines[page].is_null();
}

std::optional<CorpusList::Unread> CorpusList::unread() const {
  const std::scoped_lock lock(mutex_);
  for (const CorpusEntry& entry : entries_) {
    if (entry.state != "reading") continue;
    const auto page = std::ranges::find_if(entry.baselines, &json::is_null);
    if (page == entry.baselines.end()) continue;
    return Unread{entry.id, entry.corpus, static_cast<std::size_t>(page - entry.baselines.begin())};
  }
  return std::nullopt;
}

/// Changes an entry if it still exists, and publishes the change.
void CorpusList::change(const std::string& id, const std::function<void(CorpusEntry&)>& change) {
  // With the mutex held, so that an older state is never published after a newer one.
  const std::scoped_lock lock(mutex_);
  const auto entry = std::ranges::find(entries_, id, &CorpusEntry::id);
  if (entry == entries_.end()) return;
  change(*entry);
  events_.publish(corpus_event(info_of(*entry, false)));
}

const CorpusEntry& CorpusList::at(const std::string& id) const {
  const auto found = std::ranges::find(entries_, id, &CorpusEntry::id);
  if (found != entries_.end()) return *found;
  throw Error(Errc::not_found, tr("no such corpus"));
}

/// With the mutex held.
void CorpusList::save() const {
  json list = json::array();
  for (const CorpusEntry& entry : entries_) {
    json kept = entry.request;
    kept.update(
        {{"id", entry.id}, {"page_count", entry.page_count}, {"truth_count", entry.truth_count}});
    list.push_back(std::move(kept));
  }
  write_atomically(file_, json{{"format", 1}, {"corpora", list}}.dump(
                              1, ' ', false, json::error_handler_t::replace));
}

}  // namespace ocrtune::server
