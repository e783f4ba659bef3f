#include "ocrtune/analysis/term_selection.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

constexpr double kDependent = 1e-9;  // share of a column's square that remains: linearly dependent
                                     // on the others
constexpr double kConstant = 1e-18;  // share of the results' square that remains: constant
constexpr std::size_t kTermFolds = 5;

/// An orthonormal basis that grows by one column at a time, and the residual of the results. Rows
/// of weight 0 are not fitted, but predicted.
class GrowingFit {
 public:
  GrowingFit(std::span<const double> results, std::span<const double> weights)
      : left_(results.begin(), results.end()), weights_(weights.begin(), weights.end()) {
    (void)add(std::vector<double>(left_.size(), 1.0));
  }

  /// False if the column is a linear combination of those before it.
  bool add(std::vector<double> column) {
    const double whole = product(column, column);
    std::vector<double> shares(basis_.size() + 1);
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t k = 0; k < basis_.size(); ++k) {
        const double share = product(column, basis_[k]);
        shares[k] += share;
        for (std::size_t i = 0; i < column.size(); ++i) column[i] -= share * basis_[k][i];
      }
    }
    const double rest = product(column, column);
    if (rest <= kDependent * whole) return false;
    shares.back() = std::sqrt(rest);
    for (double& value : column) value /= shares.back();
    along_.push_back(product(left_, column));
    for (std::size_t i = 0; i < column.size(); ++i) left_[i] -= along_.back() * column[i];
    basis_.push_back(std::move(column));
    triangle_.push_back(std::move(shares));
    return true;
  }

  /// The squares of columns, for best_column().
  [[nodiscard]] std::vector<double> squares(std::span<const std::vector<double>> columns) const {
    std::vector<double> squares;
    for (const auto& column : columns) squares.push_back(product(column, column));
    return squares;
  }

  /// The unused column with the largest correlation to the residual; the number of columns if there
  /// is none.
  [[nodiscard]] std::size_t best_column(std::span<const std::vector<double>> columns,
                                        std::span<const double> squares,
                                        const std::vector<bool>& used) const {
    std::size_t best = columns.size();
    double most = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (used[c]) continue;
      const double along = product(columns[c], left_);
      if (along * along <= most * squares[c]) continue;
      most = along * along / squares[c];
      best = c;
    }
    return best;
  }

  /// The squared residual of the rows that are not fitted.
  [[nodiscard]] double left_out() const {
    double sum = 0;
    for (std::size_t i = 0; i < left_.size(); ++i)
      if (weights_[i] == 0) sum += left_[i] * left_[i];
    return sum;
  }

  /// The coefficients of all columns, the constant first.
  [[nodiscard]] std::vector<double> coefficients() const {
    std::vector<double> result(basis_.size());
    for (std::size_t k = result.size(); k-- > 0;) {
      double value = along_[k];
      for (std::size_t j = k + 1; j < result.size(); ++j) value -= triangle_[j][k] * result[j];
      result[k] = value / triangle_[k][k];
    }
    return result;
  }

 private:
  [[nodiscard]] double product(const std::vector<double>& a, const std::vector<double>& b) const {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += weights_[i] * a[i] * b[i];
    return sum;
  }

  std::vector<double> left_;
  std::vector<double> weights_;
  std::vector<std::vector<double>> basis_;
  std::vector<std::vector<double>> triangle_;  ///< by column: its coordinates in the basis
  std::vector<double> along_;                  ///< the coordinates of the results in the basis
};

/// Adds up to `most` columns, best first; calls `added(column)` after each.
template <class Added>
void pursue(GrowingFit& fit, std::span<const std::vector<double>> columns, std::size_t most,
            Added added) {
  const std::vector<double> squares = fit.squares(columns);
  std::vector<bool> used(columns.size(), false);
  for (std::size_t count = 0; count < most;) {
    const std::size_t next = fit.best_column(columns, squares, used);
    if (next == columns.size()) return;
    used[next] = true;
    if (!fit.add(columns[next])) continue;
    ++count;
    added(next);
  }
}

/// The squared errors at held-out rows, by the number of columns.
std::vector<double> cross_validated(std::span<const std::vector<double>> columns,
                                    std::span<const double> results, std::size_t most) {
  std::vector<double> errors(most + 1, 0.0);
  for (std::size_t fold = 0; fold < kTermFolds; ++fold) {
    std::vector<double> weights(results.size(), 1.0);
    for (std::size_t i = fold; i < weights.size(); i += kTermFolds) weights[i] = 0;
    GrowingFit fit(results, weights);
    std::size_t count = 0;
    errors[0] += fit.left_out();
    pursue(fit, columns, most, [&](std::size_t) { errors[++count] += fit.left_out(); });
    while (count < most) errors[++count] += fit.left_out();
  }
  return errors;
}

double square_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum;
}

}  // namespace

SelectedTerms select_terms(std::span<const std::vector<double>> columns,
                           std::span<const double> results, std::size_t most) {
  SelectedTerms terms;
  if (most == 0 || results.size() < kTermFolds) return terms;
  const std::vector<double> errors = cross_validated(columns, results, most);
  if (errors[0] <= kConstant * square_of(results)) return terms;
  const auto least = std::ranges::min_element(errors);
  terms.explained = 1 - *least / errors[0];
  GrowingFit fit(results, std::vector<double>(results.size(), 1.0));
  pursue(fit, columns, static_cast<std::size_t>(least - errors.begin()),
         [&](std::size_t column) { terms.columns.push_back(column); });
  terms.coefficients = fit.coefficients();
  terms.coefficients.erase(terms.coefficients.begin());
  return terms;
}

std::vector<double> fitted(std::span<const std::vector<double>> columns,
                           std::span<const std::size_t> which, std::span<const double> results,
                           std::span<const double> weights) {
  GrowingFit fit(results, weights);
  std::vector<std::size_t> added;
  for (std::size_t k = 0; k < which.size(); ++k)
    if (fit.add(columns[which[k]])) added.push_back(k);
  const std::vector<double> found = fit.coefficients();
  std::vector<double> coefficients(which.size(), 0.0);
  for (std::size_t k = 0; k < added.size(); ++k) coefficients[added[k]] = found[k + 1];
  return coefficients;
}

}  // namespace ocrtune
