#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// A value for every parameter of one stage.
class Values {
 public:
  void set(const std::string& name, double value);

  /// The value of a parameter the stage declares; a name it doesn't declare is a programming error
  /// (std::logic_error).
  [[nodiscard]] double real(const std::string& name) const;
  [[nodiscard]] int integer(const std::string& name) const;

 private:
  std::vector<std::pair<std::string, double>> values_;
};

/// One preprocessing step. `run` is a pure function of image and values: same input, same bytes, on
/// every CPU. It doesn't write into its input, keeps the resolution, works for every size from 1x1,
/// and may be called from several threads at once.
struct Stage {
  std::string name;
  std::string summary;             ///< one sentence
  std::vector<std::string> cites;  ///< keys of docs/references.bib
  std::vector<Parameter> parameters;
  std::function<Image(const Image&, const Values&)> run;
};

}  // namespace ocrtune
