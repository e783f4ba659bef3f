#include "ocrtune/pipeline/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/stages/run_stage.h"

namespace ocrtune {
namespace {

[[noreturn]] void invalid(const std::string& why) { throw Error(Errc::pipeline_invalid, why); }

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

Parameter slot_parameter(const Slot& slot) { return category(slot.name, slot.choices, ""); }

Dimension dimension_of(const Slot& slot) {
  return {.name = slot.name,
          .type = ParameterType::category,
          .high = static_cast<double>(slot.choices.size() - 1),
          .initial = static_cast<double>(slot.chosen),
          .choices = slot.choices,
          .active_if = ""};
}

/// Pages have colours until a stage that outputs gray. Alternatives in one slot do not follow each
/// other.
void check_colour(const std::vector<StageUse>& stages) {
  const StageUse* gray = nullptr;  // the first stage that outputs gray
  for (const StageUse& use : stages) {
    const Stage& stage = *use.stage;
    const bool alternative = gray != nullptr && !use.slot.empty() && use.slot == gray->slot;
    if (stage.wants_colour && gray != nullptr && !alternative) {
      invalid(tr("stage `{}` needs colours, which `{}` removes; put it before that stage",
                 stage.name, gray->stage->name));
    }
    if (gray == nullptr && !stage.gives_colour) gray = &use;
  }
}

double choice_of(const Slot& slot, const StageUse& use) {
  return static_cast<double>(std::ranges::find(slot.choices, use.stage->name) -
                             slot.choices.begin());
}

Dimension dimension_of_switch(const std::string& name, bool on) {
  return {.name = name,
          .type = ParameterType::boolean,
          .low = 0,
          .high = 1,
          .initial = on ? 1.0 : 0.0,
          .active_if = ""};
}

/// The dimension without a condition.
Dimension dimension_of(const std::string& name, const Parameter& parameter, const Range& range,
                       double initial) {
  return {.name = name,
          .type = parameter.type,
          .low = range.low,
          .high = range.high,
          .initial = initial,
          .log = range.log,
          .step = range.step,
          .choices = parameter.choices,
          .active_if = ""};
}

/// The order of ocr_parameters(); options of external engines follow by name.
std::pair<std::size_t, std::string> place_of(const OcrUse& use) {
  const auto found = std::ranges::find(ocr_parameters(), use.parameter.name, &Parameter::name);
  return {static_cast<std::size_t>(found - ocr_parameters().begin()), use.parameter.name};
}

void add_dimensions(const OcrUse& use, const std::vector<OcrUse>& all,
                    std::vector<Dimension>& dimensions) {
  const auto condition = condition_of(use, all);
  if (!use.may_be_set() || !condition) return;
  std::string active_if;
  std::vector<double> active_values;
  if (const OcrUse* parent = condition->parent) {
    if (parent->free) active_values = {condition->choice};
    active_if = parent->free ? parent->name : parent->optional ? parent->switch_name : "";
  }
  const auto add = [&](Dimension dimension) {
    dimension.active_if = active_if;
    dimension.active_values = active_values;
    dimensions.push_back(std::move(dimension));
  };
  if (use.optional) {
    add(dimension_of_switch(use.switch_name, use.on));
    active_if = use.switch_name;
    active_values.clear();
  }
  if (use.free) add(dimension_of(use.name, use.parameter, *use.free, use.value));
}

}  // namespace

Pipeline::Pipeline(std::string name, std::string description, std::vector<StageUse> stages,
                   std::vector<Slot> slots, std::vector<OcrUse> ocr)
    : name_(std::move(name)),
      description_(std::move(description)),
      stages_(std::move(stages)),
      slots_(std::move(slots)),
      ocr_(std::move(ocr)) {
  std::set<std::string> taken;
  for (const Slot& slot : slots_) {
    if (!taken.insert(slot.name).second)
      invalid(tr("two alternatives have the name `{}`; rename one with as = \"…\"", slot.name));
  }
  for (StageUse& use : stages_) {
    use.switch_name = "use_" + use.stage->name;
    for (int copy = 2; !taken.insert(use.switch_name).second; ++copy) {
      use.switch_name = fmt::format("use_{}_{}", use.stage->name, copy);
    }
  }
  for (StageUse& use : stages_) {
    if (use.slot.empty()) continue;
    const Slot& own = slot(use.slot);
    use.on = own.choices[own.chosen] == use.stage->name;
    use.optional = true;
  }
  check_colour(stages_);
  for (const StageUse& use : stages_) {
    for (const Setting& setting : use.settings) {
      if (taken.insert(setting.name).second) continue;
      invalid(tr("two parameters have the name `{}`; rename the one of stage `{}` with as = \"…\"",
                 setting.name, use.stage->name));
    }
  }
  std::ranges::sort(ocr_, {}, place_of);
  for (const OcrUse& use : ocr_) {
    for (const std::string& own : {use.switch_name, use.name}) {
      if (taken.insert(own).second) continue;
      invalid(
          tr("two parameters have the name `{}`; rename the one of [ocr] with as = \"…\"", own));
    }
  }
}

const Slot& Pipeline::slot(std::string_view name) const {
  return *std::ranges::find(slots_, name, &Slot::name);
}

Space Pipeline::space() const {
  std::vector<Dimension> dimensions;
  std::string_view last_slot;
  for (const StageUse& use : stages_) {
    const bool alternative = !use.slot.empty();
    if (alternative && use.slot != last_slot) dimensions.push_back(dimension_of(slot(use.slot)));
    last_slot = use.slot;
    if (!alternative && use.optional)
      dimensions.push_back(dimension_of_switch(use.switch_name, use.on));
    if (!use.on && !use.optional) continue;
    for (const Setting& setting : use.settings) {
      if (!setting.free) continue;
      dimensions.push_back(
          dimension_of(setting.name, *setting.parameter, *setting.free, setting.value));
      dimensions.back().active_if = alternative ? use.slot : use.optional ? use.switch_name : "";
      if (alternative) dimensions.back().active_values = {choice_of(slot(use.slot), use)};
    }
  }
  for (const OcrUse& use : ocr_) add_dimensions(use, ocr_, dimensions);
  return Space(std::move(dimensions));
}

Pipeline::Target Pipeline::target(std::string_view name) {
  for (Slot& slot : slots_) {
    if (name == slot.name) return {.slot = &slot};
  }
  for (StageUse& use : stages_) {
    if (name == use.switch_name) {
      if (use.slot.empty()) return {.use = &use};
      invalid(tr("{} is an alternative in `{}`, which takes: {}", use.stage->name, use.slot,
                 joined(slot(use.slot).choices)));
    }
    for (Setting& setting : use.settings) {
      if (name == setting.name || name == use.stage->name + "." + setting.parameter->name) {
        return {.use = &use, .setting = &setting};
      }
    }
  }
  if (const Target found = ocr_target(name); found.ocr != nullptr) return found;
  const std::vector<std::string> known = parameter_names();
  invalid(tr("pipeline `{}` has no parameter `{}`{}; it has: {}", quotable(name_, 60),
             quotable(name, 60), did_you_mean(name, known),
             known.empty() ? tr("none") : joined(known)));
}

/// A parameter of [ocr]; adds it if it is missing. None: not a parameter of [ocr].
Pipeline::Target Pipeline::ocr_target(std::string_view name) {
  for (OcrUse& use : ocr_) {
    if (name == use.switch_name) return {.ocr = &use, .is_switch = true};
    if (name == use.name || name == "ocr." + use.parameter.name) return {.ocr = &use};
  }
  const std::string_view own = name.starts_with("ocr.") ? name.substr(4) : name;
  const Parameter* parameter = find_ocr_parameter(own);
  if (parameter == nullptr && engine_option_of(own).empty()) return {};
  std::vector<OcrUse> ocr = ocr_;
  ocr.push_back(ocr_use(
      parameter != nullptr ? *parameter : engine_option(std::string(own), ParameterType::real)));
  *this = Pipeline(name_, description_, stages_, slots_, std::move(ocr));
  return {.ocr = &*std::ranges::find(ocr_, own, &OcrUse::name)};
}

void Pipeline::fix(std::string_view name, double value) {
  const Target found = target(name);
  if (found.slot != nullptr) {
    check_value(slot_parameter(*found.slot), value, name);
    fix_slot(static_cast<std::size_t>(found.slot - slots_.data()), static_cast<std::size_t>(value));
    return;
  }
  const auto fix_switch = [&](auto& use) {
    check_value(switch_parameter(), value, name);
    use.on = value != 0;
    use.optional = false;
  };
  const auto fix_value = [&](const Parameter& parameter, auto& setting) {
    check_value(parameter, value, name);
    setting.value = value;
    setting.free.reset();
  };
  if (found.ocr != nullptr && found.is_switch) return fix_switch(*found.ocr);
  if (found.ocr != nullptr) return fix_value(found.ocr->parameter, *found.ocr);
  if (found.setting == nullptr) return fix_switch(*found.use);
  fix_value(*found.setting->parameter, *found.setting);
}

void Pipeline::fix_engine_choice(std::string_view name, const std::string& choice) {
  const Target found = target(name);
  if (found.ocr == nullptr || engine_option_of(found.ocr->parameter.name).empty())
    invalid(tr("{} is no option of an OCR engine", quotable(name, 60)));
  std::vector<OcrUse> ocr = ocr_;
  ocr[static_cast<std::size_t>(found.ocr - ocr_.data())] =
      ocr_use(engine_option(found.ocr->parameter.name, ParameterType::category, {choice}));
  *this = Pipeline(name_, description_, stages_, slots_, std::move(ocr));
}

void Pipeline::fix_slot(std::size_t index, std::size_t choice) {
  const Slot slot = std::move(slots_[index]);
  slots_.erase(slots_.begin() + static_cast<std::ptrdiff_t>(index));
  std::erase_if(stages_, [&](const StageUse& use) {
    return use.slot == slot.name && use.stage->name != slot.choices[choice];
  });
  for (StageUse& use : stages_) {
    if (use.slot != slot.name) continue;
    use.slot.clear();
    use.on = true;
    use.optional = false;
  }
}

void Pipeline::free(std::string_view name, std::optional<Range> range) {
  const Target found = target(name);
  const bool is_switch = found.ocr != nullptr ? found.is_switch : found.setting == nullptr;
  if (is_switch) {
    if (range) invalid(tr("{}: a category has no range", name));
    if (found.use != nullptr) found.use->optional = true;
    if (found.ocr != nullptr) found.ocr->optional = true;
    return;
  }
  const auto free_value = [&](const Parameter& parameter, auto& setting) {
    const Range ends = range.value_or(searched_range(parameter));
    check_range(parameter, ends, name);
    setting.free = ends;
    setting.value = std::clamp(setting.value, ends.low, ends.high);
  };
  if (found.ocr != nullptr) return free_value(found.ocr->parameter, *found.ocr);
  free_value(*found.setting->parameter, *found.setting);
}

Pipeline Pipeline::at(const Point& point) const {
  Pipeline fixed = *this;
  for (StageUse& use : fixed.stages_) {
    if (use.slot.empty()) use.optional = false;
    for (Setting& setting : use.settings) setting.free.reset();
  }
  for (OcrUse& use : fixed.ocr_) {
    use.optional = false;
    use.free.reset();
  }
  const auto is_slot = [&](std::string_view name) {
    return std::ranges::find(slots_, name, &Slot::name) != slots_.end();
  };
  for (const auto& [name, value] : point.values) {
    if (!is_slot(name)) fixed.fix(name, value);
  }
  // Last, because this removes the settings of stages that were not chosen.
  for (const Slot& slot : slots_)
    fixed.fix(slot.name, point.find(slot.name).value_or(static_cast<double>(slot.chosen)));
  return fixed;
}

Values values_of(const StageUse& use) {
  Values values;
  for (const Setting& setting : use.settings) values.set(setting.parameter->name, setting.value);
  return values;
}

bool Pipeline::wants_colour() const {
  return std::ranges::any_of(stages_, [](const StageUse& use) {
    return use.stage->wants_colour && (use.on || use.optional);
  });
}

Image Pipeline::run(const Image& page) const {
  Image image = page;
  for (const StageUse& use : stages_) {
    if (!use.on) continue;
    const double measured = measure_for(*use.stage, image);
    image = run_stage(*use.stage, image, resolved(*use.stage, values_of(use), measured));
  }
  image.colour.release();
  return image;
}

OcrSettings Pipeline::ocr_settings(const Image& made) const {
  return ocr_settings_of(ocr_, needs_x_height(ocr_) ? x_height_for(made) : 0);
}

std::vector<std::string> Pipeline::parameter_names() const {
  std::vector<std::string> names;
  for (const Slot& slot : slots_) names.push_back(slot.name);
  for (const StageUse& use : stages_) {
    if (use.slot.empty()) names.push_back(use.switch_name);
    for (const Setting& setting : use.settings) names.push_back(setting.name);
  }
  for (const OcrUse& use : ocr_) {
    if (use.optional) names.push_back(use.switch_name);
    names.push_back(use.name);
  }
  return names;
}

Parameter Pipeline::parameter_of(std::string_view name) const {
  Pipeline copy = *this;
  const Target found = copy.target(name);
  if (found.slot != nullptr) return slot_parameter(*found.slot);
  if (found.ocr != nullptr) return found.is_switch ? switch_parameter() : found.ocr->parameter;
  return found.setting == nullptr ? switch_parameter() : *found.setting->parameter;
}

Pipeline without_idle_stages(const Pipeline& pipeline, const std::string& name) {
  std::vector<StageUse> stages = pipeline.stages();
  std::erase_if(stages, [](const StageUse& stage) { return !stage.on; });
  for (StageUse& stage : stages) stage.slot.clear();
  return {name, "", std::move(stages), {}, pipeline.ocr()};
}

}  // namespace ocrtune
