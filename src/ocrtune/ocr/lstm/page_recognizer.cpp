#include "ocrtune/ocr/lstm/page_recognizer.h"

#include <fmt/format.h>

#include <algorithm>
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
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/reading_order.h"
#include "ocrtune/ocr/lstm/unit_reader.h"
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

/// The models of the languages of `lang` ("eng+fra"), each once, the main language first.
std::vector<std::shared_ptr<const Model>> models_of(const std::string& lang,
                                                    const std::string& folder) {
  std::vector<std::string> names;
  std::vector<std::shared_ptr<const Model>> models;
  for (const std::string& name : split(lang, '+')) {
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    models.push_back(load_model(name, folder));
  }
  return models;
}

/// The main language's variables, with the most splitting of Devanagari's headline that one of the
/// languages asks for, as in Tesseract's PrepareForPageseg.
ModelConfig layout_variables(const std::vector<std::shared_ptr<const Model>>& models) {
  static const std::string kSplitting = "pageseg_devanagari_split_strategy";
  ModelConfig variables = models.front()->config;
  for (const auto& model : models) {
    const auto found = model->config.find(kSplitting);
    if (found == model->config.end()) continue;
    std::string& most = variables[kSplitting];
    most = std::max(most, found->second);  // a digit
  }
  return variables;
}

/// Whether some characters of a model run from right to left.
bool writes_right_to_left(const std::shared_ptr<const Model>& model) {
  for (int id = 0; id < model->unicharset.size(); ++id) {
    if (is_right_to_left(model->unicharset[id].direction)) return true;
  }
  return false;
}

/// The least size of units that one of the languages reads.
layout::LineScale scale_of(const std::vector<std::shared_ptr<const Model>>& models) {
  layout::LineScale scale{models.front()->network.input_height,
                          models.front()->network.x_scale_factor};
  for (const auto& model : models) {
    const Network& network = model->network;
    if (network.x_scale_factor * scale.height < scale.min_width * network.input_height)
      scale = {network.input_height, network.x_scale_factor};
  }
  return scale;
}

}  // namespace

struct PageRecognizer::Parts {
  Parts(std::vector<std::shared_ptr<const Model>> models, const RecognitionOptions& options)
      : psm(options.psm),
        several_languages(models.size() > 1),
        columns_from_right(models.front()->unicharset.right_to_left()),
        both_directions(std::ranges::any_of(models, writes_right_to_left)),
        measured_spaces(is_set(models.front()->config, "preserve_interword_spaces")),
        reader(models, options.device),
        finder(layout_variables(models), scale_of(models)) {}

  PixPtr binary_of(PIX* page, const OcrSettings& settings);
  std::shared_ptr<const layout::PageLayout> layout_of(PIX* binary, const OcrSettings& settings);
  /// Columns are ordered by the main language's direction, which the layout analysis here does not
  /// know. With several languages Tesseract takes the page as one crop for the main one alone.
  [[nodiscard]] bool leaves_to_stock(int page_segmentation) const {
    return !layout::can_lay_out(page_segmentation) ||
           (columns_from_right && layout::finds_columns(page_segmentation)) ||
           (several_languages && layout::is_cropped_whole(page_segmentation));
  }

  int psm;
  bool several_languages;
  bool columns_from_right;
  bool both_directions;
  bool measured_spaces;
  UnitReader reader;
  layout::LayoutFinder finder;
  LruMap<ContentHash, std::shared_ptr<const layout::PageLayout>> layouts{kLayouts};
  std::vector<std::vector<DecodedWord>> decoded;  ///< of each unit
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

PageRecognizer::PageRecognizer(const std::string& lang, const RecognitionOptions& options)
    : parts_(std::make_unique<Parts>(models_of(lang, checked_folder(lang, options)), options)) {}

PageRecognizer::~PageRecognizer() = default;

PageRecognition PageRecognizer::read(PIX* page, const OcrSettings& settings,
                                     const std::atomic<bool>& stop, const CountPageMarks& marks) {
  const SerialOpenMp serial;
  OcrSettings all = settings;
  if (all.psm == 0) all.psm = parts_->psm;
  if (parts_->leaves_to_stock(all.psm)) return {.needs_stock = true};
  OcrResult ocr_result{.words = {}, .width = pixGetWidth(page), .height = pixGetHeight(page)};
  const PixPtr binary = parts_->binary_of(page, all);
  if (!binary) return {.needs_stock = true};
  if (stop.load()) return {};
  refuse_noise(binary.get(), marks);
  const std::shared_ptr<const layout::PageLayout> layout = parts_->layout_of(binary.get(), all);
  if (layout->needs_stock) return {.needs_stock = true};
  parts_->reader.try_inverted(all.inversion != Inversion::off);
  if (!parts_->reader.read(page, layout->units, stop, parts_->decoded)) return {};
  WordMaker words(*layout, parts_->measured_spaces, parts_->both_directions, ocr_result.words);
  for (std::size_t i = 0; i < layout->units.size(); ++i) {
    if (layout->units[i].picture) {
      words.add_picture(layout->units[i]);
    } else {
      words.add(layout->units[i], parts_->decoded[i]);
    }
  }
  if (layout::holds_one_line(all.psm)) words.keep_best_row();
  if (!words.order()) return {.needs_stock = true};
  return {.ocr_result = std::move(ocr_result)};
}

}  // namespace ocrtune::lstm
