#include "ocrtune/ocr/noise.h"

#include <allheaders.h>
#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/pix.h"
#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/letters.h"
#include "ocrtune/ocr/binarize.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {
namespace {

constexpr std::int64_t kFewMarks = 3000;  // OCR of so few takes seconds
constexpr double kMaxTimes = 2.5;

std::int64_t marks_of(const cv::Mat& gray) {
  const PixPtr page = to_pix(gray);
  const PixPtr binary(page ? binarize(page.get()) : nullptr);
  return binary ? count_marks(binary.get()) : 0;
}

std::int64_t letters_of(const cv::Mat& ink) {
  return static_cast<std::int64_t>(letters_among(component_boxes(ink)).size());
}

}  // namespace

std::int64_t count_marks(Pix* binary) {
  const PackedBits ink{.words = pixGetData(binary),
                       .words_per_row = pixGetWpl(binary),
                       .size = {pixGetWidth(binary), pixGetHeight(binary)}};
  constexpr int kSpeck = 7;
  return std::ranges::count_if(component_boxes(ink), [](const ComponentBox& box) {
    return std::max(box.width(), box.height()) > kSpeck;
  });
}

std::int64_t page_marks(const cv::Mat& gray) {
  const Image read = ocr_result_copy({.gray = gray, .dpi = {}}, std::nullopt);
  const InkMasks clear = ink_masks(gray);
  return std::max({marks_of(gray), read.gray.size() == gray.size() ? 0 : marks_of(read.gray),
                   letters_of(clear.dark), letters_of(clear.light),
                   letters_of(faint_ink_masks(gray).dark)});
}

bool is_noise(std::int64_t marks, std::int64_t page_marks) {
  return marks > kFewMarks &&
         static_cast<double>(marks) > kMaxTimes * static_cast<double>(page_marks);
}

void refuse_noise(Pix* binary, const CountPageMarks& page) {
  if (!page) return;
  const std::int64_t marks = count_marks(binary);
  if (marks <= kFewMarks) return;
  const std::int64_t as_it_came = page();
  if (!is_noise(marks, as_it_came)) return;
  throw Error(Errc::limit_reached,
              tr("noise: {} connected components, the original has {}", marks, as_it_came));
}

}  // namespace ocrtune
