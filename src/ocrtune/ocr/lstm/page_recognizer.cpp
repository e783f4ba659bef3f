#include "ocrtune/ocr/lstm/page_recognizer.h"

#include <fmt/format.h>

#include <span>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/binarize.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/decoder.h"
#include "ocrtune/ocr/lstm/line_group.h"
#include "ocrtune/ocr/lstm/line_image.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/words.h"

namespace ocrtune::lstm {
namespace {

constexpr std::uint64_t kLayouts = 4;  // number of cached layouts

[[noreturn]] void refuse_language(const std::string& lang, const std::string& why) {
  throw Error(Errc::dependency_missing,
              tr("the engine `lstm` does not support `{}`: {}; use the engine `tesseract`",
                 quotable(lang, 80), why));
}

/// The folder of a language's model, after checking that the engine supports language and options.
std::string checked_folder(const std::string& lang, const RecognitionOptions& options) {
  if (const auto refusal = lstm_refuses(lang, options)) refuse_language(lang, refusal->reason);
  std::string folder = tessdata_folder(options.tessdata);
  require_languages(lang, folder);
  return folder;
}

/// A unit that waits for recognition.
struct Taken {
  const layout::Unit* unit = nullptr;
  float step = 0;  ///< source px for a time step
};

}  // namespace

struct PageRecognizer::Parts {
  Parts(const std::string& lang, const RecognitionOptions& options, const std::string& folder)
      : psm(options.psm),
        model(load_model(lang, folder)),
        measured_spaces(is_set(model->config, "preserve_interword_spaces")),
        group(model, options.device),
        decoder(model->unicharset, model->recoder, &model->dictionary, model->null_char,
                model->network_text.find("O1s") != std::string::npos),
        finder(model->config, {model->network.input_height, model->network.x_scale_factor}) {}

  PixPtr binary_of(PIX* page, const OcrSettings& settings);
  std::shared_ptr<const layout::PageLayout> layout_of(PIX* binary, const OcrSettings& settings);
  void take(PIX* page, const layout::Unit& unit, WordMaker& words);
  void read_taken(WordMaker& words);
  void forget_taken();

  int psm;
  std::shared_ptr<const Model> model;
  bool measured_spaces;
  LineGroup group;
  Decoder decoder;
  layout::LayoutFinder finder;
  LruMap<ContentHash, std::shared_ptr<const layout::PageLayout>> layouts{kLayouts};
  std::vector<Taken> taken;
};

PixPtr PageRecognizer::Parts::binary_of(PIX* page, const OcrSettings& settings) {
  return settings.thresholding == Thresholding::otsu ? binarize(page)
                                                     : finder.threshold(page, settings);
}

/// Different settings of a search often give the same binarized page.
std::shared_ptr<const layout::PageLayout> PageRecognizer::Parts::layout_of(
    PIX* binary, const OcrSettings& settings) {
  const std::size_t words =
      static_cast<std::size_t>(pixGetWpl(binary)) * static_cast<std::size_t>(pixGetHeight(binary));
  const ContentHash pixels = content_hash(std::as_bytes(std::span(pixGetData(binary), words)));
  // The pixels' words alone do not determine the width.
  const ContentHash key = content_hash(
      fmt::format("{} {} {} {}", pixels.text(), pixGetWidth(binary), settings.psm, settings.dpi));
  if (const auto* known = layouts.find(key)) return *known;
  auto found = std::make_shared<const layout::PageLayout>(finder.find(binary, settings));
  layouts.insert(key, found, 1);
  return found;
}

/// Recognizes the units that were taken and adds their words, in order.
void PageRecognizer::Parts::read_taken(WordMaker& words) {
  const std::span<const LineOutput> outputs = group.run();
  std::size_t next = 0;
  for (const Taken& one : taken) {
    if (one.unit->picture) {
      words.add_picture(*one.unit);
    } else {
      words.add(*one.unit, decoder.decode(outputs[next++]), one.step);
    }
  }
  taken.clear();
}

/// Cuts a unit out, for recognition together with the next ones.
void PageRecognizer::Parts::take(PIX* page, const layout::Unit& unit, WordMaker& words) {
  if (unit.picture) {
    taken.push_back({.unit = &unit});
    return;
  }
  if (unit.crop.empty()) return;
  const int factor = model->network.x_scale_factor;
  std::optional<LineImage> line = cut_line(page, unit.crop, model->network.input_height, factor);
  if (!line) return;
  if (!group.has_room(pixGetWidth(line->pix.get()))) read_taken(words);
  taken.push_back({.unit = &unit, .step = static_cast<float>(factor) / line->scale});
  group.add(*std::move(line));
}

/// A page that was stopped leaves units behind.
void PageRecognizer::Parts::forget_taken() {
  taken.clear();
  group.clear();
}

PageRecognizer::PageRecognizer(const std::string& lang, const RecognitionOptions& options)
    : parts_(std::make_unique<Parts>(lang, options, checked_folder(lang, options))) {}

PageRecognizer::~PageRecognizer() = default;

PageRecognition PageRecognizer::read(PIX* page, const OcrSettings& settings,
                                     const std::atomic<bool>& stop, const CountPageMarks& marks) {
  const SerialOpenMp serial;
  OcrSettings all = settings;
  if (all.psm == 0) all.psm = parts_->psm;
  if (!layout::can_lay_out(all.psm)) return {.needs_stock = true};
  OcrResult ocr_result{.words = {}, .width = pixGetWidth(page), .height = pixGetHeight(page)};
  const PixPtr binary = parts_->binary_of(page, all);
  if (!binary) return {.needs_stock = true};
  if (stop.load()) return {};
  refuse_noise(binary.get(), marks);
  const std::shared_ptr<const layout::PageLayout> layout = parts_->layout_of(binary.get(), all);
  if (layout->needs_stock) return {.needs_stock = true};
  parts_->forget_taken();
  parts_->group.try_inverted(all.inversion != Inversion::off);
  WordMaker words(*layout, parts_->measured_spaces, ocr_result.words);
  for (const layout::Unit& unit : layout->units) {
    if (stop.load()) return {};
    parts_->take(page, unit, words);
  }
  parts_->read_taken(words);
  if (layout::holds_one_line(all.psm)) words.keep_best_row();
  return {.ocr_result = std::move(ocr_result)};
}

}  // namespace ocrtune::lstm
