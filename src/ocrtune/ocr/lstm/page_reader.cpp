#include "ocrtune/ocr/lstm/page_reader.h"

#include <fmt/format.h>

#include <cstdlib>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/binarize.h"
#include "ocrtune/ocr/lstm/decoder.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/layout.h"
#include "ocrtune/ocr/lstm/line_image.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/words.h"

namespace ocrtune::lstm {
namespace {

constexpr std::uint64_t kLayouts = 4;  // that are remembered

[[noreturn]] void refuse(const std::string& lang, const std::string& why) {
  throw Error(ExitStatus::dependency_missing,
              fmt::format("the reader `lstm` can't read `{}`: {}; use the reader `tesseract`",
                          quotable(lang, 80), why));
}

/// The folder of a language's data, once language and options are found to be for this reader.
std::string checked_folder(const std::string& lang, const ReadingOptions& options) {
  if (lang.find('+') != std::string::npos) refuse(lang, "it reads one language at a time");
  if (options.oem != tesseract::OEM_LSTM_ONLY)
    refuse(lang, fmt::format("engine mode {} is not LSTM alone (1)", options.oem));
  std::string folder = tessdata_folder(options.tessdata);
  require_languages(lang, folder);
  return folder;
}

/// The packed network of a model, one for all readers.
std::shared_ptr<const PreparedNetwork> prepared(const std::shared_ptr<const Model>& model) {
  static std::mutex mutex;
  static std::vector<std::pair<std::weak_ptr<const Model>, std::weak_ptr<const PreparedNetwork>>>
      known;
  const std::scoped_lock lock(mutex);
  std::erase_if(known, [](const auto& entry) { return entry.first.expired(); });
  for (const auto& [owner, network] : known)
    if (owner.lock() == model)
      if (auto held = network.lock()) return held;
  auto network = std::make_shared<const PreparedNetwork>(model->network, model->sample_iteration);
  known.emplace_back(model, network);
  return network;
}

/// Below which mean probability a line is tried inverted; 0: never.
float invert_threshold(const ModelConfig& config) {
  if (!is_on(config, "tessedit_do_invert", true)) return 0;
  const auto set = config.find("invert_threshold");
  return set == config.end() ? 0.7F : static_cast<float>(std::atof(set->second.c_str()));
}

/// Modes whose pages hold one line: Tesseract keeps only the row it reads best.
bool one_line(int psm) {
  return psm > tesseract::PSM_SINGLE_BLOCK && psm != tesseract::PSM_SPARSE_TEXT &&
         psm != tesseract::PSM_SPARSE_TEXT_OSD;
}

/// Modes in which pages are turned or cleaned before they are laid out.
bool stock_mode(int psm) {
  return psm < tesseract::PSM_AUTO || psm == tesseract::PSM_SINGLE_BLOCK_VERT_TEXT ||
         psm == tesseract::PSM_CIRCLE_WORD || psm == tesseract::PSM_SPARSE_TEXT_OSD;
}

}  // namespace

struct PageReader::Parts {
  Parts(const std::string& lang, const ReadingOptions& options, const std::string& folder)
      : psm(options.psm),
        model(load_model(lang, folder)),
        forward(prepared(model)),
        decoder(model->unicharset, model->recoder, &model->dictionary, model->null_char,
                model->network_text.find("O1s") != std::string::npos),
        finder(model->config, options.psm),
        threshold(invert_threshold(model->config)) {}

  std::shared_ptr<const PageLayout> layout_of(PIX* binary);
  void read_unit(PIX* page, const Unit& unit, WordMaker& words);
  [[nodiscard]] float run(const LineImage& line, LineOutput& out);

  int psm;
  std::shared_ptr<const Model> model;
  Forward forward;
  Decoder decoder;
  LayoutFinder finder;
  LruMap<ContentHash, std::shared_ptr<const PageLayout>> layouts{kLayouts};
  float threshold;
  LineInput input;
  LineOutput output;
  LineOutput inverted;
};

/// Settings of a search often give the same page in black and white.
std::shared_ptr<const PageLayout> PageReader::Parts::layout_of(PIX* binary) {
  const std::size_t words =
      static_cast<std::size_t>(pixGetWpl(binary)) * static_cast<std::size_t>(pixGetHeight(binary));
  const ContentHash pixels = content_hash(std::as_bytes(std::span(pixGetData(binary), words)));
  // The width is not told by the pixels' words alone.
  const ContentHash key{pixels.high, pixels.low ^ static_cast<std::uint64_t>(pixGetWidth(binary))};
  if (const auto* known = layouts.find(key)) return *known;
  auto found = std::make_shared<const PageLayout>(finder.find(binary));
  layouts.insert(key, found, 1);
  return found;
}

/// Runs the network; returns how sure it was.
float PageReader::Parts::run(const LineImage& line, LineOutput& out) {
  to_input(line, model->network.integer, input);
  forward.run(input, out);
  return mean_of_best(out, model->null_char);
}

void PageReader::Parts::read_unit(PIX* page, const Unit& unit, WordMaker& words) {
  if (unit.picture) {
    words.add_picture(unit);
    return;
  }
  if (unit.crop.empty()) return;
  const int factor = model->network.x_scale_factor;
  std::optional<LineImage> line = cut_line(page, unit.crop, model->network.input_height, factor);
  if (!line) return;
  const float upright = run(*line, output);
  if (upright < threshold) {
    invert(*line);
    if (run(*line, inverted) > upright) std::swap(output, inverted);
  }
  words.add(unit, decoder.decode(output), static_cast<float>(factor) / line->scale);
}

PageReader::PageReader(const std::string& lang, const ReadingOptions& options)
    : parts_(std::make_unique<Parts>(lang, options, checked_folder(lang, options))) {}

PageReader::~PageReader() = default;

PageReading PageReader::read(PIX* page, const std::atomic<bool>& stop) {
  if (stock_mode(parts_->psm)) return {.needs_stock = true};
  Reading reading{.words = {}, .width = pixGetWidth(page), .height = pixGetHeight(page)};
  const PixPtr binary = binarize(page);
  if (!binary) return {.reading = std::move(reading)};
  if (stop.load()) return {};
  const std::shared_ptr<const PageLayout> layout = parts_->layout_of(binary.get());
  if (layout->needs_stock) return {.needs_stock = true};
  WordMaker words(*layout, reading.words);
  for (const Unit& unit : layout->units) {
    if (stop.load()) return {};
    parts_->read_unit(page, unit, words);
  }
  if (one_line(parts_->psm)) words.keep_best_row();
  return {.reading = std::move(reading)};
}

}  // namespace ocrtune::lstm
