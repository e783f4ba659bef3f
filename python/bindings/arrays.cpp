#include "arrays.h"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/limits.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using Bytes = py::array_t<unsigned char, py::array::c_style | py::array::forcecast>;

bool has_contiguous_rows(const py::array& array, py::ssize_t channels) {
  if (channels > 1 && array.strides(2) != 1) return false;
  return array.strides(1) == channels && array.strides(0) >= array.shape(1) * channels;
}

/// In the array's memory.
cv::Mat matrix_over(const py::array& array, int type) {
  // Stages never write into the pixels they are given.
  auto* data = const_cast<void*>(array.data());
  return {static_cast<int>(array.shape(0)), static_cast<int>(array.shape(1)), type, data,
          static_cast<std::size_t>(array.strides(0))};
}

}  // namespace

cv::Mat pixels_of(const py::array& array) {
  if (!py::isinstance<py::array_t<unsigned char>>(array)) {
    throw Error(Errc::invalid_argument, tr("image: expected an array of the type uint8, not {}",
                                           py::str(array.dtype()).cast<std::string>()));
  }
  const bool coloured = array.ndim() == 3 && array.shape(2) == 3;
  if (array.ndim() != 2 && !coloured) {
    throw Error(Errc::invalid_argument,
                tr("image: expected an array of the shape (height, width) or (height, width, 3)"));
  }
  try {
    check_size(static_cast<double>(array.shape(1)), static_cast<double>(array.shape(0)), {});
  } catch (const Error& error) {
    throw Error(Errc::invalid_argument, fmt::format("image: {}", error.what()));
  }
  const int type = coloured ? CV_8UC3 : CV_8UC1;
  if (has_contiguous_rows(array, coloured ? 3 : 1)) return matrix_over(array, type);
  return matrix_over(Bytes(array), type).clone();
}

Image image_of(const cv::Mat& pixels, std::optional<double> dpi, bool in_colour) {
  Image image;
  image.dpi = {dpi.value_or(0), dpi.value_or(0)};
  if (pixels.channels() == 1) {
    image.gray = pixels;
    return image;
  }
  cv::cvtColor(pixels, image.gray, cv::COLOR_BGR2GRAY);
  if (in_colour && has_colour(pixels)) image.colour = pixels;
  return image;
}

py::array array_of(const cv::Mat& pixels, const py::array& source) {
  const auto* begin = static_cast<const unsigned char*>(source.data());
  const std::less<> below;
  const bool is_inside = !below(pixels.data, begin) && below(pixels.data, begin + source.nbytes());
  auto held = std::make_unique<cv::Mat>(is_inside ? pixels.clone() : pixels);
  const cv::Mat& made = *held;
  std::vector<py::ssize_t> shape{made.rows, made.cols};
  std::vector<py::ssize_t> strides{static_cast<py::ssize_t>(made.step[0]), made.channels()};
  if (made.channels() > 1) {
    shape.push_back(made.channels());
    strides.push_back(1);
  }
  unsigned char* data = made.data;
  const py::capsule owner(held.release(), [](void* mat) { delete static_cast<cv::Mat*>(mat); });
  return py::array_t<unsigned char>(shape, strides, data, owner);
}

py::array array_of(const Image& page) {
  return array_of(page.colour.empty() ? page.gray : page.colour, py::array());
}

}  // namespace ocrtune::python
