#include "fuzz/read_fuzz.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "fuzz/cases.h"
#include "fuzz/common/model_seeds.h"
#include "fuzz/common/mutation.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/lstm/decoder.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/line_image.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::fuzz {
namespace {

using lstm::LineInput;
using lstm::LineOutput;
using lstm::Model;
using tessdata::TrainedData;
using test::Components;

constexpr std::size_t kRealLineShare = 20;
constexpr Limits kLimits{.seconds = 20, .bytes = 500'000'000};

/// A model ready to recognize lines.
class LineRecognizer {
 public:
  explicit LineRecognizer(Model model)
      : model_(std::make_unique<Model>(std::move(model))),
        network_(std::make_shared<const lstm::PreparedNetwork>(model_->network,
                                                               model_->sample_iteration)),
        forward_(network_),
        decoder_(model_->unicharset, model_->recoder, &model_->dictionary, model_->null_char,
                 false) {}

  /// Reads a line, if it is large enough to be one; says how many words there were.
  std::size_t read(PIX* page, const layout::Box& crop) {
    auto line = lstm::cut_line(page, crop, network_->input_height(), network_->x_scale_factor());
    if (!line) return 0;
    std::size_t words = 0;
    for (int i = 0; i < 2; ++i) {
      lstm::to_input(*line, network_->integer(), input_);
      forward_.run(input_, output_);
      check_output();
      words += check_words();
      lstm::invert(*line);
    }
    return words;
  }

 private:
  void check_output() const {
    require(output_.steps == input_.width / network_->x_scale_factor(), "steps are missing");
    require(output_.classes == network_->classes(), "classes are missing");
    const float sure = lstm::mean_of_best(output_, model_->null_char);
    require(std::isnan(sure) || (sure >= 0 && sure <= 1), "a probability is none");
  }

  std::size_t check_words() {
    const auto& words = decoder_.decode(output_);
    int end = 0;
    for (const lstm::DecodedWord& word : words) {
      require(is_utf8(word.text), "a word is not UTF-8");
      for (const lstm::DecodedChar& character : word.chars) {
        require(character.unichar >= 0 && character.unichar < model_->unicharset.size(),
                "a character is none");
        require(character.begin >= end && character.end >= character.begin, "characters overlap");
        require(character.end <= output_.steps, "a character ends behind the line");
        end = character.begin;
      }
    }
    return words.size();
  }

  std::unique_ptr<Model> model_;
  std::shared_ptr<const lstm::PreparedNetwork> network_;
  lstm::Forward forward_;
  lstm::Decoder decoder_;
  LineInput input_;
  LineOutput output_;
};

/// Noise, one gray, stripes, or dark marks on white.
PixPtr random_page(Random& random) {
  constexpr std::array<int, 3> kDepths = {1, 8, 32};
  const int width = 1 + static_cast<int>(below(random, below(random, 10) == 0 ? 3000 : 300));
  const int height = 1 + static_cast<int>(below(random, 90));
  const int depth = kDepths[below(random, kDepths.size())];
  PixPtr page(pixCreate(width, height, depth));
  const std::size_t kind = below(random, 4);
  const auto gray = static_cast<l_uint32>(random.bits());
  const auto period = static_cast<int>(1 + below(random, 12));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto noise = static_cast<l_uint32>(random.bits());
      const bool mark = (x / period) % 2 == 0 && y % (2 * period) < period;
      const l_uint32 values[] = {noise, gray, x / period % 2 == 0 ? gray : ~gray,
                                 mark ? noise & 0x1f1f1f1fU : ~0U};
      const l_uint32 most = depth == 32 ? ~0U : (1U << depth) - 1;
      pixSetPixel(page.get(), x, y, values[kind] & most);
    }
  }
  return page;
}

/// A box within the page, as large as the page in one case of two.
layout::Box random_crop(PIX* page, Random& random) {
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  if (below(random, 2) == 0) return {.left = 0, .bottom = 0, .right = width, .top = height};
  const auto pair = [&](int most) {
    const int a = static_cast<int>(below(random, static_cast<std::size_t>(most)));
    const int b = static_cast<int>(below(random, static_cast<std::size_t>(most)));
    return std::pair(std::min(a, b), std::max(a, b) + 1);
  };
  const auto [left, right] = pair(width);
  const auto [bottom, top] = pair(height);
  return {.left = left, .bottom = bottom, .right = right, .top = top};
}

class ReadFuzzer {
 public:
  explicit ReadFuzzer(const Options& options) : options_(options) {
    setMsgSeverity(L_SEVERITY_NONE);
    for (const Components& components : tiny_) {
      whole_.emplace_back(lstm::parse_model(
          TrainedData::parse(test::traineddata_file(components), "tiny"), "tiny"));
    }
    for (const std::string& path : options.models) {
      real_.emplace_back(lstm::parse_model(TrainedData::open(path), "given"));
    }
  }

  void run() {
    run_cases(options_, [this](std::uint64_t number) { run_case(number); });
    fmt::print(
        "{} cases in {:.1f} s: {} mutated models read, {} refused, {} words; at most {:.1f} ms and "
        "{:.1f} MB a case\n",
        options_.cases, usage_.seconds, mutated_, refused_, words_, 1e3 * usage_.slowest,
        1e-6 * static_cast<double>(usage_.greatest));
  }

 private:
  void run_case(std::uint64_t number) {
    Random random(mix64(static_cast<std::uint64_t>(options_.seed)) ^ number);
    const PixPtr page = random_page(random);
    const layout::Box crop = random_crop(page.get(), random);
    run_limited(kLimits, usage_, [&] {
      if (!real_.empty() && below(random, kRealLineShare) == 0) {
        words_ += real_[below(random, real_.size())].read(page.get(), crop);
      } else if (below(random, 2) == 0) {
        words_ += whole_[below(random, whole_.size())].read(page.get(), crop);
      } else {
        read_with_mutated(page.get(), crop, random);
      }
    });
    if (options_.trace) fmt::print(stderr, "read\n");
  }

  void read_with_mutated(PIX* page, const layout::Box& crop, Random& random) {
    const Components& components = tiny_[below(random, tiny_.size())];
    const Components& other = tiny_[below(random, tiny_.size())];
    try {
      LineRecognizer recognizer(lstm::parse_model(
          TrainedData::parse(mutated_file(components, other, random), "fuzz"), "fuzz"));
      words_ += recognizer.read(page, crop);
      ++mutated_;
    } catch (const Error&) {
      ++refused_;
    }
  }

  Options options_;
  std::vector<Components> tiny_ = tiny_seeds();
  std::vector<LineRecognizer> whole_;
  std::vector<LineRecognizer> real_;
  long long mutated_ = 0;
  long long refused_ = 0;
  std::size_t words_ = 0;
  Usage usage_;
};

}  // namespace

void fuzz_read(const Options& options) { ReadFuzzer(options).run(); }

}  // namespace ocrtune::fuzz
