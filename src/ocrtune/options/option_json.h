#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/options/option.h"

namespace ocrtune::workflow {

/// Sets the options of web forms from the fields of a JSON object; others are unchanged. Throws
/// Error(invalid_argument), naming the field, if there is no such option or its value is not
/// allowed.
void read_options(const nlohmann::json& object, const Options& options);

/// option_info of api.schema.json for each option of web forms.
nlohmann::json options_json(const Options& options);

}  // namespace ocrtune::workflow
