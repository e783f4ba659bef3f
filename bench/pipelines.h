#pragma once

#include <vector>

#include "ocrtune/pipeline/pipeline.h"

/// The pipelines of the portfolio `documents`, and so many random points of the pipeline `auto`,
/// always the same ones: random-0, random-1, …
std::vector<ocrtune::Pipeline> documents_and_random(int points);
