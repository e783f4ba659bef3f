#pragma once

namespace ocrtune {

/// Quality of an OCR result, estimated without ground truth (docs/reference/metrics.md): 0 without
/// words, else 100 (ln(1 + legible / 10) + 3 ln(1 + char_confidence / 5)). Because of the
/// logarithms a mean over pages is a geometric mean: confidence on other pages does not compensate
/// for a page that loses its text. Both arguments are 0 or more. Pure; thread-safe.
double text_quality(double legible, double char_confidence);

/// `quality` minus ten points for each percent by which the text differs from the ground truth or
/// from an ensemble of other OCR results, at most 100 % (docs/reference/metrics.md). `difference`
/// is a fraction, 0 or more. Pure; thread-safe.
double reference_quality(double quality, double difference);

}  // namespace ocrtune
