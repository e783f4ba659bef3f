#include "ocrtune/stages/line_lengths.h"

#include <string>

namespace ocrtune {
namespace {

Parameter length_parameter(const std::string& name, const std::string& direction, double low,
                           double high, double initial) {
  return integer(name,
                 {.low = low,
                  .high = high,
                  .initial = initial,
                  .min = 1,
                  .max = 10000,
                  .unit = "px",
                  .help = "length of the " + direction +
                          " structuring element; lines shorter than about twice this remain"});
}

}  // namespace

Parameter h_size_parameter(double low, double high, double initial) {
  return length_parameter("h_size", "horizontal", low, high, initial);
}

Parameter v_size_parameter(double low, double high, double initial) {
  return length_parameter("v_size", "vertical", low, high, initial);
}

}  // namespace ocrtune
