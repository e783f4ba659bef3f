#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

#include "ocrtune/stages/parameter.h"

namespace ocrtune::python {

/// A path of a str, bytes or os.PathLike. Throws TypeError for others, as Python does.
std::string path_of(const pybind11::handle& path);

/// A parameter's value in Python: a category's name, a truth value, a whole number or a real one.
pybind11::object python_value(ParameterType type, const std::vector<std::string>& choices,
                              double value);

}  // namespace ocrtune::python
