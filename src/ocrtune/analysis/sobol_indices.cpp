#include "ocrtune/analysis/sobol_indices.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ocrtune/analysis/orthonormal_basis.h"
#include "ocrtune/analysis/term_selection.h"
#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

constexpr int kDegree = 10;
constexpr double kNorm = 0.7;             // below 1: terms of several variables have low degrees
constexpr std::size_t kMaxVariables = 3;  // in a term
constexpr std::size_t kMaxCandidates = 2500;
constexpr std::size_t kMaxTerms = 120;
constexpr std::size_t kPointsPerTerm = 3;
constexpr int kResamples = 200;

/// A term's degree in each variable.
using Degrees = std::vector<int>;

/// All terms of at most so many variables whose degrees satisfy the hyperbolic truncation of
/// Blatman & Sudret 2011.
class TermList {
 public:
  TermList(const std::vector<OrthonormalBasis>& bases, int degree, std::size_t max_variables)
      : bases_(bases), most_(std::pow(degree, kNorm) + 1e-9), max_variables_(max_variables) {
    extend(Degrees(bases.size(), 0), 0, 0, 0);
  }

  [[nodiscard]] const std::vector<Degrees>& terms() const { return terms_; }

 private:
  void extend(const Degrees& degrees, std::size_t from, std::size_t variables, double sum) {
    if (variables > 0) terms_.push_back(degrees);
    if (variables == max_variables_) return;
    for (std::size_t v = from; v < bases_.size() && terms_.size() <= kMaxCandidates; ++v) {
      Degrees next = degrees;
      for (int degree = 1; degree <= bases_[v].degree(); ++degree) {
        const double with = sum + std::pow(degree, kNorm);
        if (with > most_) break;
        next[v] = degree;
        extend(next, v + 1, variables + 1, with);
      }
    }
  }

  const std::vector<OrthonormalBasis>& bases_;
  double most_;
  std::size_t max_variables_;
  std::vector<Degrees> terms_;
};

/// The candidate terms: the more variables, the lower the interaction order and degree.
std::vector<Degrees> terms_of(const std::vector<OrthonormalBasis>& bases) {
  for (std::size_t together = kMaxVariables; together > 1; --together) {
    for (int degree = kDegree; degree > 2; degree -= 2) {
      const TermList list(bases, degree, together);
      if (list.terms().size() <= kMaxCandidates) return list.terms();
    }
  }
  return TermList(bases, 2, 1).terms();
}

/// The values of every term at every point.
std::vector<std::vector<double>> columns_of(const std::vector<Degrees>& terms,
                                            const std::vector<OrthonormalBasis>& bases,
                                            std::span<const double> coordinates,
                                            std::size_t points) {
  std::vector<std::vector<double>> columns(terms.size(), std::vector<double>(points, 1.0));
  for (std::size_t p = 0; p < points; ++p) {
    std::vector<std::vector<double>> values;
    for (std::size_t v = 0; v < bases.size(); ++v)
      values.push_back(bases[v].at(coordinates[p * bases.size() + v]));
    for (std::size_t t = 0; t < terms.size(); ++t) {
      for (std::size_t v = 0; v < bases.size(); ++v)
        if (terms[t][v] > 0) columns[t][p] *= values[v][static_cast<std::size_t>(terms[t][v])];
    }
  }
  return columns;
}

struct Shares {
  std::vector<double> first;
  std::vector<double> total;
};

/// Each variable's share of the variance, which is the sum of squared coefficients.
Shares shares_of(const std::vector<Degrees>& terms, const SelectedTerms& selected,
                 std::span<const double> coefficients, std::size_t variables) {
  Shares shares{std::vector<double>(variables, 0.0), std::vector<double>(variables, 0.0)};
  double whole = 0;
  for (std::size_t k = 0; k < selected.columns.size(); ++k) {
    const Degrees& term = terms[selected.columns[k]];
    const double square = coefficients[k] * coefficients[k];
    const auto used = std::ranges::count_if(term, [](int degree) { return degree > 0; });
    whole += square;
    for (std::size_t v = 0; v < variables; ++v) {
      if (term[v] == 0) continue;
      shares.total[v] += square;
      if (used == 1) shares.first[v] += square;
    }
  }
  if (whole == 0) return shares;
  for (std::size_t v = 0; v < variables; ++v) {
    shares.first[v] /= whole;
    shares.total[v] /= whole;
  }
  return shares;
}

Interval interval_of(double value, std::vector<double> resampled) {
  std::ranges::sort(resampled);
  return {.mean = value,
          .low = std::min(value, quantile(resampled, 0.025)),
          .high = std::max(value, quantile(resampled, 0.975))};
}

/// The shares for fits on resampled points.
std::vector<Shares> resampled_shares(const std::vector<Degrees>& terms,
                                     const std::vector<std::vector<double>>& columns,
                                     const SelectedTerms& selected, std::span<const double> results,
                                     std::size_t variables, std::uint64_t seed) {
  Random random(seed);
  std::vector<Shares> all;
  for (int i = 0; i < kResamples; ++i) {
    std::vector<double> weights(results.size(), 0.0);
    for (std::size_t k = 0; k < results.size(); ++k)
      ++weights[static_cast<std::size_t>(random.integer(0, static_cast<int>(results.size()) - 1))];
    all.push_back(
        shares_of(terms, selected, fitted(columns, selected.columns, results, weights), variables));
  }
  return all;
}

}  // namespace

SobolIndices sobol_indices(std::span<const double> coordinates, std::span<const int> levels,
                           std::span<const double> results, std::uint64_t seed) {
  const std::size_t variables = levels.size();
  std::vector<OrthonormalBasis> bases;
  for (const int level : levels) bases.emplace_back(level, kDegree);
  const std::vector<Degrees> terms = terms_of(bases);
  const auto columns = columns_of(terms, bases, coordinates, results.size());
  const SelectedTerms selected =
      select_terms(columns, results, std::min(kMaxTerms, results.size() / kPointsPerTerm));
  const Shares shares = shares_of(terms, selected, selected.coefficients, variables);
  const std::vector<Shares> resampled =
      resampled_shares(terms, columns, selected, results, variables, seed);
  SobolIndices indices{.variables = {}, .explained = selected.explained};
  for (std::size_t v = 0; v < variables; ++v) {
    std::vector<double> first;
    std::vector<double> total;
    for (const Shares& one : resampled) {
      first.push_back(one.first[v]);
      total.push_back(one.total[v]);
    }
    indices.variables.push_back({.first = interval_of(shares.first[v], std::move(first)),
                                 .total = interval_of(shares.total[v], std::move(total))});
  }
  return indices;
}

}  // namespace ocrtune
