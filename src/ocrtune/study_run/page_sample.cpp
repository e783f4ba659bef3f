#include "ocrtune/study_run/page_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_input.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/corpus/truth.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/metrics/page_features.h"
#include "ocrtune/study/stratified_sample.h"

namespace ocrtune::workflow {
namespace {

/// Pages that are looked at for each page of the sample.
constexpr std::size_t kLookedAtPerPage = 5;

/// Pages of one file that are decoded one after the other, so that a file is not opened for each.
constexpr std::size_t kPagesPerTask = 16;

/// A page that may be chosen.
struct Candidate {
  std::size_t file = 0;  ///< index of its file
  int page = 0;          ///< within its file, from 0
  bool operator<(const Candidate& other) const {
    return std::tie(file, page) < std::tie(other.file, other.page);
  }
};

/// The place of a file or page in a random order.
std::uint64_t random_place(std::uint64_t seed, const std::string& name) {
  return content_hash(fmt::format("{} {}", seed, name)).high;
}

std::size_t wanted_of(const SampleRequest& request, std::size_t pages) {
  return request.tuned + request.held_out(pages);
}

class Sampling {
 public:
  Sampling(const std::vector<InputFile>& files, const SampleRequest& request,
           const CorpusOptions& options, const Events& events)
      : files_(files), request_(request), options_(options), events_(events) {}

  /// The pages to choose from, in ascending order: all of them, or enough of a large collection.
  std::vector<Candidate> candidates() {
    const std::size_t enough =
        kLookedAtPerPage * wanted_of(request_, std::numeric_limits<std::size_t>::max());
    const std::vector<std::size_t> order = random_order();
    std::vector<Candidate> found;
    for (std::size_t begin = 0; begin < order.size() && found.size() < enough; begin += enough) {
      const auto chunk = std::span(order).subspan(begin, std::min(enough, order.size() - begin));
      std::ranges::move(pages_of(chunk), std::back_inserter(found));
      opened_ = begin + chunk.size();
    }
    eligible_pages_ = found.size();
    if (found.size() > enough) {
      std::ranges::sort(found, {}, [&](const Candidate& candidate) {
        return random_place(request_.seed,
                            fmt::format("{}#{}", files_[candidate.file].name, candidate.page + 1));
      });
      found.resize(enough);
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  /// Their content and features. Pages that cannot be decoded are left out of both.
  std::vector<SampleUnit> units_of(std::vector<Candidate>& candidates) {
    std::vector<std::span<const Candidate>> tasks;
    for (std::size_t begin = 0; begin < candidates.size();) {
      std::size_t end = begin + 1;
      while (end < candidates.size() && candidates[end].file == candidates[begin].file &&
             end - begin < kPagesPerTask)
        ++end;
      tasks.push_back(std::span<const Candidate>(candidates).subspan(begin, end - begin));
      begin = end;
    }
    std::vector<std::optional<SampleUnit>> looked_at(candidates.size());
    const Candidate* const first = candidates.data();
    in_parallel(tr("sampling pages"), tasks.size(), [&](std::size_t i) {
      look_at(tasks[i],
              {&looked_at[static_cast<std::size_t>(tasks[i].data() - first)], tasks[i].size()});
    });
    std::vector<SampleUnit> units;
    std::vector<Candidate> readable;
    for (std::size_t i = 0; i < looked_at.size(); ++i) {
      if (!looked_at[i]) continue;
      units.push_back(std::move(*looked_at[i]));
      readable.push_back(candidates[i]);
    }
    candidates = std::move(readable);
    return units;
  }

  /// Number of pages to choose from in the files that were opened.
  [[nodiscard]] std::size_t eligible_pages() const { return eligible_pages_; }

  /// Number of all pages in the files that were opened.
  [[nodiscard]] std::size_t all_pages() const { return all_pages_; }

  [[nodiscard]] bool all_opened() const { return opened_ == files_.size(); }

  /// Of the files and pages that could not be read, in the order of the files.
  [[nodiscard]] std::vector<Problem> problems() const {
    std::vector<Problem> found;
    for (const auto& [file, problems] : problems_)
      found.insert(found.end(), problems.begin(), problems.end());
    return found;
  }

 private:
  [[nodiscard]] std::vector<std::size_t> random_order() const {
    std::vector<std::pair<std::uint64_t, std::size_t>> keyed;
    keyed.reserve(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i)
      keyed.emplace_back(random_place(request_.seed, files_[i].name), i);
    std::ranges::sort(keyed);
    std::vector<std::size_t> order;
    order.reserve(keyed.size());
    for (const auto& [key, file] : keyed) order.push_back(file);
    return order;
  }

  std::vector<Candidate> pages_of(std::span<const std::size_t> chunk) {
    std::vector<std::vector<Candidate>> found(chunk.size());
    in_parallel(tr("counting pages"), chunk.size(), [&](std::size_t i) {
      with_file(chunk[i], [&](PageFile& file) {
        const int count = file.page_count();
        all_pages_ += static_cast<std::size_t>(count);
        for (int page = 0; page < count; ++page) {
          if (!request_.with_truth || has_truth(chunk[i], page, count))
            found[i].push_back({chunk[i], page});
        }
      });
    });
    std::vector<Candidate> all;
    for (const std::vector<Candidate>& pages : found)
      all.insert(all.end(), pages.begin(), pages.end());
    return all;
  }

  bool has_truth(std::size_t input, int page, int count) {
    const InputFile& file = files_[input];
    if (file.truth) return count == 1;
    try {
      return truth_beside(file.path, page, count).has_value();
    } catch (const Error& error) {
      if (!is_of_input(error)) throw;
      add_problem(input, {"", error.what()});
      return false;
    }
  }

  void look_at(std::span<const Candidate> pages, std::span<std::optional<SampleUnit>> units) {
    const std::size_t input = pages.front().file;
    with_file(input, [&](PageFile& file) {
      for (std::size_t i = 0; i < pages.size() && !events_.stopped(); ++i) {
        try {
          const Image image = file.decode(pages[i].page, options_.in_colour);
          const auto values = page_features(image).values();
          units[i] = SampleUnit{pixel_hash(image), {values.begin(), values.end()}};
        } catch (const Error& error) {
          if (!is_of_input(error)) throw;
          add_problem(input, problem_of_page(files_[input], pages[i].page, file.page_count(),
                                             error.what()));
        }
      }
    });
  }

  void with_file(std::size_t input, const std::function<void(PageFile&)>& use) {
    open_input(files_[input], options_.limits, use,
               [&](Problem problem) { add_problem(input, std::move(problem)); });
  }

  void add_problem(std::size_t input, Problem problem) {
    const std::scoped_lock lock(mutex_);
    std::vector<Problem>& known = problems_[input];
    // A file of many pages is opened several times.
    const auto same = [&](const Problem& other) {
      return other.where == problem.where && other.what == problem.what;
    };
    if (std::ranges::none_of(known, same)) known.push_back(std::move(problem));
  }

  void in_parallel(const std::string& line, std::size_t count,
                   const std::function<void(std::size_t)>& body) {
    const auto step = 4 * static_cast<std::size_t>(options_.workers);
    for (std::size_t begin = 0; begin < count; begin += step) {
      const std::size_t size = std::min(step, count - begin);
      parallel_for(options_.workers, size, [&](std::size_t i) {
        if (!events_.stopped()) body(begin + i);
      });
      if (events_.stopped()) throw Error(Errc::interrupted, tr("interrupted; nothing was written"));
      events_.progress({line, begin + size, count});
    }
  }

  const std::vector<InputFile>& files_;
  const SampleRequest& request_;
  const CorpusOptions& options_;
  const Events& events_;
  std::size_t opened_ = 0;
  std::size_t eligible_pages_ = 0;
  std::atomic<std::size_t> all_pages_ = 0;
  std::mutex mutex_;
  std::map<std::size_t, std::vector<Problem>> problems_;
};

/// The files of these pages, which are in ascending order.
std::vector<InputFile> candidate_files(const std::vector<InputFile>& files,
                                       const std::vector<Candidate>& pages) {
  std::vector<InputFile> chosen;
  std::optional<std::size_t> last;
  for (const Candidate& page : pages) {
    if (last != page.file) {
      chosen.push_back(files[page.file]);
      chosen.back().pages.emplace();
      last = page.file;
    }
    chosen.back().pages->push_back(page.page);
  }
  return chosen;
}

/// Reduces both lists to these elements.
void keep(const std::vector<std::size_t>& chosen, std::vector<Candidate>& candidates,
          std::vector<SampleUnit>& units) {
  std::vector<Candidate> chosen_candidates;
  std::vector<SampleUnit> chosen_units;
  for (const std::size_t unit : chosen) {
    chosen_candidates.push_back(candidates[unit]);
    chosen_units.push_back(std::move(units[unit]));
  }
  candidates = std::move(chosen_candidates);
  units = std::move(chosen_units);
}

}  // namespace

PageSample sample_pages(std::vector<InputFile> files, const SampleRequest& request,
                        const CorpusOptions& options, const Events& events,
                        std::vector<Problem>& problems) {
  Sampling sampling(files, request, options, events);
  std::vector<Candidate> candidates = sampling.candidates();
  const bool all_opened = sampling.all_opened();
  const std::size_t pages =
      all_opened ? sampling.all_pages() : std::numeric_limits<std::size_t>::max();
  const std::size_t wanted = wanted_of(request, pages);
  if (pages <= wanted) return {.files = std::move(files), .drawn_from = pages, .whole = true};
  std::vector<SampleUnit> units = sampling.units_of(candidates);
  keep(stratified_sample(units, wanted, request.seed), candidates, units);
  if (sampling.eligible_pages() > wanted) {
    events.say(all_opened ? tr("a stratified sample of {} of {} pages", candidates.size(),
                               sampling.eligible_pages())
                          : tr("a stratified sample of {} from files drawn from {}",
                               counted(candidates.size(), "page"), counted(files.size(), "file")));
  }
  std::ranges::move(sampling.problems(), std::back_inserter(problems));
  PageSample sample{.files = candidate_files(files, candidates),
                    .drawn_from = sampling.eligible_pages(),
                    .held_out = {},
                    .whole = false};
  if (units.empty()) return sample;
  // Most of the pages that were found may have been unreadable.
  const std::size_t held_out =
      request.held_out(units.size() < wanted ? units.size() : sample.drawn_from);
  for (const std::size_t unit : stratified_sample(units, held_out, request.seed))
    sample.held_out.emplace(files[candidates[unit].file].path.native(), candidates[unit].page);
  return sample;
}

}  // namespace ocrtune::workflow
