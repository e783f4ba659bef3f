#pragma once

#include <pybind11/pybind11.h>

#include <nlohmann/json.hpp>
#include <string>

namespace ocrtune::python {

/// Dictionaries, lists, strings, numbers and None for a JSON value.
pybind11::object to_python(const nlohmann::json& json);

/// The JSON value of a string, boolean or number, also one of NumPy. Throws
/// Error(invalid_argument), naming `what`, for other objects.
nlohmann::json scalar_json(const pybind11::handle& object, const std::string& what);

}  // namespace ocrtune::python
