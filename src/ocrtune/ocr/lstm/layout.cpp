#include "ocrtune/ocr/lstm/layout.h"

#include <tesseract/pageiterator.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/lstm/iterator_box.h"
#include "ocrtune/ocr/lstm/probe.h"
#include "ocrtune/ocr/lstm/probe_model.h"
#include "ocrtune/ocr/tesseract_opening.h"

namespace ocrtune::lstm {
namespace {

constexpr int kUsualMode = tesseract::PSM_SINGLE_BLOCK;
constexpr double kMostJoinedHeight = 1.25;  // of the row's, for words that are joined
constexpr double kMostGap = 2.0;            // × the row's height between them

/// A word as laid out.
struct LaidWord {
  Box box;
  std::vector<Box> blobs;
  int left_base = 0;   ///< the baseline at the box's left edge, rounded
  int right_base = 0;  ///< at its right edge
  int paragraph = 0;
  bool picture = false;
};

struct LaidRow {
  int block = 0;
  float height = 0;  ///< px, from descenders to ascenders
  float ascenders = 0;
  float descenders = 0;         ///< negative
  std::vector<LaidWord> words;  ///< as laid out
  std::vector<LaidWord> units;  ///< as they are read
};

/// Walks what Tesseract laid out.
class Walk {
 public:
  Walk(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows)
      : it_(it), height_(height), rows_(rows) {
    it_.SetBoundingBoxComponents(true, true);
  }

  /// Adds rows with their words; false where something is rotated, vertical or from right to left.
  bool add_rows() {
    do {
      if (it_.Empty(tesseract::RIL_WORD)) continue;
      if (!upright()) return false;
      start_row();
      add_word(rows_.back().words, false);
    } while (it_.Next(tesseract::RIL_WORD));
    return true;
  }

  /// Adds units to the rows.
  void add_units() {
    std::size_t row = 0;
    bool first = true;
    do {
      if (it_.Empty(tesseract::RIL_WORD)) continue;
      if (!first && it_.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++row;
      first = false;
      if (it_.IsAtBeginningOf(tesseract::RIL_PARA)) ++paragraph_;
      if (row < rows_.size()) add_word(rows_[row].units, true);
    } while (it_.Next(tesseract::RIL_WORD));
  }

 private:
  [[nodiscard]] bool upright() const {
    tesseract::Orientation orientation{};
    tesseract::WritingDirection direction{};
    tesseract::TextlineOrder order{};
    float skew = 0;
    it_.Orientation(&orientation, &direction, &order, &skew);
    return orientation == tesseract::ORIENTATION_PAGE_UP &&
           direction == tesseract::WRITING_DIRECTION_LEFT_TO_RIGHT;
  }

  void start_row() {
    if (it_.IsAtBeginningOf(tesseract::RIL_BLOCK)) ++block_;
    if (!rows_.empty() && !it_.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) return;
    LaidRow row{.block = block_};
    it_.RowAttributes(&row.height, &row.descenders, &row.ascenders);
    rows_.push_back(std::move(row));
  }

  void add_word(std::vector<LaidWord>& words, bool with_blobs) {
    LaidWord word{.box = box_at(it_, tesseract::RIL_WORD, height_),
                  .paragraph = paragraph_,
                  .picture = !tesseract::PTIsTextType(it_.BlockType())};
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
    it_.Baseline(tesseract::RIL_WORD, &x1, &y1, &x2, &y2);
    word.left_base = height_ - y1;
    word.right_base = height_ - y2;
    if (with_blobs) add_blobs(word);
    words.push_back(std::move(word));
  }

  void add_blobs(LaidWord& word) const {
    if (it_.Empty(tesseract::RIL_SYMBOL)) return;
    tesseract::PageIterator symbol(it_);
    do {
      word.blobs.push_back(box_at(symbol, tesseract::RIL_SYMBOL, height_));
    } while (symbol.Next(tesseract::RIL_SYMBOL) && !symbol.IsAtBeginningOf(tesseract::RIL_WORD));
  }

  tesseract::PageIterator& it_;
  int height_;
  int block_ = 0;
  int paragraph_ = 0;
  std::vector<LaidRow>& rows_;
};

/// Whether Tesseract made the unit a combination of words, though it be of one: behind the last
/// word of a row it looks at the first again.
bool combines(const LaidRow& row, const LaidWord& unit, bool last) {
  if (!last || unit.box.height() > row.height * kMostJoinedHeight) return false;
  const Box& next = row.units.front().box;
  return next.height() <= row.height * kMostJoinedHeight &&
         joined(unit.box, next).height() <= row.height * kMostJoinedHeight &&
         next.left <= unit.box.right + static_cast<double>(row.height) * kMostGap;
}

/// The words as laid out that a unit is made of.
std::vector<Box> parts_of(const LaidRow& row, const LaidWord& unit, bool last) {
  std::vector<Box> parts;
  for (const LaidWord& word : row.words) {
    const int middle = word.box.middle_x();
    if (unit.box.left <= middle && middle <= unit.box.right) parts.push_back(word.box);
  }
  if (parts.size() == 1 && !combines(row, unit, last)) parts.clear();
  return parts;
}

/// The x-height that Tesseract made the row's height of.
float x_height(const LaidRow& row) { return row.height + row.descenders - row.ascenders; }

/// The row's baseline at x, roughly: between the nearest points where a word says it, rounded.
float rough_baseline(const LaidRow& row, int x) {
  std::pair<int, int> before{std::numeric_limits<int>::min(), 0};
  std::pair<int, int> behind{std::numeric_limits<int>::max(), 0};
  const auto look_at = [&](int at, int base) {
    if (at <= x && at >= before.first) before = {at, base};
    if (at >= x && at <= behind.first) behind = {at, base};
  };
  for (const auto* words : {&row.words, &row.units}) {
    for (const LaidWord& word : *words) {
      look_at(word.box.left, word.left_base);
      look_at(word.box.right, word.right_base);
    }
  }
  if (before.first == behind.first) return static_cast<float>(before.second);
  const float share =
      static_cast<float>(x - before.first) / static_cast<float>(behind.first - before.first);
  return static_cast<float>(before.second) +
         share * static_cast<float>(behind.second - before.second);
}

/// What is cut out for a unit, roughly: at least from descenders to ascenders at its middle.
Box rough_crop(const LaidWord& unit, const LaidRow& row) {
  Box box = unit.box;
  const float at = rough_baseline(row, unit.box.middle_x());
  const float low = at + row.descenders;
  const float high = at + x_height(row) + row.ascenders;
  if (low < static_cast<float>(box.bottom)) box.bottom = static_cast<int>(low);
  if (high > static_cast<float>(box.top)) box.top = static_cast<int>(high);
  return {.left = box.left - kCropPadding,
          .bottom = box.bottom - kCropPadding,
          .right = box.right + kCropPadding,
          .top = box.top + kCropPadding};
}

void by_middle(std::vector<Box>& blobs) {
  std::stable_sort(blobs.begin(), blobs.end(),
                   [](const Box& a, const Box& b) { return a.middle_x() < b.middle_x(); });
}

/// Whether a unit is cut out over the whole height of the page, wherever its baseline lies.
bool spans_height(const Box& box, const Box& page) {
  return box.bottom <= page.bottom + kCropPadding && box.top >= page.top - kCropPadding;
}

void add_units(const std::vector<LaidRow>& rows, bool whole, PageLayout& layout) {
  const Box page{.right = layout.width, .top = layout.height};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const LaidRow& row = rows[r];
    for (const LaidWord& laid : row.units) {
      Unit unit{.block = row.block,
                .paragraph = laid.paragraph,
                .row = static_cast<int>(r),
                .box = laid.box,
                .crop = whole ? page : common(rough_crop(laid, row), page),
                .blobs = laid.blobs,
                .parts = parts_of(row, laid, &laid == &row.units.back()),
                .sure = whole || spans_height(laid.box, page),
                .picture = laid.picture};
      by_middle(unit.blobs);
      layout.units.push_back(std::move(unit));
    }
  }
}

}  // namespace

LayoutFinder::LayoutFinder(ModelConfig config, LineScale scale)
    : config_(std::move(config)), scale_(scale), coarse_(open(kCoarseSight)) {}

std::unique_ptr<LayoutFinder::Prober> LayoutFinder::open(const ProbeSight& sight) const {
  auto prober = std::make_unique<Prober>();
  LayoutApi& api = prober->api;
  const std::vector<char> model = probe_model(sight);
  const auto lock = hold_tesseract_opening();
  if (api.Init(model.data(), static_cast<int>(model.size()), "probe", tesseract::OEM_LSTM_ONLY,
               nullptr, 0, nullptr, nullptr, false, nullptr) != 0) {
    throw Error(Errc::dependency_missing, "this Tesseract can't be used for laying out pages");
  }
  for (const auto& [name, value] : config_) api.SetVariable(name.c_str(), value.c_str());
  api.SetVariable("tessedit_do_invert", "0");
  // Those of the layout are taken; of the text that probes read they would be found in time
  // proportional to the square of its words.
  api.SetVariable("paragraph_text_based", "0");
  prober->variables.emplace(api, kUsualMode);
  return prober;
}

PixPtr LayoutFinder::threshold(PIX* page, const OcrSettings& settings) {
  coarse_->variables->set(settings);
  coarse_->api.SetImage(page);
  PixPtr binary(coarse_->api.GetThresholdedImage());
  coarse_->api.Clear();
  return binary;
}

PageLayout LayoutFinder::find(PIX* binary, const OcrSettings& settings) {
  LayoutApi& api = coarse_->api;
  coarse_->variables->set(settings);
  PageLayout layout{.width = pixGetWidth(binary), .height = pixGetHeight(binary)};
  std::vector<LaidRow> rows;
  api.SetImage(binary);
  std::unique_ptr<tesseract::PageIterator> it(api.AnalyseLayout(false));
  tesseract::PAGE_RES* const as_laid_out = it ? api.analysed() : nullptr;
  if (it) layout.needs_stock = !Walk(*it, layout.height, rows).add_rows();
  if (!rows.empty() && !layout.needs_stock) {
    it.reset(api.AnalyseLayout(true));
    if (it) Walk(*it, layout.height, rows).add_units();
    const bool whole =
        settings.psm == tesseract::PSM_SINGLE_WORD || settings.psm == tesseract::PSM_RAW_LINE;
    add_units(rows, whole, layout);
    it.reset();
    if (!whole) probe_crops(api, layout);
  }
  it.reset();
  api.forget(as_laid_out);
  if (!layout.needs_stock) find_rest(binary, settings, layout);
  return layout;
}

void LayoutFinder::find_rest(PIX* binary, const OcrSettings& settings, PageLayout& layout) {
  const auto is_open = [this](const Unit& unit) {
    // Too narrow ones aren't read at all.
    return unit.is_open() &&
           unit.crop.width() * scale_.height >= scale_.least_width * (unit.crop.height() - 2);
  };
  const auto last = std::find_if(layout.units.rbegin(), layout.units.rend(), is_open);
  if (last == layout.units.rend()) return;
  if (!fine_) fine_ = open(kFineSight);
  fine_->variables->set(settings);
  fine_->api.SetImage(binary);
  probe_rest(fine_->api, layout, layout.units.rend() - last);
  fine_->api.Clear();
  layout.needs_stock = std::any_of(layout.units.begin(), layout.units.end(), is_open);
}

void LayoutApi::forget(tesseract::PAGE_RES* earlier) {
  const bool twice = earlier != nullptr && earlier != page_res_;
  Clear();
  if (!twice) return;
  // Analysing once more overwrites the pointer; freeing it is left to us.
  page_res_ = earlier;
  Clear();
}

}  // namespace ocrtune::lstm
