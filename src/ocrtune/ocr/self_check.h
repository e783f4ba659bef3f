#pragma once

#include <string>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// A small page that is built into the program: words, digits, punctuation and accents in three
/// typefaces, one of them faint, with a little noise. `scripts/make_self_check_page.sh` makes it.
Image self_check_page();

/// The first difference between two OCR results of one image, as a phrase; empty if words,
/// confidences, boxes, lines and blocks are the same. Paragraphs may differ: Tesseract derives them
/// from the text too. `other_boxes`: the share of words, 0 to 1, whose boxes may differ if they
/// overlap.
std::string first_difference(const OcrResult& ours, const OcrResult& stock, double other_boxes = 0);

/// Runs both on the built-in page and returns the first_difference of their OCR results, of which
/// one box in ten may be another. An Error of `ours` is a difference too; one of `stock` is thrown.
std::string self_check(Recognizer& ours, Recognizer& stock);

}  // namespace ocrtune
