#include "module.h"

#include <chrono>
#include <thread>

#include "ocrtune/base/version.h"
#include "ocrtune/base/worker_threads.h"

namespace {

/// Work that could not be interrupted ends by itself; at the end of the process its data must not
/// go before it.
void wait_for_threads() {
  constexpr std::chrono::milliseconds kMoment{10};
  const pybind11::gil_scoped_release released;
  while (ocrtune::threads_left_behind() > 0) std::this_thread::sleep_for(kMoment);
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "Functions and classes of the library; ocrtune has them under their names.";
  ocrtune::python::add_errors();
  ocrtune::python::add_pipelines(module);
  ocrtune::python::add_pages(module);
  ocrtune::python::add_reading(module);
  ocrtune::python::add_samplers(module);
  ocrtune::python::add_studies(module);
  ocrtune::python::add_workflows(module);
  pybind11::module_::import("atexit").attr("register")(pybind11::cpp_function(&wait_for_threads));
  module.attr("__version__") = ocrtune::program_version();
}
