#include "fuzz/parse_fuzz.h"

#include <fmt/format.h>

#include "fuzz/cases.h"
#include "fuzz/common/model_seeds.h"
#include "fuzz/common/model_use.h"
#include "fuzz/common/mutation.h"
#include "ocrtune/base/random.h"

namespace ocrtune::fuzz {
namespace {

using test::Components;

constexpr std::size_t kMaxMemory = 64'000'000;
constexpr std::size_t kMaxMemoryPerByte = 150;
constexpr std::size_t kRealShare = 100;

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
    run_limited(limits, usage_, [&] { refusal = use_model(std::move(file), random); });
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
