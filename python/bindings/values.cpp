#include "values.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::python {

namespace py = pybind11;
using nlohmann::json;

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

py::object to_python(const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      py::dict object;
      for (const auto& [name, member] : value.items()) object[py::str(name)] = to_python(member);
      return object;
    }
    case json::value_t::array: {
      py::list list;
      for (const json& element : value) list.append(to_python(element));
      return list;
    }
    case json::value_t::string: {
      // Names of files may be anything but UTF-8.
      const auto& text = value.get_ref<const std::string&>();
      return py::reinterpret_steal<py::object>(PyUnicode_DecodeUTF8(
          text.data(), static_cast<py::ssize_t>(text.size()), "surrogateescape"));
    }
    case json::value_t::boolean:
      return py::bool_(value.get<bool>());
    case json::value_t::number_integer:
      return py::int_(value.get<std::int64_t>());
    case json::value_t::number_unsigned:
      return py::int_(value.get<std::uint64_t>());
    case json::value_t::number_float:
      return py::float_(value.get<double>());
    default:
      return py::none();
  }
}

json scalar_json(const py::handle& object, const std::string& what) {
  const auto held = py::reinterpret_borrow<py::object>(object);
  if (py::isinstance<py::str>(object)) return object.cast<std::string>();
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (PyIndex_Check(object.ptr()) != 0) return py::int_(held).cast<std::int64_t>();
  if (py::hasattr(object, "__float__")) return py::float_(held).cast<double>();
  const auto type = py::str(py::type::of(object).attr("__name__")).cast<std::string>();
  throw Error(Errc::invalid_argument, tr("{}: a value of the type {} is not allowed", what, type));
}

}  // namespace ocrtune::python
