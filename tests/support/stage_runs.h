#pragma once

#include <initializer_list>
#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

// The stages by their functions.
#define OCRTUNE_STAGE(function) Stage function();
#include "ocrtune/stages/stages.inc"
#undef OCRTUNE_STAGE

namespace test {

/// The values of a stage: as given, and as it has them initially.
Values values_of(const Stage& stage,
                 std::initializer_list<std::pair<const char*, double>> given = {});

/// The stage's output for a page of 8-bit gray.
cv::Mat output(const Stage& stage, const cv::Mat& gray,
               std::initializer_list<std::pair<const char*, double>> given = {});

/// Lines of text, and where their ink is (255).
struct TextPage {
  cv::Mat gray;
  cv::Mat ink;
};

/// How a page of text looks. Letters are about 13 px tall.
struct TextLook {
  double paper = 225;
  double ink = 0.3;      ///< share of the paper's light
  double shade = 0;      ///< share of the light that is lost from left to right
  double deviation = 0;  ///< of the noise
};
TextPage text_page(TextLook look);

/// The darkest level of the paper, away from ink, less the lightest of the ink: above 0 where one
/// threshold tells them apart. `out` has the size of the page.
double paper_above_ink(const cv::Mat& out, const TextPage& page);

/// How well a stage finds the ink of a page: the harmonic mean of the shares of the ink that became
/// black and of the black that is ink.
double f_measure(const cv::Mat& out, const TextPage& page);

}  // namespace test
}  // namespace ocrtune
