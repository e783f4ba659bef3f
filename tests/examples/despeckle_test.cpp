#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "pages/sheet.h"
#include "support/stage_runs.h"

namespace ocrtune::examples {
namespace {

/// Dots, accents and punctuation.
cv::Mat dotted_page(const char* family, double dpi) {
  Sheet sheet(300, 120, dpi, Language::french);
  sheet.text(
      "i. j; ï: ë, à' é! ù? ç… il a, dit-il. « Où ? » Jamais ; ici : là, déjà. "
      "Voici l’île ; Zoë y naît. 3.14, 2:1, i.e. j.i.i.j.",
      {.family = family, .size_pt = 10}, {.x = 10, .y = 10, .width = 280, .bottom = 115});
  return sheet.gray();
}

/// Darker is ink: who loses less can still be seen.
constexpr double kInk = 160;

int parts(const cv::Mat& page) {
  cv::Mat labels;
  return cv::connectedComponents(page < kInk, labels, 8);
}

TEST(Despeckle, LeavesDotsAccentsAndPunctuationAlone) {
  for (const char* family :
       {"Liberation Serif", "Liberation Sans", "DejaVu Sans", "EB Garamond", "Courier Prime"}) {
    for (const double dpi : {150.0, 200.0, 300.0, 600.0}) {
      const cv::Mat page = dotted_page(family, dpi);
      Values values;
      for (const Parameter& parameter : despeckle().parameters)
        values.set(parameter.name, parameter.initial);
      const cv::Mat out = ocrtune::apply(despeckle(), {page, {}}, values).gray;
      EXPECT_EQ(parts(out), parts(page)) << family << " at " << dpi << " dpi";
      cv::Mat off;
      cv::absdiff(out, page, off);
      EXPECT_LT(cv::norm(off, cv::NORM_INF), kInk) << family << " at " << dpi << " dpi";
    }
  }
}

}  // namespace
}  // namespace ocrtune::examples
