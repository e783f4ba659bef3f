#include <opencv2/imgproc.hpp>

#include "kernels/comparison.h"
#include "ocrtune/metrics/image_quality.h"

namespace ocrtune::bench {
namespace {

cv::Mat as_image(double value) { return {1, 1, CV_64FC1, cv::Scalar(value)}; }

double opencv_sharpness(const cv::Mat& gray) {
  cv::Mat laplacian;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::Laplacian(gray, laplacian, CV_16S);
  cv::meanStdDev(laplacian, mean, deviation);
  return deviation[0] * deviation[0];
}

double opencv_contrast(const cv::Mat& gray) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(gray, mean, deviation);
  return deviation[0];
}

double opencv_cnr(const cv::Mat& gray) {
  cv::Mat foreground;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::threshold(gray, foreground, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  cv::meanStdDev(gray, mean, deviation, ~foreground);
  return (mean[0] - cv::mean(gray, foreground)[0]) / (deviation[0] + 0.1);
}

Comparison measure(const char* name, double (*ours)(const cv::Mat&),
                   double (*opencv)(const cv::Mat&)) {
  return {.kernel = name,
          .ours = [=](const cv::Mat& page) { return as_image(ours(page)); },
          .library = [=](const cv::Mat& page) { return as_image(opencv(page)); }};
}

const Registered kSharpness(measure("sharpness", sharpness, opencv_sharpness));
const Registered kContrast(measure("contrast", contrast, opencv_contrast));
const Registered kCnr(measure("cnr", cnr, opencv_cnr));

}  // namespace
}  // namespace ocrtune::bench
