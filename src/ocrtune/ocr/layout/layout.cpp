#include "ocrtune/ocr/layout/layout.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "ocrtune/ocr/layout/fixed_pitch.h"
#include "ocrtune/ocr/layout/outlines.h"
#include "ocrtune/ocr/layout/probe.h"
#include "ocrtune/ocr/layout/prober.h"
#include "ocrtune/ocr/layout/rows.h"
#include "ocrtune/ocr/layout/small_marks.h"
#include "ocrtune/ocr/layout/unused_work.h"

namespace ocrtune::layout {
namespace {

/// Tesseract would go on without an image for which it got no memory.
void give_image(tesseract::TessBaseAPI& api, PIX* image) {
  api.SetImage(image);
  if (api.GetInputImage() == nullptr) throw std::bad_alloc();
}

constexpr double kMaxJoinedHeight = 1.25;  // of the row's height, for words that are joined
constexpr double kMaxGap = 2.0;            // times the row's height, between them

/// Whether Tesseract made the unit a combination of words, even if of a single one: after the last
/// word of a row it considers the first again.
bool combines(const LaidRow& row, const LaidWord& unit, bool last) {
  if (!last || unit.box.height() > row.height * kMaxJoinedHeight) return false;
  const Box& next = row.units.front().box;
  return next.height() <= row.height * kMaxJoinedHeight &&
         joined(unit.box, next).height() <= row.height * kMaxJoinedHeight &&
         next.left <= unit.box.right + static_cast<double>(row.height) * kMaxGap;
}

/// The words of the layout that a unit consists of.
std::vector<Box> parts_of(const LaidRow& row, const LaidWord& unit, bool last) {
  std::vector<Box> parts;
  for (const LaidWord& word : row.words) {
    const int middle = word.box.middle_x();
    if (unit.box.left <= middle && middle <= unit.box.right) parts.push_back(word.box);
  }
  if (parts.size() == 1 && !combines(row, unit, last)) parts.clear();
  return parts;
}

/// The row's approximate baseline at x: between the nearest points where a word gives it, rounded.
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

/// A unit's crop: at least from descenders to ascenders. Tesseract's arithmetic and rounding.
Box crop_of(const LaidWord& unit, const LaidRow& row, const RowAt& at) {
  Box box = unit.box;
  const float low = at.base + row.descenders;
  const float high = at.base + at.x_height + row.ascenders;
  if (low < static_cast<float>(box.bottom)) box.bottom = static_cast<int>(low);
  if (high > static_cast<float>(box.top)) box.top = static_cast<int>(high);
  return {.left = box.left - kCropPadding,
          .bottom = box.bottom - kCropPadding,
          .right = box.right + kCropPadding,
          .top = box.top + kCropPadding};
}

/// The row at the unit's middle as the interface gives it: about a pixel off.
RowAt rough_row(const LaidWord& unit, const LaidRow& row) {
  return {.base = rough_baseline(row, unit.box.middle_x()),
          .x_height = row.height + row.descenders - row.ascenders};
}

/// The small marks of a unit.
std::vector<Box> small_marks_of(PIX* page, const LaidRow& row, const LaidWord& unit) {
  std::vector<Box> marks;
  for (const LaidWord& word : row.words) {
    const int middle = word.box.middle_x();
    if (unit.box.left <= middle && middle <= unit.box.right) add_small_marks(page, word, marks);
  }
  return marks;
}

void by_middle(std::vector<Box>& blobs) {
  std::stable_sort(blobs.begin(), blobs.end(),
                   [](const Box& a, const Box& b) { return a.middle_x() < b.middle_x(); });
}

/// Whether a unit's crop has the whole height of the page, wherever its baseline is.
bool spans_height(const Box& box, const Box& page) {
  return box.bottom <= page.bottom + kCropPadding && box.top >= page.top - kCropPadding;
}

void take_units(PIX* binary, const std::vector<LaidRow>& rows, bool whole, Shortcuts shortcuts,
                PageLayout& layout) {
  const Box page{.right = layout.width, .top = layout.height};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const LaidRow& row = rows[r];
    for (const LaidWord& laid : row.units) {
      const bool is_exact = shortcuts == Shortcuts::on && laid.exact;
      const RowAt at = is_exact ? *laid.exact : rough_row(laid, row);
      Unit unit{.block = row.block,
                .paragraph = laid.paragraph,
                .row = static_cast<int>(r),
                .box = laid.box,
                .crop = whole ? page : common(crop_of(laid, row, at), page),
                .blobs = laid.blobs,
                .small_marks = small_marks_of(binary, row, laid),
                .parts = parts_of(row, laid, &laid == &row.units.back()),
                .sure = whole || is_exact || spans_height(laid.box, page),
                .picture = laid.picture};
      by_middle(unit.blobs);
      by_middle(unit.small_marks);
      layout.units.push_back(std::move(unit));
    }
  }
}

/// Number of units up to the last for which `is` is true.
template <class Is>
std::ptrdiff_t count_to_last(const PageLayout& layout, Is is) {
  return layout.units.rend() - std::find_if(layout.units.rbegin(), layout.units.rend(), is);
}

}  // namespace

bool can_lay_out(int psm) {
  return psm >= tesseract::PSM_AUTO && psm != tesseract::PSM_SINGLE_BLOCK_VERT_TEXT &&
         psm != tesseract::PSM_CIRCLE_WORD && psm != tesseract::PSM_SPARSE_TEXT_OSD;
}

bool holds_one_line(int psm) {
  return psm > tesseract::PSM_SINGLE_BLOCK && psm != tesseract::PSM_SPARSE_TEXT;
}

bool finds_columns(int psm) {
  return psm <= tesseract::PSM_SINGLE_COLUMN || psm == tesseract::PSM_SPARSE_TEXT;
}

bool is_cropped_whole(int psm) {
  return psm == tesseract::PSM_SINGLE_WORD || psm == tesseract::PSM_RAW_LINE;
}

struct LayoutFinder::Parts {
  Parts(const Variables& of_language, LineScale wanted, Shortcuts allowed)
      : variables(of_language),
        scale(wanted),
        shortcuts(allowed),
        coarse(open_prober(variables, kCoarseSight)) {}

  void find_rest(PIX* binary, const OcrSettings& settings, PageLayout& layout);

  Variables variables;
  LineScale scale;
  Shortcuts shortcuts;
  std::unique_ptr<Prober> coarse;
  std::unique_ptr<Prober> fine;  ///< opened when a page needs it
};

LayoutFinder::LayoutFinder(const Variables& variables, LineScale scale, Shortcuts shortcuts)
    : parts_(std::make_unique<Parts>(variables, scale, shortcuts)) {}

LayoutFinder::~LayoutFinder() = default;

PixPtr LayoutFinder::threshold(PIX* page, const OcrSettings& settings) {
  Prober& prober = *parts_->coarse;
  prober.variables->set(settings);
  give_image(prober.api, page);
  PixPtr binary(prober.api.GetThresholdedImage());
  prober.api.Clear();
  return binary;
}

PageLayout LayoutFinder::find(PIX* binary, const OcrSettings& settings) {
  LayoutApi& api = parts_->coarse->api;
  parts_->coarse->variables->set(settings);
  PageLayout layout{.width = pixGetWidth(binary),
                    .height = pixGetHeight(binary),
                    .units = {},
                    .needs_stock = false};
  std::vector<LaidRow> rows;
  std::optional<QuickOutlines> quick_outlines;
  std::optional<QuickPitchTest> quick_pitch_test;
  std::optional<WithoutUnusedMeasures> without_measures;
  std::optional<WithoutParagraphs> without_paragraphs;  // only the second analysis needs them
  if (parts_->shortcuts == Shortcuts::on) {
    quick_outlines.emplace();
    quick_pitch_test.emplace(api);
    without_measures.emplace(settings.psm);
    without_paragraphs.emplace();
  }
  give_image(api, binary);
  std::unique_ptr<tesseract::PageIterator> it(api.AnalyseLayout(false));
  without_paragraphs.reset();
  tesseract::PAGE_RES* const as_laid_out = it ? api.analysed() : nullptr;
  if (it) layout.needs_stock = !add_rows(*it, layout.height, rows);
  if (!rows.empty() && !layout.needs_stock) {
    it.reset(api.AnalyseLayout(true));
    if (it) add_units(*it, layout.height, rows);
    take_units(binary, rows, is_cropped_whole(settings.psm), parts_->shortcuts, layout);
    it.reset();
    const auto count = count_to_last(layout, [](const Unit& unit) { return unit.is_open(); });
    if (count > 0) probe_crops(api, layout, count);
  }
  it.reset();
  api.forget(as_laid_out);
  if (!layout.needs_stock) parts_->find_rest(binary, settings, layout);
  return layout;
}

void LayoutFinder::Parts::find_rest(PIX* binary, const OcrSettings& settings, PageLayout& layout) {
  const auto is_open = [this](const Unit& unit) {
    // Units that are too narrow are not recognized.
    return unit.is_open() &&
           unit.crop.width() * scale.height >= scale.min_width * (unit.crop.height() - 2);
  };
  const auto count = count_to_last(layout, is_open);
  if (count == 0) return;
  if (!fine) fine = open_prober(variables, kFineSight);
  fine->variables->set(settings);
  give_image(fine->api, binary);
  probe_rest(fine->api, layout, count);
  fine->api.Clear();
  layout.needs_stock = std::any_of(layout.units.begin(), layout.units.end(), is_open);
}

}  // namespace ocrtune::layout
