#include "inputs.h"

#include <fmt/format.h>

#include <iostream>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"

std::vector<ocrtune::Pipeline> documents_and_random(int points) {
  using namespace ocrtune;
  std::vector<Pipeline> pipelines = load_portfolio("documents").pipelines;
  const Pipeline searched = load_pipeline("auto");
  const Space space = searched.space();
  Random random(7);
  std::vector<double> units(space.size());
  for (int i = 0; i < points; ++i) {
    for (double& unit : units) unit = random.uniform();
    const Pipeline fixed = searched.at(space.at(units));
    pipelines.emplace_back(fmt::format("random-{}", i), "", fixed.stages(), fixed.slots(),
                           fixed.ocr());
  }
  return pipelines;
}

ocrtune::Corpus pages_with_truth(const std::vector<std::string>& inputs, int workers) {
  using namespace ocrtune;
  std::vector<Problem> problems;
  const Corpus all = Corpus::load(expand_inputs(inputs, std::cin, problems),
                                  {.workers = workers, .in_colour = true}, problems);
  std::vector<std::size_t> with_truth;
  for (std::size_t i = 0; i < all.pages().size(); ++i) {
    if (all.pages()[i].truth) with_truth.push_back(i);
  }
  return all.selected(with_truth);
}
