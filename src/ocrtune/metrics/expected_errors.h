#pragma once

namespace ocrtune {

/// The character error rate, a fraction, to expect of what all OCR results of a page were combined
/// into (the consensus), from the mean distance of its parts to it, 0 to 1: 1 - agreement(). Where
/// results of one engine for the page and for variants of it disagree, characters are doubtful,
/// which its confidences do not show. `strong`: the parts are results of an engine other than
/// Tesseract. Fitted by leaving out whole sources of pages
/// (docs/explanation/best_of_every_page.md). Pure; thread-safe.
double expected_cer_of_consensus(double disagreement, bool strong);

/// By how much the expected error rate of an OCR result is greater than that of the consensus, from
/// its distance to it, 0 to 1. Of the first 1.5 % of the characters that differ neither is better.
/// Fitted as above. Pure; thread-safe.
double expected_excess(double distance);

}  // namespace ocrtune
