#include "ocrtune/ocr/self_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "ocrtune/base/embedded_file.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/image_file.h"

namespace ocrtune {
namespace {

std::string box_text(const Word& word) {
  return tr("{},{} to {},{}", word.left, word.top, word.right, word.bottom);
}

/// Of the words of the built-in page. On real pages one box in fifty is another, on a page of few
/// words some more.
constexpr double kOtherBoxes = 0.1;

bool overlap(const Word& a, const Word& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// The difference between two words at the same position of an OCR result; empty if they are equal,
/// but for their boxes if these overlap and `other_box`.
std::string difference_of(const Word& ours, const Word& stock, bool other_box) {
  if (ours.text != stock.text) {
    return tr("`{}` instead of `{}`", quotable(ours.text, 40), quotable(stock.text, 40));
  }
  const std::string word = quotable(stock.text, 40);
  if (ours.confidence != stock.confidence) {
    return tr("`{}` has confidence {} instead of {}", word, ours.confidence, stock.confidence);
  }
  if (box_text(ours) != box_text(stock) && !(other_box && overlap(ours, stock)))
    return tr("`{}` has the bounding box {} instead of {}", word, box_text(ours), box_text(stock));
  const auto place = [](const Word& w) {
    return tr("word {} of its line, in block {}", w.index, w.block);
  };
  if (place(ours) != place(stock))
    return tr("`{}` is {} instead of {}", word, place(ours), place(stock));
  return "";
}

}  // namespace

/// The built-in page, self_check_page.png.
const std::vector<EmbeddedFile>& self_check_files();

Image self_check_page() {
  return open_image_file(Format::png, std::as_bytes(std::span(self_check_files().front().bytes)),
                         {})
      ->decode(0);
}

std::string first_difference(const OcrResult& ours, const OcrResult& stock, double other_boxes) {
  const std::size_t common = std::min(ours.words.size(), stock.words.size());
  auto may_differ = static_cast<int>(other_boxes * static_cast<double>(stock.words.size()));
  for (std::size_t i = 0; i < common; ++i) {
    const bool other_box = may_differ > 0;
    if (box_text(ours.words[i]) != box_text(stock.words[i])) --may_differ;
    const std::string difference = difference_of(ours.words[i], stock.words[i], other_box);
    if (!difference.empty()) return tr("word {}: {}", i + 1, difference);
  }
  if (ours.words.size() == stock.words.size()) return "";
  return tr("{} instead of {}", counted(ours.words.size(), "word"), stock.words.size());
}

std::string self_check(Recognizer& ours, Recognizer& stock) {
  const std::atomic<bool> never{false};
  const Image page = self_check_page();
  const auto reference = stock.read(page, {}, never);
  try {
    const auto own = ours.read(page, {}, never);
    if (own.has_value() != reference.has_value()) return tr("one of the engines gives no result");
    return own ? first_difference(*own, *reference, kOtherBoxes) : "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace ocrtune
