#pragma once

#include <pybind11/pybind11.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/stages/parameter.h"

namespace ocrtune::python {

/// A path of a str, bytes or os.PathLike. Throws TypeError for others, as Python does.
std::string path_of(const pybind11::handle& path);

/// A parameter's value in Python: a category's name, a truth value, a whole number or a real one.
pybind11::object python_value(ParameterType type, const std::vector<std::string>& choices,
                              double value);

/// Dictionaries, lists, strings, numbers and None for a JSON value.
pybind11::object to_python(const nlohmann::json& json);

/// The JSON value of a string, boolean or number, also one of NumPy. Throws
/// Error(invalid_argument), naming `what`, for other objects.
nlohmann::json scalar_json(const pybind11::handle& object, const std::string& what);

}  // namespace ocrtune::python
