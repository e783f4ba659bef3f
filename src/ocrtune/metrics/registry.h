#pragma once

#include <deque>

#include "ocrtune/metrics/metric.h"

namespace ocrtune {

/// All metrics, in the order they are measured.
const std::deque<Metric>& all_metrics();

/// Registers a metric: its scores are measured, stored, shown and offered as objectives like the
/// built-in ones. Throws Error(invalid_argument) if a name is taken or not allowed. Not
/// thread-safe: call it before anything else of the library.
void add_metric(Metric metric);

}  // namespace ocrtune
