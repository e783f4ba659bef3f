#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/image/image.h"

namespace ocrtune::python {

/// The pixels of an array of bytes of the shape (height, width), gray, or (height, width, 3), BGR
/// as OpenCV has it. Where each row is contiguous they are those of the array, which must outlive
/// them; else a copy. Throws Error(invalid_argument) for another type or shape, and for sizes over
/// the limits of page files.
cv::Mat pixels_of(const pybind11::array& array);

/// A page of these pixels, its gray ones as OpenCV converts BGR.
Image image_of(const cv::Mat& pixels, std::optional<double> dpi, bool in_colour);

/// An array of the pixels, without a copy unless they are in the memory of `source`.
pybind11::array array_of(const cv::Mat& pixels, const pybind11::array& source);

/// An array of a page that no array holds: in colour if it has its colours, else gray.
pybind11::array array_of(const Image& page);

}  // namespace ocrtune::python
