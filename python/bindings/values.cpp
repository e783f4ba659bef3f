#include "values.h"

namespace ocrtune::python {

namespace py = pybind11;

std::string path_of(const py::handle& path) {
  return py::module_::import("os").attr("fsdecode")(path).cast<std::string>();
}

py::object python_value(ParameterType type, const std::vector<std::string>& choices, double value) {
  switch (type) {
    case ParameterType::category:
      return py::str(choices.at(static_cast<std::size_t>(value)));
    case ParameterType::boolean:
      return py::bool_(value != 0);
    case ParameterType::real:
      return py::float_(value);
    default:
      return py::int_(static_cast<long long>(value));
  }
}

}  // namespace ocrtune::python
