#include "ocrtune/pipeline/pipeline.h"

#include <fmt/format.h>

#include <new>
#include <opencv2/core.hpp>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

[[noreturn]] void invalid(const std::string& why) {
  throw Error(ExitStatus::pipeline_invalid, why);
}

const Parameter& switch_parameter() {
  static const Parameter kSwitch{.name = "use",
                                 .type = ParameterType::boolean,
                                 .low = 0,
                                 .high = 1,
                                 .initial = 1,
                                 .min = 0,
                                 .max = 1,
                                 .unit = "",
                                 .help = ""};
  return kSwitch;
}

Dimension dimension_of(const StageUse& use, const Setting& setting) {
  return {.name = setting.name,
          .type = setting.parameter->type,
          .low = setting.free->low,
          .high = setting.free->high,
          .initial = setting.value,
          .active_if = use.optional ? use.switch_name : ""};
}

/// Turns what a stage throws into an Error that names it.
template <typename Action>
auto guarded(const Stage& stage, Action action) {
  try {
    return action();
  } catch (const std::bad_alloc&) {
    throw Error(ExitStatus::limit_reached, fmt::format("stage {}: memory ran out", stage.name));
  } catch (const cv::Exception& error) {
    throw Error(ExitStatus::limit_reached,
                fmt::format("stage {}: {}", stage.name,
                            error.code == cv::Error::StsNoMem ? "memory ran out" : error.err));
  }
}

}  // namespace

Pipeline::Pipeline(std::string name, std::string description, std::vector<StageUse> stages)
    : name_(std::move(name)), description_(std::move(description)), stages_(std::move(stages)) {
  std::set<std::string> taken;
  for (StageUse& use : stages_) {
    use.switch_name = "use_" + use.stage->name;
    for (int copy = 2; !taken.insert(use.switch_name).second; ++copy) {
      use.switch_name = fmt::format("use_{}_{}", use.stage->name, copy);
    }
  }
  for (const StageUse& use : stages_) {
    for (const Setting& setting : use.settings) {
      if (taken.insert(setting.name).second) continue;
      invalid(
          fmt::format("two parameters are called `{}`; name the one of stage `{}` with as = \"…\"",
                      setting.name, use.stage->name));
    }
  }
}

Space Pipeline::space() const {
  std::vector<Dimension> dimensions;
  for (const StageUse& use : stages_) {
    if (use.optional) {
      dimensions.push_back({.name = use.switch_name,
                            .type = ParameterType::boolean,
                            .low = 0,
                            .high = 1,
                            .initial = use.on ? 1.0 : 0.0,
                            .active_if = ""});
    }
    if (!use.on && !use.optional) continue;
    for (const Setting& setting : use.settings) {
      if (setting.free) dimensions.push_back(dimension_of(use, setting));
    }
  }
  return Space(std::move(dimensions));
}

Pipeline::Target Pipeline::target(std::string_view name) {
  for (StageUse& use : stages_) {
    if (name == use.switch_name) return {&use, nullptr};
    for (Setting& setting : use.settings) {
      if (name == setting.name || name == use.stage->name + "." + setting.parameter->name) {
        return {&use, &setting};
      }
    }
  }
  const std::vector<std::string> known = parameter_names();
  invalid(fmt::format("pipeline `{}` has no parameter `{}`{}; it has: {}", quotable(name_, 60),
                      quotable(name, 60), did_you_mean(name, known),
                      known.empty() ? "none" : joined(known)));
}

void Pipeline::fix(std::string_view name, double value) {
  const Target found = target(name);
  if (found.setting == nullptr) {
    check_value(switch_parameter(), value, name);
    found.use->on = value != 0;
    found.use->optional = false;
    return;
  }
  check_value(*found.setting->parameter, value, name);
  found.setting->value = value;
  found.setting->free.reset();
}

void Pipeline::free(std::string_view name, std::optional<Range> range) {
  const Target found = target(name);
  if (found.setting == nullptr) {
    if (range)
      invalid(fmt::format("{}: a switch is free between on and off; it has no range", name));
    found.use->optional = true;
    return;
  }
  const Parameter& parameter = *found.setting->parameter;
  const Range ends = range.value_or(Range{parameter.low, parameter.high});
  check_range(parameter, ends.low, ends.high, name);
  found.setting->free = ends;
  found.setting->value = std::clamp(found.setting->value, ends.low, ends.high);
}

Pipeline Pipeline::at(const Point& point) const {
  Pipeline fixed = *this;
  for (StageUse& use : fixed.stages_) {
    use.optional = false;
    for (Setting& setting : use.settings) setting.free.reset();
  }
  for (const auto& [name, value] : point.values) fixed.fix(name, value);
  return fixed;
}

Values values_of(const StageUse& use) {
  Values values;
  for (const Setting& setting : use.settings) values.set(setting.parameter->name, setting.value);
  return values;
}

double measure_for(const Stage& stage, const Image& in) {
  return stage.measure ? guarded(stage, [&] { return stage.measure(in); }) : 0;
}

Image run_stage(const Stage& stage, const Image& in, const Values& settled) {
  return guarded(stage, [&] { return stage.run(in, settled); });
}

Image Pipeline::run(const Image& page) const {
  Image image = page;
  for (const StageUse& use : stages_) {
    if (!use.on) continue;
    const double measured = measure_for(*use.stage, image);
    image = run_stage(*use.stage, image, settled(*use.stage, values_of(use), measured));
  }
  return image;
}

std::vector<std::string> Pipeline::parameter_names() const {
  std::vector<std::string> names;
  for (const StageUse& use : stages_) {
    names.push_back(use.switch_name);
    for (const Setting& setting : use.settings) names.push_back(setting.name);
  }
  return names;
}

ParameterType Pipeline::type_of(std::string_view name) const {
  Pipeline copy = *this;
  const Target found = copy.target(name);
  return found.setting == nullptr ? ParameterType::boolean : found.setting->parameter->type;
}

}  // namespace ocrtune
