#pragma once

#include "ocrtune/analysis/verdict.h"

namespace ocrtune::test {

/// A verdict on 13 pages that recommends what was found, or `--effort normal`.
inline Verdict some_verdict(bool recommends) {
  return {.pages = 13,
          .with_truth = 2,
          .kept_aside = true,
          .points =
              {{.name = "original", .wrong = 16.04, .seconds = 1.2, .on_front = true},
               {.name = "low", .wrong = 5.2, .seconds = 3, .on_front = true},
               {.name = "normal", .wrong = 4.12, .seconds = 6.5, .on_front = false},
               {.name = "tuned-2", .tuned = true, .wrong = 2.88, .seconds = 5.1, .on_front = true}},
          .untuned = "normal",
          .found = "tuned-2",
          .wrong = {.mean = 2.88, .low = 2.1, .high = 3.9},
          .gain = {.mean = 1.24, .low = recommends ? 0.5 : -0.2, .high = 2},
          .recommends = recommends};
}

}  // namespace ocrtune::test
