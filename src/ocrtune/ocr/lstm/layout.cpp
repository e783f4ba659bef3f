#include "ocrtune/ocr/lstm/layout.h"

#include <fmt/format.h>
#include <tesseract/pageiterator.h>

#include <algorithm>
#include <memory>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/lstm/baseline.h"
#include "ocrtune/ocr/lstm/row_baselines.h"
#include "ocrtune/ocr/tesseract_opening.h"

namespace ocrtune::lstm {
namespace {

constexpr int kPadding = 4;               // px around a crop
constexpr double kMostHeight = 1.25;      // of the row's, for words that are joined
constexpr double kMostGap = 2.0;          // × the row's height between them

/// A word as laid out.
struct LaidWord {
  Box box;
  std::vector<Box> blobs;
  int paragraph = 0;
  bool picture = false;
};

struct LaidRow {
  int block = 0;
  float height = 0;  ///< px, from descenders to ascenders
  float ascenders = 0;
  float descenders = 0;  ///< negative
  std::vector<LaidWord> words;
  std::vector<BaselineSample> samples;
};

/// Walks what Tesseract laid out.
class Walk {
 public:
  Walk(tesseract::PageIterator& it, int height) : it_(it), height_(height) {
    it_.SetBoundingBoxComponents(true, true);
  }

  /// False where something is rotated, vertical or from right to left.
  bool run() {
    do {
      if (it_.Empty(tesseract::RIL_WORD)) continue;
      if (!upright()) return false;
      start_row();
      add_word();
    } while (it_.Next(tesseract::RIL_WORD));
    return true;
  }

  std::vector<LaidRow>& rows() { return rows_; }

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

  [[nodiscard]] Box box(tesseract::PageIteratorLevel level) const {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    it_.BoundingBox(level, &left, &top, &right, &bottom);
    return {.left = left, .bottom = height_ - bottom, .right = right, .top = height_ - top};
  }

  void start_row() {
    if (it_.IsAtBeginningOf(tesseract::RIL_BLOCK)) ++block_;
    if (it_.IsAtBeginningOf(tesseract::RIL_PARA)) ++paragraph_;
    if (!rows_.empty() && !it_.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) return;
    LaidRow row{.block = block_};
    it_.RowAttributes(&row.height, &row.descenders, &row.ascenders);
    rows_.push_back(std::move(row));
  }

  void add_word() {
    LaidRow& row = rows_.back();
    LaidWord word{.box = box(tesseract::RIL_WORD),
                  .paragraph = paragraph_,
                  .picture = !tesseract::PTIsTextType(it_.BlockType())};
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
    it_.Baseline(tesseract::RIL_WORD, &x1, &y1, &x2, &y2);
    row.samples.push_back({x1, height_ - y1});
    row.samples.push_back({x2, height_ - y2});
    if (!it_.Empty(tesseract::RIL_SYMBOL)) {
      tesseract::PageIterator symbol(it_);
      symbol.SetBoundingBoxComponents(true, true);
      do {
        int left = 0;
        int top = 0;
        int right = 0;
        int bottom = 0;
        symbol.BoundingBox(tesseract::RIL_SYMBOL, &left, &top, &right, &bottom);
        word.blobs.push_back(
            {.left = left, .bottom = height_ - bottom, .right = right, .top = height_ - top});
        if (symbol.IsAtFinalElement(tesseract::RIL_WORD, tesseract::RIL_SYMBOL)) break;
      } while (symbol.Next(tesseract::RIL_SYMBOL));
    }
    row.words.push_back(std::move(word));
  }

  tesseract::PageIterator& it_;
  int height_;
  int block_ = 0;
  int paragraph_ = 0;
  std::vector<LaidRow> rows_;
};

/// Makes units of a row's words.
class UnitMaker {
 public:
  UnitMaker(const LaidRow& row, int number) : row_(row), number_(number) {}

  void make(std::vector<Unit>& units) {
    const std::size_t count = row_.words.size();
    bool joins = false;
    for (std::size_t i = 0; i < count; ++i) {
      const LaidWord& word = row_.words[i];
      const bool part = joins;
      if (!part) {
        units.push_back({.block = row_.block,
                         .paragraph = word.paragraph,
                         .row = number_,
                         .picture = word.picture});
        boxes_.push_back(Box::nothing());
        reach_ = word.box;
        joins = word.box.height() <= row_.height * kMostHeight;
      }
      // Behind the last word Tesseract looks at the first.
      if (joins) joins = takes(row_.words[(i + 1) % count].box);
      add(units.back(), word, part || joins);
    }
  }

  /// Boxes of the units made, in their order.
  [[nodiscard]] const std::vector<Box>& boxes() const { return boxes_; }

 private:
  bool takes(const Box& next) {
    const int right = reach_.right;
    reach_ = joined(reach_, next);
    return next.height() <= row_.height * kMostHeight && reach_.height() <= row_.height * kMostHeight &&
           next.left <= right + static_cast<double>(row_.height) * kMostGap;
  }

  void add(Unit& unit, const LaidWord& word, bool part) {
    boxes_.back() = joined(boxes_.back(), word.box);
    unit.blobs.insert(unit.blobs.end(), word.blobs.begin(), word.blobs.end());
    if (part) unit.parts.push_back(word.box);
  }

  const LaidRow& row_;
  int number_;
  Box reach_;
  std::vector<Box> boxes_;
};

/// The x-height that Tesseract made the row's height of.
float x_height(const LaidRow& row) { return row.height + row.descenders - row.ascenders; }

/// What is cut out for a unit: at least from descenders to ascenders at its middle.
Box crop_of(const Box& unit, const LaidRow& row, const Baseline& baseline) {
  Box box = unit;
  const float at = baseline.at(static_cast<float>(unit.middle_x()));
  const float low = at + row.descenders;
  const float high = at + x_height(row) + row.ascenders;
  if (low < static_cast<float>(box.bottom)) box.bottom = static_cast<int>(low);
  if (high > static_cast<float>(box.top)) box.top = static_cast<int>(high);
  return {.left = box.left - kPadding,
          .bottom = box.bottom - kPadding,
          .right = box.right + kPadding,
          .top = box.top + kPadding};
}

void by_middle(std::vector<Box>& blobs) {
  std::stable_sort(blobs.begin(), blobs.end(),
                   [](const Box& a, const Box& b) { return a.middle_x() < b.middle_x(); });
}

std::vector<RowMarks> marks_of(const std::vector<LaidRow>& rows) {
  std::vector<RowMarks> marks;
  for (const LaidRow& row : rows) {
    RowMarks row_marks{.block = row.block, .samples = row.samples};
    for (const LaidWord& word : row.words)
      row_marks.blobs.insert(row_marks.blobs.end(), word.blobs.begin(), word.blobs.end());
    std::stable_sort(row_marks.blobs.begin(), row_marks.blobs.end(),
                     [](const Box& a, const Box& b) { return a.left < b.left; });
    marks.push_back(std::move(row_marks));
  }
  return marks;
}

}  // namespace

LayoutFinder::LayoutFinder(const std::string& lang, const std::string& folder, int psm)
    : psm_(psm) {
  const auto lock = hold_tesseract_opening();
  if (api_.Init(folder.c_str(), lang.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    throw Error(ExitStatus::dependency_missing,
                fmt::format("language `{}`: Tesseract can't use the data in {} with engine mode 1",
                            lang, quotable(folder)));
  }
  api_.SetPageSegMode(static_cast<tesseract::PageSegMode>(psm));
}

PageLayout LayoutFinder::find(PIX* binary) {
  PageLayout layout{.width = pixGetWidth(binary), .height = pixGetHeight(binary)};
  const Box page{.right = layout.width, .top = layout.height};
  api_.SetImage(binary);
  const std::unique_ptr<tesseract::PageIterator> it(api_.AnalyseLayout(false));
  if (it) {
    Walk walk(*it, layout.height);
    layout.needs_stock = !walk.run();
    const std::vector<LaidRow>& rows = walk.rows();
    const std::vector<Baseline> baselines = find_baselines(marks_of(rows), binary);
    for (std::size_t r = 0; r < rows.size() && !layout.needs_stock; ++r) {
      const std::size_t first = layout.units.size();
      UnitMaker maker(rows[r], static_cast<int>(r));
      maker.make(layout.units);
      for (std::size_t u = first; u < layout.units.size(); ++u) {
        Unit& unit = layout.units[u];
        unit.crop = psm_ == tesseract::PSM_SINGLE_WORD || psm_ == tesseract::PSM_RAW_LINE
                        ? page
                        : common(crop_of(maker.boxes()[u - first], rows[r], baselines[r]), page);
        by_middle(unit.blobs);
      }
    }
  }
  api_.Clear();
  return layout;
}

}  // namespace ocrtune::lstm
