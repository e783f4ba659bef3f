#include "ocrtune/search/samplers/cma_strategy.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Half of Hansen's damping: with 100 to 500 trials, a fast step size is better than a steady one.
constexpr double kDamping = 0.5;
constexpr double kWidest = 1;
constexpr double kNarrowest = 1e-6;
constexpr double kFlattest = 1e7;

/// Probability that a standard normal number is above `x`.
double upper_tail(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }

/// The x whose upper_tail is `share`, by bisection.
double tail_quantile(double share) {
  double low = -40;
  double high = 40;
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2;
    (upper_tail(middle) > share ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// True if units increase with the coordinate there.
bool is_upright(double coordinate) { return std::fmod(std::floor(coordinate), 2.0) == 0; }

/// Learning rates with the defaults of Hansen (2016), table 1.
struct Rates {
  double effective = 1;        // mu_eff
  double positive = 1;         // normalizes positive weights to the sum 1
  double negative = 1;         // factor for negative weights
  double sigma_path = 0;       // c_sigma
  double damping = 1;          // d_sigma
  double covariance_path = 0;  // c_c
  double rank_one = 0;         // c_1
  double rank_mu = 0;          // c_mu

  Rates(double n, std::size_t generation) {
    double better = 0;
    double better_squares = 0;
    double worse = 0;
    double worse_squares = 0;
    for (const double weight : cma_weights(generation)) {
      (weight > 0 ? better : worse) += std::abs(weight);
      (weight > 0 ? better_squares : worse_squares) += weight * weight;
    }
    effective = better * better / better_squares;
    sigma_path = (effective + 2) / (n + effective + 5);
    damping = 1 + 2 * std::max(0.0, std::sqrt((effective - 1) / (n + 1)) - 1) + sigma_path;
    damping *= kDamping;
    covariance_path = (4 + effective / n) / (n + 4 + 2 * effective / n);
    rank_one = 2 / ((n + 1.3) * (n + 1.3) + effective);
    rank_mu = std::min(
        1 - rank_one, 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2) * (n + 2) + effective));
    const double worse_effective = worse * worse / worse_squares;
    const double most = std::min({1 + rank_one / rank_mu, 1 + 2 * worse_effective / (effective + 2),
                                  (1 - rank_one - rank_mu) / (n * rank_mu)});
    positive = 1 / better;
    negative = most / worse;
  }

  [[nodiscard]] double scaled(double weight) const {
    return weight * (weight > 0 ? positive : negative);
  }
};

}  // namespace

double folded(double coordinate) {
  const double turn = std::fmod(std::abs(coordinate), 2.0);
  return std::min(turn > 1 ? 2 - turn : turn, kLastUnit);
}

std::vector<double> cma_weights(std::size_t generation) {
  std::vector<double> weights(generation);
  const double middle = std::log((static_cast<double>(generation) + 1) / 2);
  for (std::size_t i = 0; i < generation; ++i)
    weights[i] = middle - std::log(static_cast<double>(i + 1));
  return weights;
}

struct CmaStrategy::State {
  State(std::span<const double> start, double step, std::span<const CmaCells> all_cells,
        std::size_t generation)
      : n(static_cast<Index>(start.size())),
        rates(static_cast<double>(start.size()), generation),
        cells(all_cells.begin(), all_cells.end()),
        mean(Eigen::Map<const VectorXd>(start.data(), n)),
        sigma(step),
        covariance(MatrixXd::Identity(n, n)),
        axes(MatrixXd::Identity(n, n)),
        lengths(VectorXd::Ones(n)),
        path(VectorXd::Zero(n)),
        sigma_path(VectorXd::Zero(n)) {
    const auto size = static_cast<double>(n);
    usual_length = std::sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size * size));
    const double share = 1 / (size * static_cast<double>(generation));
    half_margin = tail_quantile(share / 2);
    keep_margins();
    decompose();
  }

  /// `step` before it was scaled.
  [[nodiscard]] VectorXd whitened(const VectorXd& step) const {
    return axes * (axes.transpose() * step).cwiseQuotient(lengths);
  }

  [[nodiscard]] double deviation(Index i) const { return sigma * std::sqrt(covariance(i, i)); }

  void move(const VectorXd& shift, const VectorXd& shift_of_active);
  void adapt(const VectorXd& shift, const MatrixXd& spread, double weights);
  void decompose();
  void keep_margins();
  void keep_margin(Index i);

  Index n;
  Rates rates;
  std::vector<CmaCells> cells;
  VectorXd mean;
  double sigma;
  MatrixXd covariance;
  MatrixXd axes;     // the covariance's eigenvectors, by columns
  VectorXd lengths;  // the square roots of its eigenvalues
  VectorXd path;
  VectorXd sigma_path;
  std::vector<VectorXd> drawn;  // directions since the last generation
  double usual_length = 1;      // expected length of a standard normal vector
  double half_margin = 0;
  std::size_t generations = 0;
};

void CmaStrategy::State::move(const VectorXd& shift, const VectorXd& shift_of_active) {
  mean += sigma * shift_of_active;
  const double rate = rates.sigma_path;
  sigma_path *= 1 - rate;
  sigma_path += std::sqrt(rate * (2 - rate) * rates.effective) * whitened(shift);
}

/// `spread`: the weighted sum of the steps' squares; `weights`: the sum of their weights.
void CmaStrategy::State::adapt(const VectorXd& shift, const MatrixXd& spread, double weights) {
  ++generations;
  const double length = sigma_path.norm();
  const double settled = 1 - std::pow(1 - rates.sigma_path, 2 * static_cast<double>(generations));
  // While the step size grows fast, the covariance should not grow too.
  const bool steady =
      length / std::sqrt(settled) < (1.4 + 2 / (static_cast<double>(n) + 1)) * usual_length;
  const double renewal = rates.covariance_path * (2 - rates.covariance_path);
  path *= 1 - rates.covariance_path;
  if (steady) path += std::sqrt(renewal * rates.effective) * shift;
  covariance *=
      1 + rates.rank_one * (steady ? 0 : renewal) - rates.rank_one - rates.rank_mu * weights;
  covariance += rates.rank_one * path * path.transpose() + rates.rank_mu * spread;
  const double growth = rates.sigma_path / rates.damping * (length / usual_length - 1);
  sigma = std::min(kWidest, sigma * std::exp(std::min(1.0, growth)));
}

void CmaStrategy::State::decompose() {
  covariance = (covariance + covariance.transpose()).eval() / 2;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance);
  axes = solver.eigenvectors();
  const double largest = solver.eigenvalues().maxCoeff();
  // Rounding may make an eigenvalue 0 or negative.
  lengths = solver.eigenvalues().cwiseMax(largest * 1e-20).cwiseSqrt();
}

void CmaStrategy::State::keep_margins() {
  for (Index i = 0; i < n; ++i) {
    if (cells[static_cast<std::size_t>(i)]) keep_margin(i);
  }
}

void CmaStrategy::State::keep_margin(Index i) {
  const double unit = folded(mean[i]);
  const CmaCell cell = cells[static_cast<std::size_t>(i)](unit);
  const bool is_first = cell.low <= 0;
  const bool is_last = cell.high >= kLastUnit;
  if (is_first && is_last) return;
  // In unfolded coordinates, an outermost cell continues behind the mirror.
  double below = is_first ? unit + cell.high : unit - cell.low;
  double above = is_last ? 2 - unit - cell.low : cell.high - unit;
  if (!is_upright(mean[i])) std::swap(below, above);
  const double width = deviation(i);
  const double to_low = std::min(below / width, half_margin);
  const double to_high = std::min(above / width, half_margin);
  const double factor = (below + above) / (to_low + to_high) / width;
  if (factor <= 1) return;
  mean[i] += to_low * width * factor - below;
  covariance.row(i) *= factor;
  covariance.col(i) *= factor;
  path[i] *= factor;
}

CmaStrategy::CmaStrategy(std::span<const double> mean, double sigma,
                         std::span<const CmaCells> cells, std::size_t generation)
    : state_(std::make_unique<State>(mean, sigma, cells, generation)) {}
CmaStrategy::~CmaStrategy() = default;
CmaStrategy::CmaStrategy(CmaStrategy&&) noexcept = default;
CmaStrategy& CmaStrategy::operator=(CmaStrategy&&) noexcept = default;

std::vector<double> CmaStrategy::draw(Random& random) {
  State& s = *state_;
  VectorXd step(s.n);
  for (double& one : step) one = random.normal(0, 1);
  const double length = step.norm();
  if (s.drawn.size() >= static_cast<std::size_t>(s.n)) s.drawn.clear();
  for (const VectorXd& other : s.drawn) step -= other.dot(step) * other;
  step.normalize();
  s.drawn.push_back(step);
  const VectorXd x = s.mean + s.sigma * length * (s.axes * s.lengths.cwiseProduct(step));
  return {x.begin(), x.end()};
}

std::vector<double> CmaStrategy::unfolded(std::span<const double> units) const {
  std::vector<double> coordinates(units.begin(), units.end());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const double mean = state_->mean[static_cast<Index>(i)];
    coordinates[i] = std::floor(mean) + (is_upright(mean) ? units[i] : 1 - units[i]);
  }
  return coordinates;
}

void CmaStrategy::update(std::span<const CmaPoint> generation) {
  State& s = *state_;
  const auto size = static_cast<double>(s.n);
  const double longest = std::sqrt(size) + 2 * size / (size + 2);
  VectorXd shift = VectorXd::Zero(s.n);
  VectorXd shift_of_active = VectorXd::Zero(s.n);
  MatrixXd spread = MatrixXd::Zero(s.n, s.n);
  double weights = 0;
  for (const CmaPoint& point : generation) {
    VectorXd step = (Eigen::Map<const VectorXd>(point.coordinates.data(), s.n) - s.mean) / s.sigma;
    const double far = s.whitened(step).norm();
    const double length = std::min(far, longest);
    if (far > longest) step *= longest / far;
    const double weight = s.rates.scaled(point.weight);
    weights += weight;
    // The length of a bad step has no information.
    const double share = weight > 0 ? 1 : size / std::max(length * length, 1e-12);
    spread += weight * share * step * step.transpose();
    if (weight <= 0) continue;
    shift += weight * step;
    for (Index i = 0; i < s.n; ++i) {
      if (point.active[static_cast<std::size_t>(i)]) shift_of_active[i] += weight * step[i];
    }
  }
  s.move(shift, shift_of_active);
  s.adapt(shift, spread, weights);
  s.keep_margins();
  s.decompose();
  s.drawn.clear();
}

bool CmaStrategy::has_converged(const std::vector<bool>& active) const {
  const State& s = *state_;
  if (s.lengths.maxCoeff() > kFlattest * s.lengths.minCoeff()) return true;
  bool any = false;
  for (Index i = 0; i < s.n; ++i) {
    if (!active[static_cast<std::size_t>(i)]) continue;
    any = true;
    if (s.deviation(i) > kNarrowest) return false;
  }
  return any;
}

}  // namespace ocrtune
