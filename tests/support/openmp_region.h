#pragma once

namespace ocrtune::test {

/// How many threads a region of OpenMP gets that asks for so many.
int openmp_threads(int wanted);

}  // namespace ocrtune::test
