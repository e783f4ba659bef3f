#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/backend.h"
#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// A value for every parameter of one stage.
class Values {
 public:
  /// Sets one; a name set again keeps its place.
  void set(const std::string& name, double value);

  /// The value of a parameter the stage declares; a name it doesn't declare is a programming error
  /// (std::logic_error).
  [[nodiscard]] double real(const std::string& name) const;
  /// The same, rounded to a whole number.
  [[nodiscard]] int integer(const std::string& name) const;

  /// In the order in which they were set.
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& all() const { return values_; }

  bool operator==(const Values&) const = default;  ///< the same values in the same order

 private:
  std::vector<std::pair<std::string, double>> values_;
};

/// What a stage does to gray pixels, wherever a backend holds them.
struct OverKernels {
  /// Stage::measure of pixels on a device.
  std::function<double(Backend&, const Pixels&)> measure = {};
  /// Stage::run of them.
  std::function<Pixels(Backend&, const Pixels&, const Values& settled)> run = {};
};

/// One preprocessing step: a pure function of image and parameters. Same input, same bytes, on
/// every CPU. It doesn't write into its input, works for every size from 1x1, and may be called
/// from several threads at once. Size and resolution stay unless it `moves` pixels; then its output
/// says by `to_page` where they were in its input.
struct Stage {
  std::string name;                   ///< as files and command lines have it: "deskew"
  std::string summary;                ///< one sentence
  std::vector<std::string> cites;     ///< keys of docs/references.bib
  std::vector<Parameter> parameters;  ///< in the order that files and docs show them

  /// Where a stage decides something by a number that depends on its input alone, that number.
  std::function<double(const Image&)> measure = {};

  /// What `run` is given, from the parameters and the measured number (0 where none is): equal for
  /// parameters that give the same output, so that it is worked out once. By default the parameters
  /// themselves.
  std::function<Values(const Values& parameters, double measured)> settle = {};

  /// The output; Stage::settle has made `settled`.
  std::function<Image(const Image&, const Values& settled)> run = {};

  /// Where a stage is written over kernels that devices have too, it states these alone;
  /// all_stages() has `measure` and `run` made of them.
  OverKernels over_kernels = {};

  /// How far around a pixel it looks, px, where its output there depends on nothing else but the
  /// image's edges and has the size of its input: so parts of a page can be worked out alone.
  std::function<int(const Values& settled)> reach = {};

  /// Has read no page better in what was measured so far: the field knows it, and a search may try.
  bool experimental = false;

  bool moves = false;  ///< what is at a place of the output was elsewhere in the input

  /// Looks at Image::colour, which may be empty all the same: then the image comes back unchanged.
  bool wants_colour = false;
  bool gives_colour = false;  ///< wants it, and gives the colours that belong to its output
};

/// The stage's output for its parameters.
Image apply(const Stage& stage, const Image& in, const Values& parameters);

/// The stage with `measure` and `run` of what it states over kernels, on this machine's processors;
/// what the registry does with each stage.
Stage completed(Stage stage);

/// `stage.settle`, or the parameters where it has none.
Values settled(const Stage& stage, const Values& parameters, double measured);

}  // namespace ocrtune
