#pragma once

namespace ocrtune {

/// How much of a page was read and how surely, so that equal ratios are equal differences: 100
/// (ln(1
/// + legible / 10) + 3 ln(1 + char_confidence / 5)), 0 with no word. Its mean over pages is a
/// geometric mean of what was read, to which a page counts as much as any other: one that loses its
/// text can't be made good by confidence (docs/metrics.md). Both 0 or more.
double clarity(double legible, double char_confidence);

/// `clarity` less ten points for each percent by which the text differs from what it is checked
/// against, the page's truth or reference; a hundred percent at most (docs/metrics.md).
/// `difference` is a fraction, 0 or more.
double checked_clarity(double clarity, double difference);

}  // namespace ocrtune
