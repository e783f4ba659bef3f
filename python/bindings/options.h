#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "ocrtune/options/option.h"

namespace ocrtune::python {

/// Sets options from keyword arguments, named as json_name() names them; None leaves an option as
/// it is. Throws TypeError for another name or a value of another type, as Python does;
/// Error(invalid_argument) for a text that is no duration or size.
void set_options(const workflow::Options& options, const pybind11::dict& given,
                 const std::string& function);

/// A dict for each option: what a function's signature and docstring need.
pybind11::list described(const workflow::Options& options);

}  // namespace ocrtune::python
