#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline_toml.h"
#include "ocrtune/pipeline/setting.h"

namespace ocrtune {

/// Reads parameters from a TOML file. Throws Error(pipeline_invalid): source, line, what is wrong,
/// what is allowed. Const use is thread-safe.
class SettingReader {
 public:
  explicit SettingReader(std::string_view source) : source_(source) {}

  /// The setting that `node` states for a parameter, which must outlive the result; nullptr: none
  /// stated. `name` is the setting's default name, `further` are keys of `{ … }` that the caller
  /// reads.
  [[nodiscard]] Setting read(const Parameter& parameter, const toml::node* node,
                             const std::string& name,
                             const std::vector<std::string>& further = {}) const;

  [[nodiscard]] bool flag_or(const toml::table& table, std::string_view key, bool otherwise) const;

  /// Letters, digits and _, at most 64.
  void check_name(const toml::table& table, std::string_view name) const;

 private:
  [[nodiscard]] double number(const toml::node& node, std::string_view what) const;
  [[nodiscard]] double value(const toml::node& node, const Parameter& parameter) const;
  void require_allowed(const toml::node& where, const Parameter& parameter, double value) const;
  void read_table(const toml::table& table, Setting& setting,
                  const std::vector<std::string>& further) const;
  [[nodiscard]] std::optional<Range> read_range(const toml::table& table,
                                                const Parameter& parameter) const;

  std::string source_;
};

/// The line that SettingReader reads. `usual_name` is the setting's default name, `further` other
/// entries of `{ … }`.
std::string setting_text(const Setting& setting, const std::string& usual_name,
                         const std::vector<std::string>& further = {});

/// Texts in quotes, with commas between them.
std::string joined_strings(const std::vector<std::string>& texts);

}  // namespace ocrtune
