#pragma once

#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/pipeline/pipeline.h"

/// The pipelines of the portfolio `documents`, and so many random points of the pipeline `auto`,
/// always the same ones: random-0, random-1, …
std::vector<ocrtune::Pipeline> documents_and_random(int points);

/// The pages that have a truth, in colour; inputs as `ocrtune read` takes them.
ocrtune::Corpus pages_with_truth(const std::vector<std::string>& inputs, int workers);
