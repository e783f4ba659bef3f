#include <fmt/format.h>
#include <pybind11/numpy.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>

#include "arrays.h"
#include "calls.h"
#include "module.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/worker_threads.h"
#include "ocrtune/workflow/result_json.h"
#include "ocrtune/workflow/screen.h"
#include "options.h"
#include "trial_rows.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using nlohmann::json;

/// A workflow as a function of Python: its options, and what it returns.
struct Function {
  std::function<py::list()> options;
  /// `on_trial`: None for workflows that have no trials.
  std::function<py::object(const py::dict& given, const py::object& progress,
                           const py::object& on_trial)>
      call;
};

/// The pages in memory of a workflow's options; null for a workflow that takes files only.
template <typename Struct>
std::map<std::string, Image>* images_of(Struct& options) {
  if constexpr (requires { options.pages.images; }) {
    return std::is_same_v<Struct, workflow::ScoreOptions> ? &options.pages.images : nullptr;
  } else if constexpr (requires { options.reports; }) {
    return &options.study.pages.images;
  } else {
    return nullptr;
  }
}

/// Pages of a corpus, one or several, that are arrays: into `images`, in their memory where
/// pixels_of() can, and into `held`. The corpus has names in their place.
py::object without_arrays(const py::object& corpus, std::map<std::string, Image>& images,
                          py::list& held) {
  const auto named = [&](const py::handle& page) -> py::object {
    if (!py::isinstance<py::array>(page)) return py::reinterpret_borrow<py::object>(page);
    held.append(page);
    const std::string name = fmt::format("<array {}>", images.size());
    images[name] = image_of(pixels_of(page.cast<py::array>()), std::nullopt, true);
    return py::str(name);
  };
  const bool is_one = py::isinstance<py::array>(corpus) || py::isinstance<py::str>(corpus);
  if (is_one || !py::isinstance<py::iterable>(corpus)) return named(corpus);
  py::list pages;
  for (const py::handle page : corpus) pages.append(named(page));
  return pages;
}

/// Work that Ctrl-C ended may leave a thread behind that still reads the pixels of arrays: they are
/// never freed then.
void keep_for_threads_left_behind(const py::list& arrays) {
  if (threads_left_behind() > 0) arrays.inc_ref();
}

/// Calls `on_trial` with each finished trial, in the thread of the caller.
template <typename Struct>
void report_trials(Struct& options, const py::object& on_trial, const InCaller& in_caller) {
  if constexpr (requires { options.reports; }) {
    if (on_trial.is_none()) return;
    options.reports.finished = [&](const StudyDefinition& definition, const Trial& trial) {
      in_caller([&] { on_trial(trial_row(space_of(definition), trial)); });
    };
  }
}

template <typename Struct>
Function function(const char* name, json (*run)(const Struct& options, const Events& events)) {
  return {.options =
              [] {
                Struct options;
                return described(options_of(options));
              },
          .call =
              [name, run](py::dict given, const py::object& progress, const py::object& on_trial) {
                Struct options;
                py::list held;
                if (auto* images = images_of(options)) {
                  given = given.attr("copy")();
                  given["corpus"] = without_arrays(given["corpus"], *images, held);
                }
                set_options(options_of(options), given, name);
                json result;
                try {
                  run_interruptibly(progress, [&](const Events& events, const InCaller& in_caller) {
                    report_trials(options, on_trial, in_caller);
                    result = run(options, events);
                  });
                } catch (...) {
                  keep_for_threads_left_behind(held);
                  throw;
                }
                return to_python(result);
              }};
}

/// Ends with KeyboardInterrupt.
[[noreturn]] void interrupted() {
  throw Error(Errc::interrupted, tr("interrupted; finished trials are kept"));
}

json study_json(const workflow::StudyResult& result) {
  if (!result.summary) interrupted();
  return result_json(result);
}

const std::map<std::string, Function>& functions() {
  static const std::map<std::string, Function> kFunctions{
      {"tune", function<workflow::TuneOptions>(
                   "tune",
                   [](const workflow::TuneOptions& options, const Events& events) -> json {
                     const workflow::TuneResult result = workflow::tune(options, events);
                     if (!result.found) interrupted();
                     return result_json(options, *result.found);
                   })},
      {"screen", function<workflow::ScreenOptions>(
                     "screen",
                     [](const workflow::ScreenOptions& options, const Events& events) -> json {
                       return study_json(workflow::screen(options, events));
                     })},
      {"optimize", function<workflow::OptimizeOptions>(
                       "optimize",
                       [](const workflow::OptimizeOptions& options, const Events& events) -> json {
                         return study_json(workflow::optimize(options, events));
                       })},
      {"score", function<workflow::ScoreOptions>(
                    "score",
                    [](const workflow::ScoreOptions& options, const Events& events) -> json {
                      return result_json(workflow::score(options, events));
                    })},
      {"compare", function<workflow::CompareOptions>(
                      "compare",
                      [](const workflow::CompareOptions& options, const Events& events) -> json {
                        return result_json(workflow::compare(options, events));
                      })},
      {"evaluate", function<workflow::EvaluateOptions>(
                       "evaluate",
                       [](const workflow::EvaluateOptions& options, const Events& events) -> json {
                         return result_json(options, workflow::evaluate(options, events));
                       })},
      {"apply", function<workflow::ApplyOptions>(
                    "apply",
                    [](const workflow::ApplyOptions& options, const Events& events) -> json {
                      return result_json(workflow::apply(options, events));
                    })},
      {"train", function<workflow::TrainOptions>(
                    "train",
                    [](const workflow::TrainOptions& options, const Events& events) -> json {
                      const workflow::Trained trained = workflow::train(options, events);
                      if (trained.stopped) interrupted();
                      return result_json(trained);
                    })},
      {"clean",
       function<workflow::CleanOptions>(
           "clean", [](const workflow::CleanOptions& options, const Events& events) -> json {
             return result_json(workflow::clean(options, events));
           })}};
  return kFunctions;
}

const Function& function_named(const std::string& name) {
  const auto found = functions().find(name);
  if (found == functions().end()) throw py::key_error(name);
  return found->second;
}

}  // namespace

void add_workflows(py::module_& module) {
  module.def(
      "run_workflow",
      [](const std::string& name, const py::dict& options, const py::object& progress,
         const py::object& on_trial) {
        return function_named(name).call(options, progress, on_trial);
      },
      py::arg("name"), py::arg("options"), py::arg("progress"), py::arg("on_trial") = py::none(),
      "Runs the workflow of that name; see the functions of ocrtune.workflows.");
  module.def(
      "describe_workflow", [](const std::string& name) { return function_named(name).options(); },
      py::arg("name"), "The options of a workflow, a list of dicts.");
  py::class_<Progress>(module, "Progress", "Progress of a workflow.")
      .def_readonly("line", &Progress::line, "For display, with rate and time left.")
      .def_readonly("done", &Progress::done, "Finished pages, or points of a search.")
      .def_readonly("all", &Progress::all, "All of them; 0 if unknown.")
      .def("__repr__", [](const Progress& progress) {
        return py::str("<ocrtune.Progress {!r}>").format(progress.line);
      });
}

}  // namespace ocrtune::python
