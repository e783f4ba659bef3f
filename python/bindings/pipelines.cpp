#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "arrays.h"
#include "module.h"
#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/metrics/image_quality.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;

py::dict dimension_dict(const Dimension& dimension) {
  const auto value = [&](double number) {
    return python_value(dimension.type, dimension.choices, number);
  };
  py::dict described;
  described["type"] = type_word(dimension.type);
  described["initial"] = value(dimension.initial);
  if (dimension.type == ParameterType::category) {
    described["choices"] = dimension.choices;
  } else if (dimension.type != ParameterType::boolean) {
    described["low"] = value(dimension.low);
    described["high"] = value(dimension.high);
    described["step"] = step_of(dimension);
    described["log"] = dimension.log;
  }
  if (!dimension.active_if.empty()) described["active_if"] = dimension.active_if;
  return described;
}

py::dict space_dict(const Pipeline& pipeline) {
  py::dict space;
  const Space searched = pipeline.space();
  for (const Dimension& dimension : searched.dimensions())
    space[py::str(dimension.name)] = dimension_dict(dimension);
  return space;
}

Pipeline at(const Pipeline& pipeline, const py::dict& values) {
  nlohmann::json point = nlohmann::json::object();
  for (const auto& [name, value] : values) {
    const auto key = py::str(name).cast<std::string>();
    point[key] = scalar_json(value, key);
  }
  std::vector<std::string> notes;
  const std::string text = nlohmann::json::array({point}).dump();
  return pipeline.at(parse_points(text, "values", pipeline, notes).front());
}

py::list stage_list(const Pipeline& pipeline) {
  py::list stages;
  for (const StageUse& use : pipeline.stages()) {
    py::dict parameters;
    for (const Setting& setting : use.settings) {
      parameters[py::str(setting.parameter->name)] =
          python_value(setting.parameter->type, setting.parameter->choices, setting.value);
    }
    stages.append(py::make_tuple(use.stage->name, use.on, parameters));
  }
  return stages;
}

py::array run(const Pipeline& pipeline, const py::array& image, std::optional<double> dpi) {
  const cv::Mat pixels = pixels_of(image);
  cv::Mat output;
  {
    const py::gil_scoped_release released;
    const SerialOpenCv serial;
    output = pipeline.run(image_of(pixels, dpi, pipeline.wants_colour())).gray;
  }
  return array_of(output, image);
}

template <double (*measure)(const cv::Mat&)>
double measured(const py::array& image) {
  const cv::Mat pixels = pixels_of(image);
  const py::gil_scoped_release released;
  const SerialOpenCv serial;
  return measure(image_of(pixels, std::nullopt, false).gray);
}

}  // namespace

void add_pipelines(py::module_& module) {
  py::class_<Pipeline>(
      module, "Pipeline",
      R"(An ordered list of preprocessing stages with their parameters, and OCR settings.

Immutable, and safe to use from several threads. `load` and `parse` make one.

Examples
--------
>>> import numpy, ocrtune
>>> pipeline = ocrtune.Pipeline.load("standard")
>>> pipeline.run(numpy.full((40, 60), 200, numpy.uint8)).shape
(40, 60)
)")
      .def_static("load", &load_pipeline, py::arg("name_or_path"),
                  R"(The preset of that name, or the pipeline in a TOML file.

Parameters
----------
name_or_path : str
    Such as ``"standard"`` or ``"pipeline.toml"``; `presets` lists the presets.

Returns
-------
Pipeline

Raises
------
PipelineInvalidError
    If there is no such preset or file, or the file is not a pipeline.
)")
      .def_static(
          "parse", [](const std::string& text) { return parse_pipeline(text, "text"); },
          py::arg("text"), R"(The pipeline in a TOML text.

Parameters
----------
text : str
    As in a pipeline file.

Returns
-------
Pipeline

Raises
------
PipelineInvalidError
    With the line, and what is wrong there.
)")
      .def_property_readonly("name", &Pipeline::name, "The name shown in results.")
      .def_property_readonly("description", &Pipeline::description,
                             "A descriptive sentence; may be empty.")
      .def_property_readonly("stages", &stage_list, R"(The stages in the order they run.

Returns
-------
list of (str, bool, dict)
    Name, whether it is on, and the fixed or initial values of its parameters.
)")
      .def_property_readonly("space", &space_dict, R"(The free parameters and their search ranges.

Returns
-------
dict
    By name a dict with ``type``, ``initial`` and, by type, ``choices`` or ``low``, ``high``,
    ``step`` (0 for any real number) and ``log``; ``active_if`` names a parameter that must exist
    for this one to exist.
)")
      .def_property_readonly("wants_colour", &Pipeline::wants_colour,
                             "Whether a stage needs pages in colour.")
      .def("at", &at, py::arg("values"), R"(The pipeline with every parameter fixed.

Parameters
----------
values : dict
    Values by parameter, as in a trial's ``params``: numbers, booleans for switches, the names of
    categories. Parameters that are left out get their fixed or initial value. As in the Python
    design, a fraction for a whole number is truncated, and an even kernel size raised by one.

Returns
-------
Pipeline

Examples
--------
>>> import ocrtune
>>> pipeline = ocrtune.Pipeline.load("standard")
>>> pipeline.at({"denoise_h": 5}).space
{}

Raises
------
InvalidArgumentError
    For a name or value that is not allowed.
)")
      .def("run", &run, py::arg("image"), py::arg("dpi") = py::none(),
           R"(Runs the stages that are on, without holding Python's global lock.

Parameters
----------
image : numpy.ndarray of uint8, shape (height, width) or (height, width, 3)
    A page, gray or BGR as `cv2.imread` returns it. It is not changed, and not copied if its rows
    are contiguous.
dpi : float, optional
    Resolution of the page.

Returns
-------
numpy.ndarray of uint8, shape (height, width)
    The gray output; equal to the byte on every machine.

Raises
------
InvalidArgumentError
    For an array of another type or shape.
LimitReachedError
    If memory runs out.
)")
      .def("to_toml", &pipeline_text, R"(The pipeline in TOML; `parse` gives the same one back.

Returns
-------
str
)")
      .def(
          "__eq__",
          [](const Pipeline& a, const Pipeline& b) { return pipeline_text(a) == pipeline_text(b); },
          py::is_operator())
      .def("__hash__",
           [](const Pipeline& pipeline) { return py::hash(py::str(pipeline_text(pipeline))); })
      .def(py::pickle([](const Pipeline& pipeline) { return pipeline_text(pipeline); },
                      [](const std::string& text) { return parse_pipeline(text, "pickle"); }))
      .def("__repr__",
           [](const Pipeline& pipeline) { return "<ocrtune.Pipeline '" + pipeline.name() + "'>"; });
  module.def(
      "presets",
      [] {
        std::vector<std::string> names;
        for (const Preset& preset : all_presets()) names.emplace_back(preset.name);
        return names;
      },
      R"(The names of the presets, `raw` first.

Returns
-------
list of str

Examples
--------
>>> import ocrtune
>>> ocrtune.presets()[0]
'raw'
)");
  module.def("sharpness", &measured<sharpness>, py::arg("image"),
             R"(Variance of the Laplacian of a page (Pech-Pacheco et al. 2000).

Parameters
----------
image : numpy.ndarray of uint8, shape (height, width) or (height, width, 3)

Returns
-------
float

Examples
--------
>>> import numpy, ocrtune
>>> ocrtune.sharpness(numpy.full((40, 60), 200, numpy.uint8))
0.0
)");
  module.def("contrast", &measured<contrast>, py::arg("image"),
             R"(Standard deviation of the gray levels of a page.

Parameters
----------
image : numpy.ndarray of uint8, shape (height, width) or (height, width, 3)

Returns
-------
float

Examples
--------
>>> import numpy, ocrtune
>>> ocrtune.contrast(numpy.full((40, 60), 200, numpy.uint8))
0.0
)");
  module.def(
      "cnr", &measured<cnr>, py::arg("image"),
      R"(Contrast-to-noise ratio of a page, with Otsu's threshold between text and background.

Parameters
----------
image : numpy.ndarray of uint8, shape (height, width) or (height, width, 3)

Returns
-------
float
    0 if one of both is empty or their means differ by at most 5 gray levels.

Examples
--------
>>> import numpy, ocrtune
>>> ocrtune.cnr(numpy.full((40, 60), 200, numpy.uint8))
0.0
)");
}

}  // namespace ocrtune::python
