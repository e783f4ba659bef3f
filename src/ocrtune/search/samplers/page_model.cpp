#include "ocrtune/search/samplers/page_model.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "ocrtune/search/samplers/history.h"

namespace ocrtune {
namespace {

/// One for how well a point works at all, and two in which kinds of pages differ.
constexpr Eigen::Index kMaxFactors = 3;
/// Prior weight, in trials, of a page not following a factor.
constexpr double kLoadingDoubt = 1;
/// Prior weight, in trials, of a page having the noise of the others.
constexpr double kNoiseBelief = 3;
/// Prior weight, in pages, of two trials differing as much as others.
constexpr double kScaleBelief = 4;
/// Iterations of each fit, which starts from the one before.
constexpr int kMaximizations = 4;
constexpr std::size_t kRowsBegun = 4;
constexpr double kMinVariance = 1e-12;

/// For 1 and the factors: small enough to be kept off the heap.
using Small = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMaxFactors + 1, 1>;
using SmallSquare =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, kMaxFactors + 1, kMaxFactors + 1>;

}  // namespace

struct PageModel::Row {
  std::vector<Eigen::Index> pages;
  std::vector<double> values;
};

/// The model: a page's value is its mean, plus its loadings times the trial's factors (standard
/// normal), plus its own noise.
class PageModel::Factors {
 public:
  Factors(std::size_t pages, std::uint64_t seed);
  void tell(Row row);
  [[nodiscard]] std::size_t trials() const { return rows_.size(); }
  [[nodiscard]] Prediction predict(const Row& differences) const;
  [[nodiscard]] Eigen::MatrixXd covariance() const;

  std::map<std::size_t, Eigen::Index> places;  // of the pages

 private:
  /// Posterior of a trial's factors, given some pages.
  struct Known {
    Small mean;
    SmallSquare covariance;
    double surprise = 0;  // squared standardized distance of the values from the expected ones
  };

  /// Sums over trials for the regressions of pages on factors.
  struct Sums {
    std::vector<SmallSquare> products;  // of 1 and the factors, one matrix per page
    Eigen::MatrixXd with_value;         // of these and the value, one row per page
    Eigen::VectorXd squares;            // of the values
  };

  [[nodiscard]] Known known(const Row& row, const Eigen::VectorXd& centre) const;
  void begin();
  [[nodiscard]] Sums expect() const;
  void maximize(const Sums& sums);

  std::uint64_t seed_;
  std::vector<Row> rows_;    // values minus offsets_
  std::size_t fitted_ = 0;   // number of rows at the last fit
  Eigen::VectorXd offsets_;  // the first value of each page, subtracted to keep sums exact
  Eigen::VectorXd means_;
  Eigen::VectorXd noise_;  // variance not explained by the factors
  Eigen::VectorXd seen_;   // number of trials with the page
  Eigen::MatrixXd loadings_;
};

PageModel::Factors::Factors(std::size_t pages, std::uint64_t seed) : seed_(seed) {
  const auto count = static_cast<Eigen::Index>(pages);
  offsets_ = Eigen::VectorXd::Zero(count);
  means_ = Eigen::VectorXd::Zero(count);
  noise_ = Eigen::VectorXd::Constant(count, kMinVariance);
  seen_ = Eigen::VectorXd::Zero(count);
  loadings_ = Eigen::MatrixXd::Zero(count, std::min(kMaxFactors, count));
}

void PageModel::Factors::tell(Row row) {
  for (std::size_t i = 0; i < row.pages.size(); ++i) {
    const Eigen::Index page = row.pages[i];
    if (seen_[page] == 0) offsets_[page] = row.values[i];
    row.values[i] -= offsets_[page];
    ++seen_[page];
  }
  rows_.push_back(std::move(row));
  // A fit takes time in proportion to the number of trials; rarer fits keep the total small.
  if (rows_.size() < std::max(kRowsBegun, fitted_ + 1 + fitted_ / 64)) return;
  if (fitted_ == 0) begin();
  fitted_ = rows_.size();
  for (int round = 0; round < kMaximizations; ++round) maximize(expect());
}

PageModel::Factors::Known PageModel::Factors::known(const Row& row,
                                                    const Eigen::VectorXd& centre) const {
  const Eigen::Index count = loadings_.cols();
  SmallSquare precision = SmallSquare::Identity(count, count);
  Small pull = Small::Zero(count);
  double squares = 0;
  for (std::size_t i = 0; i < row.pages.size(); ++i) {
    const Eigen::Index page = row.pages[i];
    const double value = row.values[i] - centre[page];
    const Small weight = loadings_.row(page).transpose() / noise_[page];
    precision.noalias() += weight * loadings_.row(page);
    pull += weight * value;
    squares += value * value / noise_[page];
  }
  Known result{.mean = {}, .covariance = precision.inverse()};
  result.mean = result.covariance * pull;
  result.surprise = std::max(0.0, squares - pull.dot(result.mean));
  return result;
}

/// Start of the first fit: all pages follow the first factor; the other factors start with
/// arbitrary loadings that differ between pages.
void PageModel::Factors::begin() {
  const Eigen::Index count = loadings_.rows();
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(count);
  Eigen::VectorXd squares = Eigen::VectorXd::Zero(count);
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.pages.size(); ++i) {
      sums[row.pages[i]] += row.values[i];
      squares[row.pages[i]] += row.values[i] * row.values[i];
    }
  }
  const Eigen::VectorXd trials = seen_.cwiseMax(1);
  means_ = sums.cwiseQuotient(trials);
  const Eigen::VectorXd variances =
      (squares.cwiseQuotient(trials) - means_.cwiseAbs2()).cwiseMax(kMinVariance);
  noise_ = (variances.array() / 2 + variances.mean() / 4).cwiseMax(kMinVariance);
  Random random = random_for(seed_, 0);
  for (Eigen::Index page = 0; page < count; ++page) {
    for (Eigen::Index factor = 0; factor < loadings_.cols(); ++factor) {
      const double share = factor == 0 ? 0.7 : random.uniform(-0.3, 0.3);
      loadings_(page, factor) = share * std::sqrt(variances[page]);
    }
  }
}

PageModel::Factors::Sums PageModel::Factors::expect() const {
  const Eigen::Index count = loadings_.rows();
  const Eigen::Index size = loadings_.cols() + 1;
  Sums sums{.products = std::vector<SmallSquare>(static_cast<std::size_t>(count),
                                                 SmallSquare::Zero(size, size)),
            .with_value = Eigen::MatrixXd::Zero(count, size),
            .squares = Eigen::VectorXd::Zero(count)};
  for (const Row& row : rows_) {
    const Known factors = known(row, means_);
    Small regressors(size);
    regressors << 1, factors.mean;
    SmallSquare product = regressors * regressors.transpose();
    product.bottomRightCorner(size - 1, size - 1) += factors.covariance;
    for (std::size_t i = 0; i < row.pages.size(); ++i) {
      const Eigen::Index page = row.pages[i];
      sums.products[static_cast<std::size_t>(page)] += product;
      sums.with_value.row(page) += row.values[i] * regressors.transpose();
      sums.squares[page] += row.values[i] * row.values[i];
    }
  }
  return sums;
}

void PageModel::Factors::maximize(const Sums& sums) {
  const Eigen::Index count = loadings_.rows();
  Eigen::VectorXd left = Eigen::VectorXd::Zero(count);
  for (Eigen::Index page = 0; page < count; ++page) {
    if (seen_[page] == 0) continue;
    const SmallSquare& product = sums.products[static_cast<std::size_t>(page)];
    const Small with_value = sums.with_value.row(page).transpose();
    SmallSquare ridged = product;
    ridged.diagonal().tail(loadings_.cols()).array() += kLoadingDoubt;
    const Small fit = ridged.llt().solve(with_value);
    means_[page] = fit[0];
    loadings_.row(page) = fit.tail(loadings_.cols()).transpose();
    left[page] =
        std::max(0.0, sums.squares[page] - 2 * fit.dot(with_value) + fit.dot(product * fit));
  }
  // Degrees of freedom: each page's mean and loadings are fitted to its own trials.
  const Eigen::ArrayXd free = (seen_.array() - 1 - static_cast<double>(loadings_.cols())).max(1.0);
  const double pooled = left.sum() / free.sum();
  noise_ = ((left.array() + kNoiseBelief * pooled) / (free + kNoiseBelief)).max(kMinVariance);
}

PageModel::Prediction PageModel::Factors::predict(const Row& differences) const {
  const Known factors = known(differences, Eigen::VectorXd::Zero(loadings_.rows()));
  std::vector<bool> seen(static_cast<std::size_t>(loadings_.rows()), false);
  double sum = 0;
  for (std::size_t i = 0; i < differences.pages.size(); ++i) {
    seen[static_cast<std::size_t>(differences.pages[i])] = true;
    sum += differences.values[i];
  }
  // Loadings are estimated from the trials with the page; the effect of their error grows with the
  // factors.
  const double reach = factors.mean.squaredNorm() + factors.covariance.trace();
  Small loading = Small::Zero(loadings_.cols());
  double variance = 0;
  for (Eigen::Index page = 0; page < loadings_.rows(); ++page) {
    if (seen[static_cast<std::size_t>(page)]) continue;
    loading += loadings_.row(page).transpose();
    variance += noise_[page] * (1 + reach / (seen_[page] + kLoadingDoubt));
  }
  sum += loading.dot(factors.mean);
  variance += loading.dot(factors.covariance * loading);
  // Trials near each other differ less, on all pages. A larger scale than the model's is not used:
  // a result much worse than expected must not look better for it.
  const auto pages_seen = static_cast<double>(differences.pages.size());
  variance *= std::min(1.0, (kScaleBelief + factors.surprise) / (kScaleBelief + pages_seen));
  const auto count = static_cast<double>(std::max<Eigen::Index>(loadings_.rows(), 1));
  return {.mean = sum / count, .deviation = std::sqrt(variance) / count};
}

Eigen::MatrixXd PageModel::Factors::covariance() const {
  Eigen::MatrixXd result = loadings_ * loadings_.transpose();
  result.diagonal() += noise_;
  return result;
}

PageModel::PageModel(std::vector<std::size_t> pages, std::uint64_t seed)
    : pages_(std::move(pages)), factors_(std::make_unique<Factors>(pages_.size(), seed)) {
  for (std::size_t i = 0; i < pages_.size(); ++i)
    factors_->places.emplace(pages_[i], static_cast<Eigen::Index>(i));
}

PageModel::PageModel(PageModel&& other) noexcept = default;
PageModel& PageModel::operator=(PageModel&& other) noexcept = default;
PageModel::~PageModel() = default;

PageModel::Row PageModel::row_of(std::span<const PageValue> values) const {
  Row row;
  for (const PageValue& value : values) {
    const auto found = factors_->places.find(value.page);
    if (found == factors_->places.end()) continue;
    row.pages.push_back(found->second);
    row.values.push_back(value.value);
  }
  return row;
}

void PageModel::tell(std::span<const PageValue> values) { factors_->tell(row_of(values)); }

std::size_t PageModel::trials() const { return factors_->trials(); }

PageModel::Prediction PageModel::predict(std::span<const PageValue> differences) const {
  return factors_->predict(row_of(differences));
}

std::vector<std::size_t> PageModel::informative_order() const {
  Eigen::MatrixXd covariance = factors_->covariance();
  std::vector<bool> taken(pages_.size(), false);
  std::vector<std::size_t> order;
  while (order.size() < pages_.size()) {
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (taken[i]) continue;
      const auto page = static_cast<Eigen::Index>(i);
      const double with_all = covariance.row(page).sum();
      const double gain = with_all * with_all / std::max(covariance(page, page), kMinVariance);
      if (gain <= most) continue;
      most = gain;
      best = i;
    }
    taken[best] = true;
    order.push_back(pages_[best]);
    // The conditional covariance, given this page.
    const auto page = static_cast<Eigen::Index>(best);
    const Eigen::VectorXd column = covariance.col(page);
    covariance -= column * column.transpose() / std::max(column[page], kMinVariance);
  }
  return order;
}

}  // namespace ocrtune
