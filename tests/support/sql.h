#pragma once

#include <filesystem>
#include <string>

namespace ocrtune::test {

/// Runs statements on a database as another program would; fails the test where SQLite refuses.
void run_sql(const std::filesystem::path& file, const std::string& sql);

}  // namespace ocrtune::test
