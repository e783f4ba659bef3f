#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "documents.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/preview/previews.h"
#include "ocrtune/server/dispatcher.h"
#include "ocrtune/server/serve.h"
#include "ocrtune/server/server_limits.h"

namespace ocrtune::docs_test {
namespace {

namespace fs = std::filesystem;

std::set<std::string> stated_addresses(const std::string& page) {
  std::set<std::string> stated;
  for (const Row& row : first_table(section(page, "Addresses"))) stated.insert(plain(row[0]));
  return stated;
}

TEST(DocsApi, ThePageHasEveryAddressThatIsAnswered) {
  const fs::path folder = fs::path(::testing::TempDir()) / "ocrtune-docs-api";
  fs::create_directories(folder);
  const std::vector<std::string> answered = server::all_addresses(folder);
  fs::remove_all(folder);
  EXPECT_EQ(stated_addresses(repository_text("docs/reference/api.md")),
            std::set<std::string>(answered.begin(), answered.end()));
}

TEST(DocsApi, ThePageHasTheLimits) {
  const std::string limits = section(repository_text("docs/reference/api.md"), "Limits");
  const auto has = [&](const std::string& text) {
    EXPECT_NE(limits.find(text), std::string::npos) << text;
  };
  has(std::to_string(server::kMaxJsonBytes >> 20U) + " MiB, " + std::to_string(kMaxJsonDepth) +
      " levels deep");
  has(std::to_string(server::kMaxUploadBytes >> 20U) + " MiB; it goes to the disk");
  const server::ServerLimits stated;
  const auto seconds = [](std::chrono::milliseconds time) {
    return fmt::format("{:g} s", static_cast<double>(time.count()) / 1e3);
  };
  has("answered at once | " + std::to_string(stated.request_threads) + ";");
  has("event streams | " + std::to_string(stated.event_streams) + " |");
  has(std::to_string(stated.head_bytes >> 10U) + " KiB, within " + seconds(stated.head_time) +
      "; within " + seconds(stated.crowded_time));
  has("connections | " + std::to_string(stated.connections) + ", " + seconds(stated.idle_time));
  has("within 2 min, never silent for " + seconds(stated.silence));
  EXPECT_EQ(stated.body_time, std::chrono::minutes(2));
  has(std::to_string(kPreviewsAtOnce) + " at once, " + std::to_string(kMaxWaitingPreviews) +
      " that wait");
}

}  // namespace
}  // namespace ocrtune::docs_test
