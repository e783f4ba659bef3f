#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrays.h"
#include "calls.h"
#include "module.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/study_overview.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study_run/asked_study.h"
#include "options.h"
#include "trial_rows.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;

/// A trial to be evaluated.
struct AskedFor {
  std::size_t number = 0;
  py::dict params;
  Pipeline pipeline;
};

/// A study in its file or on its server. Storage is for one thread at a time.
class Study {
 public:
  explicit Study(std::string place) : place_(std::move(place)) {
    const py::gil_scoped_release released;
    viewed_ = view_study(place_);
    storage_ = viewed_.get();
    space_ = space_of(definition());
  }

  Study(std::string place, std::unique_ptr<workflow::AskedStudy> asked)
      : place_(std::move(place)), asked_(std::move(asked)), storage_(&asked_->storage()) {
    space_ = space_of(definition());
  }

  [[nodiscard]] const StudyDefinition& definition() const { return storage_->definition(); }

  py::object ask() {
    std::optional<workflow::AskedTrial> trial;
    {
      workflow::AskedStudy& asked = own();
      const py::gil_scoped_release released;
      trial = asked.ask();
    }
    if (!trial) return py::none();
    py::dict params;
    add_params(params, space_, trial->point, "");
    return py::cast(AskedFor{trial->number, params, std::move(trial->pipeline)});
  }

  void tell(std::size_t number, const py::list& pages) {
    std::vector<PageScores> scores;
    for (const py::handle page : pages) {
      PageScores values;
      for (const auto& [name, value] : page.cast<py::dict>())
        values.set(score_named(py::str(name).cast<std::string>()), value.cast<double>());
      scores.push_back(std::move(values));
    }
    workflow::AskedStudy& asked = own();
    const py::gil_scoped_release released;
    asked.tell(number, scores);
  }

  [[nodiscard]] py::array page(std::size_t index, bool colour) {
    workflow::AskedStudy& asked = own();
    if (index >= asked.pages().pages().size())
      throw Error(Errc::not_found, tr("{}: there is no page {}", place_, index));
    Image image;
    {
      const py::gil_scoped_release released;
      image = asked.pages().image(index, colour);
    }
    return array_of(image);
  }

  [[nodiscard]] const std::string& place() const { return place_; }

  [[nodiscard]] py::list trials() const {
    py::list rows;
    const py::gil_scoped_release released;
    const std::vector<PrunedTrial> pruned = storage_->pruned();
    auto next = pruned.begin();
    const auto add_pruned_before = [&](std::size_t end) {
      for (; next != pruned.end() && next->number < end; ++next)
        rows.append(trial_row(space_, *next));
    };
    storage_->each_trial([&](const Trial& trial) {
      const py::gil_scoped_acquire held;
      add_pruned_before(trial.number);
      rows.append(trial_row(space_, trial));
    });
    const py::gil_scoped_acquire held;
    add_pruned_before(static_cast<std::size_t>(-1));
    return rows;
  }

  [[nodiscard]] py::list page_scores(std::size_t number) const {
    std::optional<Trial> trial;
    {
      const py::gil_scoped_release released;
      trial = storage_->trial(number);
    }
    if (!trial)
      throw Error(Errc::not_found, tr("{}: there is no finished trial {}", place_, number));
    py::list rows;
    for (std::size_t page = 0; page < trial->pages.size(); ++page) {
      py::dict scores;
      scores["page"] = definition().pages.at(page).name;
      if (!trial->pages[page].failure.empty()) scores["failure"] = trial->pages[page].failure;
      add_scores(scores, trial->pages[page].scores);
      rows.append(scores);
    }
    return rows;
  }

  [[nodiscard]] py::object summary() const {
    nlohmann::json json;
    {
      const py::gil_scoped_release released;
      json = overview_json(study_overview(*storage_), place_);
    }
    return to_python(json);
  }

  [[nodiscard]] py::object verdict() const {
    std::optional<nlohmann::json> json;
    {
      const py::gil_scoped_release released;
      if (const auto verdict = verdict_of(*storage_)) json = verdict_result_json(*verdict);
    }
    return json ? to_python(*json) : py::object(py::none());
  }

  [[nodiscard]] py::dict best() const {
    std::optional<Trial> trial;
    {
      const py::gil_scoped_release released;
      trial = storage_->trial(summarize_study(*storage_, study_trials(*storage_)).best_number);
    }
    return trial_row(space_, trial.value());
  }

  [[nodiscard]] Pipeline best_pipeline() const {
    const py::gil_scoped_release released;
    return ocrtune::best_pipeline(definition(),
                                  summarize_study(*storage_, study_trials(*storage_)));
  }

  [[nodiscard]] std::size_t size() const { return storage_->counts().finished; }

 private:
  workflow::AskedStudy& own() {
    if (asked_) return *asked_;
    throw Error(Errc::invalid_argument,
                tr("{}: was opened to be read; Study.create opens it for ask and tell", place_));
  }

  std::string place_;
  std::unique_ptr<workflow::AskedStudy> asked_;  ///< null if it is only read
  std::unique_ptr<Storage> viewed_;
  const Storage* storage_ = nullptr;
  Space space_;
};

std::unique_ptr<Study> create(const py::object& corpus, const py::kwargs& given) {
  workflow::AskedStudyOptions options;
  given["corpus"] = corpus;
  set_options(options_of(options), given, "Study.create");
  std::unique_ptr<workflow::AskedStudy> asked;
  run_interruptibly(py::none(), [&](const Events& events) {
    asked = std::make_unique<workflow::AskedStudy>(options, events);
  });
  return std::make_unique<Study>(options.study.study, std::move(asked));
}

std::vector<std::string> page_names(const Study& study) {
  std::vector<std::string> names;
  for (const PageRecord& page : study.definition().pages) names.push_back(page.name);
  return names;
}

std::vector<std::string> objective_names(const Study& study) {
  std::vector<std::string> names;
  for (const Score score : objectives_of(study.definition())) names.emplace_back(score_name(score));
  return names;
}

}  // namespace

void add_studies(py::module_& module) {
  module.def(
      "describe_study",
      [] {
        workflow::AskedStudyOptions options;
        return described(options_of(options));
      },
      "The options of `Study.create`.");
  py::class_<AskedFor>(module, "AskedTrial", "A trial to be evaluated.")
      .def_readonly("number", &AskedFor::number, "0: the baseline.")
      .def_readonly("params", &AskedFor::params, "Values by parameter; empty for the baseline.")
      .def_readonly("pipeline", &AskedFor::pipeline, "The `Pipeline` of these values.")
      .def("__repr__", [](const AskedFor& trial) {
        return py::str("<ocrtune.AskedTrial {} {}>").format(trial.number, trial.params);
      });
  py::class_<Study>(module, "Study", R"(The trials of a study, in its file or on its server.

`open` reads a study, also while `tune`, `screen` or `optimize` writes it: each call sees the trials
finished so far. `create` makes one whose trials you evaluate yourself: `ask` proposes them, `tell`
stores your scores. Not safe to use from several threads.

Examples
--------
>>> import os, tempfile, ocrtune
>>> place = os.path.join(tempfile.mkdtemp(), "own.db")
>>> study = ocrtune.Study.create(
...     "examples/sample_pages/08-prose-eng-clean.jpg", study=place, pipeline="standard",
...     objective="contrast",
... )
>>> trial = study.ask()
>>> image = trial.pipeline.run(study.page(0))
>>> study.tell(trial.number, [{"contrast": ocrtune.contrast(image)}])
>>> len(ocrtune.Study.open(place))
1
)")
      .def_static("create", &create, py::arg("corpus"),
                  R"(Creates a study, or resumes it, to evaluate its trials yourself.

Keyword arguments are those of `optimize` that describe a study: ``study``, ``pipeline``, ``set``,
``free``, ``objective``, ``constraint``, ``sampler``, ``seed``, ``in_flight`` (trials that may be
asked for before earlier ones are told, 1 if not given), ``lang`` and so on.

Parameters
----------
corpus : str, os.PathLike or a list of them
    Pages, as for `tune`.

Returns
-------
Study

Raises
------
StudyError
    If a study of that name has other pages or settings.
)")
      .def("ask", &Study::ask, R"(The next trial, the baseline first.

Returns
-------
AskedTrial or None
    None if the sampler has no further point.

Raises
------
InvalidArgumentError
    If it depends on a trial that was not told yet, or the study was opened by `open`.
)")
      .def("tell", &Study::tell, py::arg("number"), py::arg("scores"),
           R"(Stores the scores of a trial, durable when it returns.

Trials are told in the order in which they were asked for.

Parameters
----------
number : int
    Of the trial.
scores : list of dict
    For each page of `pages`, values by the names of scores, such as ``{"cer": 0.1}``; the study's
    objectives at least.

Raises
------
InvalidArgumentError
    For another trial, an unknown score, or a page without an objective.
)")
      .def("page", &Study::page, py::arg("index"), py::arg("colour") = false,
           R"(The pixels of a page of a study that `create` opened.

Parameters
----------
index : int
    In `pages`.
colour : bool
    With its colours, if it has any.

Returns
-------
numpy.ndarray of uint8, shape (height, width) or (height, width, 3)
    Gray or BGR.
)")
      .def_static(
          "open", [](const py::object& study) { return std::make_unique<Study>(path_of(study)); },
          py::arg("study"), R"(Opens a study.

Parameters
----------
study : str or os.PathLike
    A file, or ``postgresql://USER@HOST/DATABASE/STUDY``.

Returns
-------
Study

Raises
------
StudyError
    If there is none, or it is damaged.
)")
      .def_property_readonly("trials", &Study::trials, R"(All trials by number, a list of dicts.

Each has ``number`` (0: the baseline), ``state`` (``"complete"`` or ``"pruned"``), ``started`` and
``finished`` (seconds since 1970), the mean of each score over the pages, such as ``confidence`` or
``cer``, and ``params_NAME`` for each parameter: ``pandas.DataFrame(study.trials)``.
)")
      .def("page_scores", &Study::page_scores, py::arg("number"), R"(Scores of each page in a trial.

Parameters
----------
number : int
    Of the trial.

Returns
-------
list of dict
    ``page`` and its scores; ``failure`` if the pipeline could not run on the page.

Raises
------
NotFoundError
    If there is no finished trial of that number.
)")
      .def_property_readonly("best", &Study::best,
                             "The recommended trial, a dict as in `trials`; the baseline if no "
                             "trial is better.")
      .def("best_pipeline", &Study::best_pipeline, R"(The pipeline of the recommended trial.

Returns
-------
Pipeline
)")
      .def("summary", &Study::summary, R"(The results, as ``ocrtune show --json`` prints them.

Returns
-------
dict
)")
      .def_property_readonly("verdict", &Study::verdict,
                             R"(What is recommended, a dict; None before the first end of `tune`.

``text`` says it in two lines; the other items are its numbers, as ``verdict`` of
``ocrtune show --json``.
)")
      .def_property_readonly("pages", &page_names, "The names of the pages.")
      .def_property_readonly("objectives", &objective_names,
                             "The names of the objectives, the main one first.")
      .def_property_readonly(
          "seed", [](const Study& study) { return study.definition().seed; }, "The random seed.")
      .def_property_readonly(
          "pipeline", [](const Study& study) { return pipeline_of(study.definition()); },
          "The pipeline that is searched, a `Pipeline`.")
      .def("__len__", &Study::size)
      .def("__repr__", [](const Study& study) {
        return py::str("<ocrtune.Study {!r}, {} trials>").format(study.place(), study.size());
      });
}

}  // namespace ocrtune::python
