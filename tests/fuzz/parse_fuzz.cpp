#include "fuzz/parse_fuzz.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "fuzz/memory_meter.h"
#include "fuzz/mutation.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::fuzz {
namespace {

using lstm::Component;
using lstm::Model;
using lstm::TrainedData;
using test::Components;

constexpr std::size_t kMostMemory = 64'000'000;
constexpr std::size_t kMostMemoryPerByte = 150;
constexpr double kMostSeconds = 5;
constexpr unsigned kHangsAfterSeconds = 120;
constexpr std::size_t kRealShare = 100;

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

Components components_of(const std::string& path) {
  const TrainedData data = TrainedData::open(path);
  Components components;
  for (std::size_t i = 0; i < TrainedData::kComponents; ++i) {
    const auto component = static_cast<Component>(i);
    const auto bytes = data.bytes(component);
    if (!bytes.empty()) components[component] = Bytes(bytes.begin(), bytes.end());
  }
  return components;
}

/// Small models of all the ways there are to write one.
std::vector<Components> tiny_seeds() {
  std::vector<std::vector<int>> apart = {{0}, {9}, {9}};
  std::vector<std::vector<int>> own_classes;
  for (int id = 0; id < 13; ++id) own_classes.push_back({id});
  for (int id = 0; id < 10; ++id) apart.push_back({1 + id % 3, 4 + id % 5, 1 + id / 3});
  return {test::tiny_components(),
          test::tiny_components({.network = {.integer = false}}),
          test::tiny_components({.inside = true, .config = "preserve_interword_spaces 1\n"}),
          test::tiny_components({.codes = apart}),
          test::tiny_components({.codes = own_classes, .null_char = 2, .flags = 1}),
          test::tiny_components(
              {.characters = {"\u4e00", "\u4e01", "\u3042", "\u05d0", "x"}, .words = {"x", "xx"}})};
}

void use_recoder(const Model& model) {
  const lstm::Recoder& recoder = model.recoder;
  for (int id = 0; id < recoder.unichars(); ++id) {
    lstm::Code code = recoder.encode(id);
    require(code.length == 0 || recoder.starts(code.at[0]), "a code begins with no beginning");
    for (; code.length > 0; --code.length) {
      const int unichar = recoder.decode(code).value_or(0);
      require(unichar < model.unicharset.size(), "a code is decoded to no character");
      for (const int last : recoder.last(code)) {
        require(recoder.unichar(recoder.child(recoder.find(code), last)) < model.unicharset.size(),
                "a code's end is no character");
      }
    }
  }
}

void use_unicharset(const lstm::Unicharset& set) {
  const auto known = [&](int id) { return id >= 0 && id < set.size(); };
  for (int id = 0; id < set.size(); ++id) {
    const lstm::Unichar& unichar = set[id];
    require(known(unichar.other_case) && known(unichar.mirror), "an id is no character's");
    require(std::ranges::all_of(unichar.normed_ids, known), "a normed id is no character's");
    require(static_cast<std::size_t>(unichar.script) < set.scripts().size(), "a script is none");
    require(set.encode(unichar.text).size() <= unichar.text.size(), "a text has too many ids");
  }
}

void use_dictionary(const Model& model, Random& random) {
  std::vector<lstm::Dictionary::Position> from;
  std::vector<lstm::Dictionary::Position> to;
  model.dictionary.start(from);
  for (int letter = 0; letter < 12; ++letter) {
    to.clear();
    const auto size = static_cast<std::size_t>(model.unicharset.size());
    model.dictionary.follow(from, static_cast<int>(below(random, size)), to);
    if (!to.empty()) std::swap(from, to);
  }
}

/// What became of a case: the reason for a refusal; empty: a model.
std::string outcome_of(std::vector<std::byte> file, Random& random) {
  try {
    const Model model = lstm::parse_model(TrainedData::parse(std::move(file), "fuzz"), "fuzz");
    use_recoder(model);
    use_unicharset(model.unicharset);
    use_dictionary(model, random);
    return {};
  } catch (const Error& error) {
    std::string message = error.what();
    require(error.status() == ExitStatus::dependency_missing, "an error of another status");
    require(!message.empty() && message.find('\n') == std::string::npos, "an error of odd lines");
    require(message.size() < 500, "a long error");
    return message;
  }
}

class ParseFuzzer {
 public:
  explicit ParseFuzzer(const Options& options) : options_(options) {
    for (const std::string& model : options.models) real_.push_back(components_of(model));
  }

  void run() {
    const double start = thread_seconds();
    for (long long i = 0; i < options_.cases; ++i) {
      const long long number = options_.first + i;
      if (options_.trace) fmt::print(stderr, "case {}: ", number);
      try {
        run_case(static_cast<std::uint64_t>(number));
      } catch (const std::exception& failure) {
        throw std::runtime_error(
            fmt::format("case {} of seed {}: {}", number, options_.seed, failure.what()));
      }
    }
    fmt::print(
        "{} cases in {:.1f} s: {} models, {} refused; at most {:.1f} ms and {:.1f} MB a case\n",
        options_.cases, thread_seconds() - start, taken_, options_.cases - taken_, 1e3 * slowest_,
        1e-6 * static_cast<double>(greatest_));
  }

 private:
  void run_case(std::uint64_t number) {
    Random random(mix64(static_cast<std::uint64_t>(options_.seed)) ^ number);
    const bool real = !real_.empty() && below(random, kRealShare) == 0;
    const auto& seeds_of_kind = real ? real_ : tiny_;
    const Components& components = seeds_of_kind[below(random, seeds_of_kind.size())];
    const Components& other = tiny_[below(random, tiny_.size())];
    std::vector<std::byte> file = mutated_file(components, other, random);
    const std::size_t limit = kMostMemory + kMostMemoryPerByte * file.size();

    // A case that hangs ends the process.
    alarm(kHangsAfterSeconds);
    start_memory_meter();
    const double start = thread_seconds();
    const std::string refusal = outcome_of(std::move(file), random);
    const double seconds = thread_seconds() - start;
    alarm(0);
    require(seconds < kMostSeconds, "it takes too long");
    require(most_memory() < limit, "it takes too much memory");
    if (options_.trace) fmt::print(stderr, "{}\n", refusal.empty() ? "a model" : refusal);
    taken_ += refusal.empty() ? 1 : 0;
    slowest_ = std::max(slowest_, seconds);
    greatest_ = std::max(greatest_, most_memory());
  }

  Options options_;
  std::vector<Components> tiny_ = tiny_seeds();
  std::vector<Components> real_;
  long long taken_ = 0;
  double slowest_ = 0;
  std::size_t greatest_ = 0;
};

}  // namespace

void fuzz_parse(const Options& options) { ParseFuzzer(options).run(); }

}  // namespace ocrtune::fuzz
