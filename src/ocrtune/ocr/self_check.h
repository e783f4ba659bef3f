#pragma once

#include <string>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// A small page that is part of the program: words, digits, punctuation and accents in three
/// typefaces, one of them faint, with a little noise. `scripts/make_self_check_page.sh` makes it.
Image self_check_page();

/// How two readings of one image differ first, as a phrase; empty where words, confidences, boxes,
/// lines and blocks are the same. Paragraphs may differ: Tesseract finds them by the text too.
std::string first_difference(const Reading& ours, const Reading& stock);

/// Lets both read the built-in page: first_difference of what they read. An Error of `ours` is a
/// difference too; one of `stock` is thrown.
std::string self_check(Recognizer& ours, Recognizer& stock);

}  // namespace ocrtune
