#pragma once

#include "ocrtune/server/json_request.h"
#include "ocrtune/workflow/option.h"

namespace ocrtune::server {

/// Sets what the fields of a JSON object state of the options that forms have; the others stay as
/// they are. Throws HttpError(400), naming the field, where there is none such or it isn't what the
/// table allows.
void read_options(const nlohmann::json& object, const workflow::Options& options);

/// OptionInfo of web/src/contract/api.ts, for each option that forms have.
nlohmann::json options_json(const workflow::Options& options);

}  // namespace ocrtune::server
