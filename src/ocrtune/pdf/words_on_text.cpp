#include "ocrtune/pdf/words_on_text.h"

#include <algorithm>
#include <array>

#include "ocrtune/pdf/transform.h"

namespace ocrtune {
namespace {

/// The box of a word on the page.
PdfBox place_of(const Word& word, int page_height, const Transform& page) {
  const auto height = static_cast<double>(page_height);
  return box_around({static_cast<double>(word.left), height - word.bottom,
                     static_cast<double>(word.right), height - word.top},
                    page);
}

bool lies_on(const PdfBox& word, const std::vector<PdfBox>& text) {
  std::vector<const PdfBox*> near;
  for (const PdfBox& box : text) {
    if (box.left <= word.right && box.right >= word.left && box.bottom <= word.top &&
        box.top >= word.bottom)
      near.push_back(&box);
  }
  // In its middle: the box of a short word may be much larger than its letters.
  constexpr std::array kPlaces{0.2, 0.35, 0.5, 0.65, 0.8};
  int on = 0;
  for (const double across : kPlaces) {
    for (const double up : kPlaces) {
      const double x = word.left + across * (word.right - word.left);
      const double y = word.bottom + up * (word.top - word.bottom);
      on += std::ranges::any_of(near, [&](const PdfBox* box) {
        return box->left <= x && x <= box->right && box->bottom <= y && y <= box->top;
      });
    }
  }
  return 2 * on >= static_cast<int>(kPlaces.size() * kPlaces.size());
}

}  // namespace

void remove_words_on_text(OcrResult& ocr_result, const PdfMatrix& matrix,
                          const std::vector<PdfBox>& text) {
  const Transform page = transform_of(matrix).value();
  std::erase_if(ocr_result.words, [&](const Word& word) {
    return lies_on(place_of(word, ocr_result.height, page), text);
  });
}

}  // namespace ocrtune
