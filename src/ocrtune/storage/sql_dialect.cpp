#include "ocrtune/storage/sql_dialect.h"

#include <array>
#include <utility>

namespace ocrtune {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

/// Longer ones first, for a shorter one may be a part of them.
constexpr std::array kTypes{
    Replacement{" INTEGER NOT NULL PRIMARY KEY", " BIGSERIAL NOT NULL PRIMARY KEY"},
    Replacement{" WITHOUT ROWID", ""},
    Replacement{" INTEGER", " BIGINT"},
    Replacement{" REAL", " DOUBLE PRECISION"},
    Replacement{" FLOAT", " DOUBLE PRECISION"},
    Replacement{" DATETIME", " TIMESTAMP"},
    // Optuna's columns of enumerations, by the lengths that SQLAlchemy gives them elsewhere.
    Replacement{"  direction VARCHAR(8)", "  direction studydirection"},
    Replacement{"  state VARCHAR(8)", "  state trialstate"},
    Replacement{"  intermediate_value_type VARCHAR(7)",
                "  intermediate_value_type trialintermediatevaluetype"},
    Replacement{"  value_type VARCHAR(7)", "  value_type trialvaluetype"},
};

void replace_all(std::string& text, const Replacement& replacement) {
  const auto& [old, fresh] = replacement;
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos; at += fresh.size())
    text.replace(at, old.size(), fresh);
}

}  // namespace

std::string postgresql_schema(std::string_view script) {
  std::string text(script);
  for (const Replacement& replacement : kTypes) replace_all(text, replacement);
  return text;
}

std::string numbered_parameters(std::string_view statement) {
  std::string text;
  int count = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < statement.size(); ++i) {
    const char c = statement[i];
    quoted = quoted != (c == '\'');
    if (c != '?' || quoted) {
      text += c;
      continue;
    }
    const bool has_number =
        i + 1 < statement.size() && statement[i + 1] >= '1' && statement[i + 1] <= '9';
    text += has_number ? "$" : "$" + std::to_string(++count);
  }
  return text;
}

}  // namespace ocrtune
