#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/devices/backend.h"
#include "ocrtune/image/image.h"
#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// A value for every parameter of one stage.
class Values {
 public:
  /// Sets a value; a name that is set again keeps its place.
  void set(const std::string& name, double value);

  /// The value of a parameter that the stage declares; another name is a programming error
  /// (std::logic_error).
  [[nodiscard]] double real(const std::string& name) const;
  /// The same, rounded to an integer.
  [[nodiscard]] int integer(const std::string& name) const;

  /// In the order in which they were set.
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& all() const { return values_; }

  bool operator==(const Values&) const = default;  ///< the same values in the same order

 private:
  std::vector<std::pair<std::string, double>> values_;
};

/// A stage's work on gray pixels, wherever a backend holds them.
struct OverKernels {
  /// Stage::measure for pixels on a device.
  std::function<double(Backend&, const Pixels&)> measure = {};
  /// Stage::run for them.
  std::function<Pixels(Backend&, const Pixels&, const Values& resolved)> run = {};
};

/// One preprocessing step: a pure function of image and parameters. The same input gives the same
/// bytes on every CPU. It does not modify its input, works for every size from 1x1, and may be
/// called from several threads at once. Size and resolution stay the same unless it `moves` pixels;
/// then `to_page` of its output maps positions to its input.
struct Stage {
  std::string name;                   ///< in files and on command lines: "deskew"
  std::string summary;                ///< one sentence
  std::vector<std::string> cites;     ///< keys of docs/reference/references.bib
  std::vector<Parameter> parameters;  ///< in the order that files and docs show them

  /// If a stage's output depends on a number computed from its input alone, that number.
  std::function<double(const Image&)> measure = {};

  /// What that number is called in results ("noise"), of each page; empty: results do not have it.
  std::string measured = {};
  /// The values of `resolved` that depend on it and that results have beside it.
  std::vector<std::string> chosen = {};

  /// The values that `run` gets, from the parameters and the measured number (0 if there is none):
  /// equal for parameters that give the same output, so that it is computed once. By default the
  /// parameters themselves.
  std::function<Values(const Values& parameters, double measured)> resolve = {};

  /// The output; `resolved` is the result of Stage::resolve.
  std::function<Image(const Image&, const Values& resolved)> run = {};

  /// A stage that is written over kernels which devices have too sets only this; all_stages()
  /// derives `measure` and `run` from it.
  OverKernels over_kernels = {};

  /// Region of support, px, if the output at a pixel depends on nothing else but the image's edges
  /// and has the size of the input: parts of a page can then be computed alone.
  std::function<int(const Values& resolved)> reach = {};

  bool moves = false;  ///< content may be at another position in the output than in the input

  /// Uses Image::colour. If that is empty, the image is returned unchanged.
  bool wants_colour = false;
  bool gives_colour = false;  ///< uses it, and outputs the colours that belong to its output
};

/// The stage's output for its parameters.
Image apply(const Stage& stage, const Image& in, const Values& parameters);

/// The stage with `measure` and `run` derived from its over_kernels, on the CPU; the registry does
/// this for each stage.
Stage completed(Stage stage);

/// `stage.resolve`, or the parameters if it has none.
Values resolved(const Stage& stage, const Values& parameters, double measured);

}  // namespace ocrtune
