#include "fuzz/parse_fuzz.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/cases.h"
#include "fuzz/mutation.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::fuzz {
namespace {

using lstm::Model;
using tessdata::TrainedData;
using test::Components;

constexpr std::size_t kMaxMemory = 64'000'000;
constexpr std::size_t kMaxMemoryPerByte = 150;
constexpr std::size_t kRealShare = 100;

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

void use_unicharset(const tessdata::Unicharset& set) {
  const auto known = [&](int id) { return id >= 0 && id < set.size(); };
  for (int id = 0; id < set.size(); ++id) {
    const tessdata::Unichar& unichar = set[id];
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
    require(error.code() == Errc::dependency_missing, "an error of another status");
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
    run_cases(options_, [this](std::uint64_t number) { run_case(number); });
    fmt::print(
        "{} cases in {:.1f} s: {} models, {} refused; at most {:.1f} ms and {:.1f} MB a case\n",
        options_.cases, usage_.seconds, taken_, options_.cases - taken_, 1e3 * usage_.slowest,
        1e-6 * static_cast<double>(usage_.greatest));
  }

 private:
  void run_case(std::uint64_t number) {
    Random random(mix64(static_cast<std::uint64_t>(options_.seed)) ^ number);
    const bool real = !real_.empty() && below(random, kRealShare) == 0;
    const auto& seeds_of_kind = real ? real_ : tiny_;
    const Components& components = seeds_of_kind[below(random, seeds_of_kind.size())];
    const Components& other = tiny_[below(random, tiny_.size())];
    std::vector<std::byte> file = mutated_file(components, other, random);
    const Limits limits{.bytes = kMaxMemory + kMaxMemoryPerByte * file.size()};
    std::string refusal;
    run_limited(limits, usage_, [&] { refusal = outcome_of(std::move(file), random); });
    if (options_.trace) fmt::print(stderr, "{}\n", refusal.empty() ? "a model" : refusal);
    taken_ += refusal.empty() ? 1 : 0;
  }

  Options options_;
  std::vector<Components> tiny_ = tiny_seeds();
  std::vector<Components> real_;
  long long taken_ = 0;
  Usage usage_;
};

}  // namespace

void fuzz_parse(const Options& options) { ParseFuzzer(options).run(); }

}  // namespace ocrtune::fuzz
