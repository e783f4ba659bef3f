#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/workflow/option.h"

namespace ocrtune::workflow {

/// Sets what the fields of a JSON object state of the options that forms have; the others stay as
/// they are. Throws Error(invalid_argument), naming the field, where there is none such or it isn't
/// what the table allows.
void read_options(const nlohmann::json& object, const Options& options);

/// OptionInfo of web/src/contract/api.ts, for each option that forms have.
nlohmann::json options_json(const Options& options);

}  // namespace ocrtune::workflow
