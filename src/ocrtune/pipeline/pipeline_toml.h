#pragma once

// Within the library only: users of the library need no toml++.
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Longest file of pipelines that is read.
inline constexpr std::uint64_t kPipelineFileLimit = 1'000'000;

/// The document. Throws Error(pipeline_invalid): source, line, what is wrong.
toml::table parse_toml(std::string_view text, std::string_view source);

/// The pipeline a table describes (docs/pipelines.md); `place` is where it stands, in messages.
/// Throws Error(pipeline_invalid): source, line, what is wrong, what is allowed.
Pipeline pipeline_of(const toml::table& table, std::string_view source, std::string_view place);

/// Throws Error(pipeline_invalid): source, the node's line, why.
[[noreturn]] void fail_at(const toml::node& where, std::string_view source, std::string_view why);

/// Throws as fail_at for a key that isn't `known`.
void check_keys(const toml::table& table, const std::vector<std::string>& known,
                std::string_view place, std::string_view source);

/// The one line of text under `key`. Throws as fail_at where it is something else.
std::string text_or(const toml::table& table, std::string_view key, std::string_view otherwise,
                    std::string_view source);

/// In quotes, as TOML writes it.
std::string toml_string(std::string_view text);

}  // namespace ocrtune
