#include <exception>

#include "module.h"
#include "ocrtune/base/error.h"
#include "ocrtune/workflow/exit_status.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;

/// The class of ocrtune.errors.
const char* class_of(Errc code) {
  switch (code) {
    case Errc::invalid_argument:
      return "InvalidArgumentError";
    case Errc::not_found:
      return "NotFoundError";
    case Errc::input_unreadable:
      return "InputUnreadableError";
    case Errc::dependency_missing:
      return "DependencyMissingError";
    case Errc::pipeline_invalid:
      return "PipelineInvalidError";
    case Errc::study_error:
      return "StudyError";
    case Errc::output_unwritable:
      return "OutputUnwritableError";
    case Errc::limit_reached:
      return "LimitReachedError";
    case Errc::interrupted:
      return "KeyboardInterrupt";
  }
  return "Error";
}

void raise(const Error& error) {
  if (error.code() == Errc::interrupted) {
    PyErr_SetString(PyExc_KeyboardInterrupt, error.what());
    return;
  }
  const py::object type = py::module_::import("ocrtune.errors").attr(class_of(error.code()));
  py::object raised = type(error.what());
  raised.attr("exit_status") = static_cast<int>(exit_status_of(error.code()));
  PyErr_SetObject(type.ptr(), raised.ptr());
}

}  // namespace

void add_errors() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Error& error) {
      raise(error);
    }
  });
}

}  // namespace ocrtune::python
