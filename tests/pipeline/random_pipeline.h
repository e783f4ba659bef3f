#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::test {

/// A value the parameter may take, its ends more often than by chance.
inline double random_value(const Parameter& parameter, Random& random) {
  if (random.chance(0.1)) return parameter.min;
  if (random.chance(0.1)) return parameter.max;
  if (parameter.type == ParameterType::real) {
    return random.chance(0.1) ? -0.0 * parameter.max + std::max(0.0, parameter.min)
                              : random.uniform(parameter.min, parameter.max);
  }
  const int step = parameter.type == ParameterType::odd ? 2 : 1;
  return parameter.min +
         step * random.integer(0, static_cast<int>(parameter.max - parameter.min) / step);
}

inline Setting random_setting(const Parameter& parameter, const std::string& name, Random& random) {
  Setting setting{.name = name, .parameter = &parameter};
  setting.value = random_value(parameter, random);
  if (random.chance(0.5)) {
    std::array<double, 3> values{setting.value, random_value(parameter, random),
                                 random_value(parameter, random)};
    std::ranges::sort(values);
    setting.value = values[1];
    setting.free = Range{.low = values[0], .high = values[2]};
    // All choices are free or none.
    if (parameter.type == ParameterType::category) {
      setting.free = searched_range(parameter);
      return setting;
    }
    const bool plain =
        parameter.type == ParameterType::real || parameter.type == ParameterType::integer;
    if (plain && values[0] > 0 && random.chance(0.3)) {
      setting.free->log = true;
    } else if (random.chance(0.3)) {
      setting.free->step = 2 * random.integer(1, 3);
    }
  }
  return setting;
}

inline StageUse random_use(const Stage& stage, const std::string& prefix, Random& random) {
  StageUse use{.stage = &stage};
  for (const Parameter& parameter : stage.parameters) {
    use.settings.push_back(
        random_setting(parameter, fmt::format("{}_{}", prefix, parameter.name), random));
  }
  return use;
}

/// One that may follow what there is: colours are gone after the first stage that gives none.
inline const Stage& random_stage(const std::vector<StageUse>& before, Random& random) {
  const bool colour =
      std::ranges::all_of(before, [](const StageUse& use) { return use.stage->gives_colour; });
  for (;;) {
    const int which = random.integer(0, static_cast<int>(all_stages().size()) - 1);
    const Stage& stage = all_stages()[static_cast<std::size_t>(which)];
    if (colour || !stage.wants_colour) return stage;
  }
}

/// A slot of two to four choices; its alternatives are appended to `uses`.
inline Slot random_slot(const std::string& name, std::vector<StageUse>& uses, Random& random) {
  Slot slot{.name = name, .choices = {}};
  const auto count = static_cast<std::size_t>(random.integer(2, 4));
  if (random.chance(0.5)) slot.choices.emplace_back(kNoStage);
  while (slot.choices.size() < count) {
    const Stage& stage = random_stage(uses, random);
    if (std::ranges::find(slot.choices, stage.name) != slot.choices.end()) continue;
    slot.choices.push_back(stage.name);
    uses.push_back(random_use(stage, name + "_" + stage.name, random));
    uses.back().slot = name;
  }
  slot.chosen = static_cast<std::size_t>(random.integer(0, static_cast<int>(count) - 1));
  return slot;
}

/// Some of the choices, at least two, in any order.
inline std::vector<std::string> random_choices(std::vector<std::string> choices, Random& random) {
  for (std::size_t i = choices.size(); i-- > 1;)
    std::swap(choices[i],
              choices[static_cast<std::size_t>(random.integer(0, static_cast<int>(i)))]);
  choices.resize(static_cast<std::size_t>(random.integer(2, static_cast<int>(choices.size()))));
  return choices;
}

/// Some parameters of [ocr], fixed, free or perhaps set.
inline std::vector<OcrUse> random_ocr(Random& random) {
  std::vector<OcrUse> uses;
  for (const Parameter& parameter : ocr_parameters()) {
    if (random.chance(0.6)) continue;
    OcrUse use = ocr_use(parameter);
    if (!parameter.choices.empty() && random.chance(0.4)) {
      use.parameter = with_choices(parameter, random_choices(parameter.choices, random));
      use.free = searched_range(use.parameter);
      use.value = random.integer(0, static_cast<int>(use.parameter.choices.size()) - 1);
    } else {
      const Setting setting = random_setting(parameter, parameter.name, random);
      use.value = setting.value;
      use.free = setting.free;
    }
    if (random.chance(0.3)) use.name = "my_" + parameter.name;
    use.optional = random.chance(0.3);
    use.on = !use.optional || random.chance(0.5);
    if (use.optional && random.chance(0.5)) use.switch_name = "with_" + parameter.name;
    uses.push_back(std::move(use));
  }
  // Files have what has an effect.
  const std::vector<OcrUse> all = uses;
  std::erase_if(uses, [&](const OcrUse& use) { return !condition_of(use, all); });
  if (random.chance(0.3)) {
    OcrUse use = ocr_use(engine_option("engine_size", ParameterType::integer));
    use.value = random.integer(0, 5000);
    if (random.chance(0.5)) use.free = Range{.low = 0, .high = 5000};
    uses.push_back(use);
  }
  return uses;
}

/// Up to eight stages or slots of any kind, each setting fixed or free at random.
inline Pipeline random_pipeline(const std::string& name, const std::string& description,
                                Random& random) {
  std::vector<StageUse> uses;
  std::vector<Slot> slots;
  const int count = random.integer(0, 8);
  for (int i = 0; i < count; ++i) {
    if (random.chance(0.25)) {
      slots.push_back(random_slot(fmt::format("slot{}", i), uses, random));
      continue;
    }
    StageUse use = random_use(random_stage(uses, random), fmt::format("s{}", i), random);
    use.on = random.chance(0.7);
    use.optional = random.chance(0.4);
    uses.push_back(std::move(use));
  }
  return {name, description, std::move(uses), std::move(slots), random_ocr(random)};
}

}  // namespace ocrtune::test
