#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/audit/times.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

// Scores of single pages for the files of the Python design, which have means and rounded values.

/// Values with this mean, as mean_score() computes it, as nearly as doubles allow, that differ as
/// little as possible from `rounded`, which must not be empty.
std::vector<double> with_mean(std::vector<double> rounded, double mean);

/// Scores of so many pages with this mean, the least and the greatest one of them.
std::vector<double> spread_scores(double mean, std::optional<double> least,
                                  std::optional<double> greatest, std::size_t pages);

/// The mean of the baseline for pairs of a point's mean and its difference to that of the baseline:
/// the one that gives most of the differences to the last digit. `pairs` must not be empty.
double baseline_of(const std::vector<std::pair<double, double>>& pairs);

/// The mean of a score in a log of times; nothing if no image has it.
std::optional<double> mean_logged(const std::vector<AuditTime>& times,
                                  std::optional<double> AuditTime::*score);

/// True if `logged` may be the mean of values whose mean is `exact`, each rounded to two decimals.
bool is_rounded(double logged, double exact);

/// Gives the pages of a trial the scores of its images, which have these means. `times` has a row
/// for each page. What the log does not have is the mean for each page.
void take_page_scores(Trial& trial, const std::vector<AuditTime>& times, const PageScores& means);

}  // namespace ocrtune
