#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// A linear model with some of the columns and a constant.
struct SelectedTerms {
  std::vector<std::size_t> columns;  ///< in the order of their selection
  std::vector<double> coefficients;  ///< of `columns`
  double explained = 0;              ///< share of the variance in cross-validation, 0 to 1
};

/// Selects columns by orthogonal matching pursuit (Pati et al. 1993): in each step the one with the
/// largest correlation to the residual, at most `most`. Their number is the one with the best
/// prediction in a five-fold cross-validation, which repeats the selection in each fold. `columns`
/// and `results` have the same length. Pure.
SelectedTerms select_terms(std::span<const std::vector<double>> columns,
                           std::span<const double> results, std::size_t most);

/// The least-squares coefficients of the columns `which` beside a constant, with the rows weighted
/// by `weights`; 0 for a column that is a linear combination of those before it. Pure.
std::vector<double> fitted(std::span<const std::vector<double>> columns,
                           std::span<const std::size_t> which, std::span<const double> results,
                           std::span<const double> weights);

}  // namespace ocrtune
