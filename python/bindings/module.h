#pragma once

#include <pybind11/pybind11.h>

namespace ocrtune::python {

// Each adds its classes and functions to the module ocrtune._core.

void add_errors();
void add_pipelines(pybind11::module_& module);
void add_pages(pybind11::module_& module);
void add_reading(pybind11::module_& module);
void add_samplers(pybind11::module_& module);
void add_studies(pybind11::module_& module);
void add_workflows(pybind11::module_& module);

}  // namespace ocrtune::python
