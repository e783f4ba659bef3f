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

/// The difference between two words at the same position of an OCR result; empty if they are equal.
std::string difference_of(const Word& ours, const Word& stock) {
  if (ours.text != stock.text) {
    return tr("`{}` instead of `{}`", quotable(ours.text, 40), quotable(stock.text, 40));
  }
  const std::string word = quotable(stock.text, 40);
  if (ours.confidence != stock.confidence) {
    return tr("`{}` has confidence {} instead of {}", word, ours.confidence, stock.confidence);
  }
  if (box_text(ours) != box_text(stock))
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

std::string first_difference(const OcrResult& ours, const OcrResult& stock) {
  const std::size_t common = std::min(ours.words.size(), stock.words.size());
  for (std::size_t i = 0; i < common; ++i) {
    const std::string difference = difference_of(ours.words[i], stock.words[i]);
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
    return own ? first_difference(*own, *reference) : "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace ocrtune
