#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/toml_text.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Greatest size of a pipeline file, bytes.
inline constexpr std::uint64_t kPipelineFileLimit = 1'000'000;

/// parse_toml() of a file of pipelines. Throws Error(pipeline_invalid): source, line, what is
/// wrong.
toml::table parse_pipeline_toml(std::string_view text, std::string_view source);

/// The pipeline that a table describes (docs/reference/pipelines.md); `place` is the table's path,
/// for messages. Keys named in `further` are left to the caller. Throws Error(pipeline_invalid):
/// source, line, what is wrong, what is allowed.
Pipeline pipeline_of(const toml::table& table, std::string_view source, std::string_view place,
                     const std::vector<std::string>& further = {});

/// Throws Error(pipeline_invalid): source, the node's line, why.
[[noreturn]] void fail_at(const toml::node& where, std::string_view source, std::string_view why);

/// Throws as fail_at for a key that is not `known`.
void check_keys(const toml::table& table, const std::vector<std::string>& known,
                std::string_view place, std::string_view source);

/// The one line of text under `key`. Throws as fail_at if it is something else.
std::string text_or(const toml::table& table, std::string_view key, std::string_view otherwise,
                    std::string_view source);

/// The text in quotes, as in TOML.
std::string toml_string(std::string_view text);

}  // namespace ocrtune
