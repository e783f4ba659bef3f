#pragma once

#include <deque>

#include "ocrtune/metrics/metric.h"

namespace ocrtune {

Metric sharpness_metric();
Metric contrast_metric();
Metric cnr_metric();
Metric confidence_metric();
Metric reading_quality_metric();
Metric error_rate_metric();
Metric agreement_metric();
Metric clarity_metric();
Metric time_metric();

/// All metrics, in the order they are measured.
const std::deque<Metric>& all_metrics();

/// Adds a metric to those that this library has: its scores are measured, kept, shown and offered
/// as objectives like the others. Throws Error(invalid_argument) where a name is taken or isn't
/// allowed. Not thread-safe: before anything else of the library is called.
void add_metric(Metric metric);

}  // namespace ocrtune
