#include "ocrtune/storage/postgresql_studies.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/storage/claims.h"
#include "ocrtune/storage/postgresql_database.h"

namespace ocrtune {
namespace {

/// Name, identity, and whether there are tables of the driver and of the verdict that may be read.
constexpr const char* kStudies =
    "SELECT n.nspname::text, s.oid::bigint, CASE WHEN d.oid IS NOT NULL AND "
    "has_table_privilege(d.oid, 'SELECT') THEN 1 ELSE 0 END, CASE WHEN v.oid IS NOT NULL AND "
    "has_table_privilege(v.oid, 'SELECT') THEN 1 ELSE 0 END FROM pg_class s JOIN pg_namespace n ON "
    "n.oid = s.relnamespace LEFT JOIN pg_class d ON d.relnamespace = n.oid AND d.relname = "
    "'ocrtune_driver' LEFT JOIN pg_class v ON v.relnamespace = n.oid AND v.relname = "
    "'ocrtune_verdict' WHERE s.relname = 'ocrtune_study' AND (n.nspname::text = ?1 OR (?1 = '' AND "
    "has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(s.oid, 'SELECT') AND NOT EXISTS "
    "(SELECT 1 FROM pg_class t WHERE t.relnamespace = n.oid AND (t.relkind NOT IN ('r', 'i', 'S') "
    "OR t.relrowsecurity)) AND n.oid NOT IN (SELECT pronamespace FROM pg_proc) AND n.oid NOT IN "
    "(SELECT oprnamespace FROM pg_operator))) ORDER BY 1 LIMIT ?2";

}  // namespace

PostgresqlStudies::PostgresqlStudies(const PostgresqlPlace& place)
    : only_(place.study),
      database_(open_postgresql({.connection = place.connection, .study = "pg_catalog"})) {}

std::vector<StudyState> PostgresqlStudies::look(std::size_t most) {
  std::vector<std::pair<StudyState, Tables>> found;
  Statement query(*database_, kStudies);
  query->bind(1, only_);
  query->bind(2, most);
  while (query->next()) {
    if (!may_name_study(query->view(0))) continue;
    found.emplace_back(StudyState{.name = query->text(0), .definition = query->text(1)},
                       Tables{.driver = query->integer(2) != 0, .verdict = query->integer(3) != 0});
  }
  std::vector<StudyState> studies;
  for (auto& [study, tables] : found) {
    try {
      look_into(study, tables);
    } catch (const ConnectionLost&) {
      throw;
    } catch (const Error& error) {
      study.problem = error.what();
    }
    studies.push_back(std::move(study));
  }
  return studies;
}

void PostgresqlStudies::look_into(StudyState& study, const Tables& tables) {
  const std::string table = fmt::format("\"{}\".ocrtune_", study.name);
  const std::string drivers =
      tables.driver ? fmt::format("SELECT COUNT(*) FROM {}driver WHERE seen >= {} - {}", table,
                                  database_->clock(), kLease)
                    : "SELECT 0";
  const std::string verdict = tables.verdict
                                  ? fmt::format("SELECT md5(verdict) FROM {}verdict LIMIT 1", table)
                                  : "SELECT ''";
  Statement row(
      *database_,
      fmt::format(
          "SELECT ({1}), COALESCE((SELECT finished_us FROM {0}trials ORDER BY id DESC LIMIT "
          "1), 0), COALESCE((SELECT MAX(id) FROM {0}trials), 0), (SELECT COUNT(*) FROM "
          "{0}reference_results), (SELECT md5(program) FROM {0}study LIMIT 1), "
          "COALESCE(({2}), '')",
          table, drivers, verdict));
  while (row->next()) {
    study.driven = row->integer(0) > 0;
    study.finished_us = row->integer(1);
    study.definition += fmt::format("-{}", row->view(4));
    study.version = fmt::format("{} {} {} {} {}", study.definition, study.finished_us,
                                row->integer(2), row->integer(3), row->view(5));
  }
}

}  // namespace ocrtune
