#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "module.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/samplers/local_search.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using Range = std::pair<double, double>;

std::vector<Dimension> dimensions_of(const std::vector<Range>& ranges) {
  std::vector<Dimension> dimensions;
  for (const auto& [low, high] : ranges) {
    if (!std::isfinite(low) || !std::isfinite(high) || low >= high)
      throw Error(Errc::invalid_argument,
                  tr("the range {} to {}: its lower end must be below its upper end", low, high));
    dimensions.push_back({.name = std::to_string(dimensions.size()),
                          .type = ParameterType::real,
                          .low = low,
                          .high = high});
  }
  return dimensions;
}

py::array_t<double> matrix_of(const std::vector<double>& values, std::size_t columns) {
  py::array_t<double> matrix({values.size() / columns, columns});
  std::ranges::copy(values, matrix.mutable_data());
  return matrix;
}

py::array_t<double> sobol(const std::vector<Range>& ranges, std::size_t count,
                          std::optional<std::uint64_t> seed) {
  const std::vector<Dimension> dimensions = dimensions_of(ranges);
  std::vector<double> values = sobol_points(dimensions.size(), count, seed);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = value_at(dimensions[i % dimensions.size()], values[i]);
  return matrix_of(values, dimensions.size());
}

/// A local method with the values of places instead of their coordinates.
class Search {
 public:
  Search(const std::string& method, const std::vector<Range>& ranges,
         const std::vector<double>& start)
      : dimensions_(dimensions_of(ranges)),
        search_(local_method_named(method), dimensions_, units_of(start)) {}

  std::optional<py::array_t<double>> ask() {
    const auto place = search_.ask([](std::span<const double>) { return std::optional<double>(); });
    if (!place) return std::nullopt;
    std::vector<double> values;
    for (std::size_t i = 0; i < dimensions_.size(); ++i)
      values.push_back(value_at(dimensions_[i], (*place)[i]));
    py::array_t<double> array(static_cast<py::ssize_t>(values.size()));
    std::ranges::copy(values, array.mutable_data());
    return array;
  }

  void tell(double value) { search_.tell(value); }

 private:
  [[nodiscard]] std::vector<double> units_of(const std::vector<double>& start) const {
    if (start.size() != dimensions_.size())
      throw Error(Errc::invalid_argument,
                  tr("start: expected {} values, not {}", dimensions_.size(), start.size()));
    std::vector<double> units;
    for (std::size_t i = 0; i < start.size(); ++i)
      units.push_back(unit_at(dimensions_[i], nearest_value(dimensions_[i], start[i])));
    return units;
  }

  std::vector<Dimension> dimensions_;
  LocalSearch search_;
};

}  // namespace

void add_samplers(py::module_& module) {
  module.def("sobol_points", &sobol, py::arg("ranges"), py::arg("count"), py::arg("seed"),
             "Sobol points within ranges, a row each; scrambled if there is a seed.");
  py::class_<Search>(module, "LocalSearch",
                     "A local method, named as its sampler, that minimizes a function of real "
                     "parameters.")
      .def(py::init<const std::string&, const std::vector<Range>&, const std::vector<double>&>(),
           py::arg("method"), py::arg("ranges"), py::arg("start"))
      .def("ask", &Search::ask, "The next place; None at the end.")
      .def("tell", &Search::tell, py::arg("value"), "The value at the place asked for.");
}

}  // namespace ocrtune::python
