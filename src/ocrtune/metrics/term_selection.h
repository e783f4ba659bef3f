#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// A linear model of some columns and a constant.
struct SelectedTerms {
  std::vector<std::size_t> columns;  ///< in the order in which they were chosen
  std::vector<double> coefficients;  ///< of these
  double explained = 0;              ///< of the variance, at points left out: 0 to 1
};

/// Chooses columns by orthogonal matching pursuit (Pati et al. 1993): always the one that goes best
/// with what is left, up to `most`. Their number is the one that predicts best in a five-fold
/// cross-validation, for which columns are chosen anew each time. `columns` and `results` are of
/// the same length. Pure.
SelectedTerms select_terms(std::span<const std::vector<double>> columns,
                           std::span<const double> results, std::size_t most);

/// The least-squares coefficients of the columns `which`, beside a constant, where each row counts
/// `weights` times; 0 for a column that the ones before make up. Pure.
std::vector<double> fitted(std::span<const std::vector<double>> columns,
                           std::span<const std::size_t> which, std::span<const double> results,
                           std::span<const double> weights);

}  // namespace ocrtune
