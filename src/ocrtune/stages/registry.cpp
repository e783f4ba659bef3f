#include "ocrtune/stages/registry.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

#define OCRTUNE_STAGE(function) Stage function();
#include "ocrtune/stages/stages.inc"
#undef OCRTUNE_STAGE

namespace {

/// The stages as their files declare them.
std::vector<Stage> declared_stages() {
  return {
#define OCRTUNE_STAGE(function) function(),
#include "ocrtune/stages/stages.inc"
#undef OCRTUNE_STAGE
  };
}

std::vector<Stage> completed_stages() {
  std::vector<Stage> stages = declared_stages();
  std::ranges::transform(stages, stages.begin(), completed);
  return stages;
}

}  // namespace

const std::vector<Stage>& all_stages() {
  static const std::vector<Stage> kStages = completed_stages();
  return kStages;
}

const Stage* find_stage(std::string_view name) {
  for (const Stage& stage : all_stages()) {
    if (stage.name == name) return &stage;
  }
  return nullptr;
}

const Stage& stage_named(std::string_view name) {
  if (const Stage* stage = find_stage(name)) return *stage;
  std::vector<std::string> names;
  for (const Stage& stage : all_stages()) names.push_back(stage.name);
  throw Error(Errc::pipeline_invalid, unknown_name(tr("stage"), name, names));
}

}  // namespace ocrtune
