#include "support/openmp_region.h"

namespace ocrtune::test {

int openmp_threads(int wanted) {
  int threads = 0;
#pragma omp parallel num_threads(wanted)
  {
#pragma omp atomic
    ++threads;
  }
  return threads;
}

}  // namespace ocrtune::test
