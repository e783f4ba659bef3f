#include "ocrtune/apply/journal_settings.h"

#include <optional>
#include <utility>

#include "ocrtune/apply/shared_journal_schema.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

void store_settings(PreparedStatements& statements, const std::string& settings) {
  SqlStatement& row = statements.of("INSERT INTO ocrtune_apply VALUES (1, ?, ?, 0, 0, 0)");
  row.bind(1, kSharedFormat);
  row.bind(2, settings);
  row.run();
}

void require_same_settings(std::int64_t format, const std::string& stored,
                           const std::string& settings) {
  if (format > kSharedFormat)
    throw Error(Errc::study_error, tr("was written by a newer version of ocrtune"));
  if (stored == settings) return;
  throw Error(Errc::study_error,
              tr("this journal was written with other settings or by another version; name "
                 "another one"));
}

void keep_models(PreparedStatements& statements, const std::string& lang,
                 const std::string& identity) {
  SqlStatement& known = statements.of("SELECT identity FROM ocrtune_apply_models WHERE lang = ?");
  known.bind(1, lang);
  std::optional<std::string> stored;
  while (known.next()) stored = known.text(0);
  if (!stored) {
    SqlStatement& row = statements.of("INSERT INTO ocrtune_apply_models VALUES (?, ?)");
    row.bind(1, lang);
    row.bind(2, identity);
    row.run();
  } else if (*stored != identity) {
    throw Error(Errc::study_error,
                tr("this journal was written with other models of `{}`; use the same, or name "
                   "another journal",
                   quotable(lang, 80)));
  }
}

}  // namespace

void keep_settings(PreparedStatements& statements, const std::string& settings,
                   const std::map<std::string, std::string>& models) {
  SqlStatement& row = statements.of("SELECT format, settings FROM ocrtune_apply");
  std::optional<std::pair<std::int64_t, std::string>> stored;
  while (row.next()) stored = {row.integer(0), row.text(1)};
  if (stored)
    require_same_settings(stored->first, stored->second, settings);
  else
    store_settings(statements, settings);
  for (const auto& [lang, identity] : models) keep_models(statements, lang, identity);
}

}  // namespace ocrtune
