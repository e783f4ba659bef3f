#include "ocrtune/catalogue/server_studies.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "ocrtune/catalogue/study_book.h"
#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/task_queue.h"
#include "support/errors.h"
#include "support/postgresql_server.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using test::contains;
using test::error_of;

constexpr const char* kNoServer = "postgresql:///ocr/gone?host=/nowhere";

/// The entry of that name once it fulfils a condition.
template <typename Condition>
json awaited(const StudyBook& book, const std::string& name, Condition condition) {
  for (int i = 0; i < 1200; ++i) {
    for (const json& entry : book.server_entries()) {
      if (entry.at("name") == name && condition(entry)) return entry;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  ADD_FAILURE() << name << ": " << book.server_entries().dump();
  return {};
}

TEST(ServerStudies, OnlyGivenAddressesAreTaken) {
  const test::TempFolder folder;
  const auto made = [&](const std::vector<std::string>& addresses) {
    return ServerStudies(addresses, StampedCache(folder.path())).entries();
  };
  EXPECT_EQ(made({"postgresql://h/ocr", "postgresql://h/ocr/a", "postgresql://h/ocr"}).size(), 1U);
  for (const char* address : {"scans.db", "postgresql://h/", "postgresql://h/ocr/a/b c"})
    error_of(Errc::invalid_argument, [&] { (void)made({address}); });
  for (const char* address : {"postgresql://u:secret@h/ocr", "postgresql://u:secret@h/ocr/a"}) {
    const std::string line = error_of(Errc::invalid_argument, [&] { (void)made({address}); });
    EXPECT_TRUE(contains(line, "~/.pgpass") && !contains(line, "secret")) << line;
  }
  const ServerStudies studies({"postgresql://h/ocr/a"}, StampedCache(folder.path()));
  const std::string token = database_token(postgresql_place("postgresql://me@h/ocr/b"));
  EXPECT_TRUE(studies.owns("a@" + token));
  for (const std::string& id : {"b@" + token, "a@" + token + "0", std::string("a"), "a/b@" + token,
                                std::string("postgresql://h/ocr/a")})
    EXPECT_FALSE(studies.owns(id)) << id;
}

TEST(ServerStudies, AreListedOpenedAndFollowed) {
  const auto& server = test::PostgresqlServer::shared();
  const test::TempFolder folder;
  const StudyDefinition definition = test::study_by_confidence(2);
  const auto file = create_study(folder.path() / "letters.db", definition);
  const auto storage = create_study(server.study("letters"), definition);
  Random random(1);
  const auto add = [&](std::size_t number) {
    const Trial trial = test::random_trial(definition, number, random);
    file->append(trial);
    storage->append(trial);
  };
  for (std::size_t number = 0; number < 4; ++number) add(number);

  std::atomic<int> changes{0};
  StudyBook book(folder.path(), {kNoServer, server.study("letters"), server.study("none")});
  book.watch_servers([&] { ++changes; });
  const auto has_results = [](const json& one) { return !one.at("gain").is_null(); };
  const json done = awaited(book, "letters", has_results);
  const std::string id = done.at("id");
  json of_file = book.entries({}).at(0);
  for (const char* name : {"objective", "trials", "pages", "sampler", "baseline", "best", "gain",
                           "best_number", "problem", "running"})
    EXPECT_EQ(done.at(name), of_file.at(name)) << name;
  const auto same_data = [&] {
    json from_file = json::parse(book.data("letters", false));
    json from_server = json::parse(book.data(id, false));
    EXPECT_EQ(from_server["study"]["name"], "letters");
    from_file["study"].erase("name");
    from_server["study"].erase("name");
    EXPECT_EQ(from_server, from_file);
  };
  same_data();
  EXPECT_EQ(book.trial(id, 2), book.trial("letters", 2));
  std::atomic<bool> stop{false};
  EXPECT_EQ(book.exported(id, "trials.csv", stop), book.exported("letters", "trials.csv", stop));
  book.keep_notes(id, "seen");
  EXPECT_EQ(book.notes(id), "seen");

  // What is away or is not there is told by one line each, and cannot be opened.
  const auto says = [](const char* text) {
    return [text](const json& one) {
      return one.at("problem").is_string() && contains(one.at("problem"), text);
    };
  };
  const json away = awaited(book, "gone", says("no connection to PostgreSQL"));
  error_of(Errc::study_error, [&] { (void)book.data(away.at("id"), false); });
  const json none = awaited(book, "none", says("no such study"));
  error_of(Errc::not_found, [&] { (void)book.data(none.at("id"), false); });
  error_of(Errc::not_found, [&] { (void)book.data("other" + id.substr(id.find('@')), false); });

  // Followed while a command is working on it, also by a new connection.
  const auto queue = open_task_queue(server.study("letters"), 2, {.patience = 60});
  ASSERT_TRUE(queue->drive({.name = "me", .program = "p", .references = "none"}));
  (void)awaited(book, "letters", [](const json& one) { return one.at("running") == true; });
  const int before = changes;
  add(4);
  (void)awaited(book, "letters", [](const json& one) { return one.at("trials") == 4; });
  EXPECT_GT(changes, before);
  storage->set_reconnection({.patience = 60});
  open_postgresql(postgresql_place(server.study("letters")))
      ->execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> "
          "pg_backend_pid() AND application_name = 'ocrtune'");
  add(5);
  (void)awaited(book, "letters", [](const json& one) { return one.at("trials") == 5; });
  queue->leave("me");
  (void)awaited(book, "letters", [&](const json& one) {
    return one.at("running") == false && has_results(one) && one.at("trials") == 5;
  });
  same_data();
}

TEST(ServerStudies, OfADatabaseNeedFewConnectionsAndNoneIfNothingHasChanged) {
  const auto& server = test::PostgresqlServer::shared();
  const test::TempFolder folder;
  const StudyDefinition definition = test::study_by_confidence(1);
  const std::vector<std::string> names{"c1", "c2", "c3", "c4", "c5", "c6", "c7"};
  Random random(1);
  for (const std::string& name : names)
    create_study(server.study(name), definition)->append(test::random_trial(definition, 0, random));
  std::string database = server.study("c1");
  database.erase(database.find("/c1"), 3);
  const auto other = open_postgresql(postgresql_place(server.study("c1")));
  const auto connections = [&] {
    Statement query(*other,
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'ocrtune' AND "
                    "pid <> pg_backend_pid()");
    return query->next() ? query->integer(0) : -1;
  };
  // The server takes a moment to see that one is closed.
  const auto has_at_most = [&](std::int64_t most) {
    for (int i = 0; i < 100 && connections() > most; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return connections() <= most;
  };
  ASSERT_TRUE(has_at_most(0));
  const auto is_known = [](const json& one) { return !one.at("baseline").is_null(); };
  for (const int kept : {4, 0}) {
    StudyBook book(folder.path(), {database});
    book.watch_servers([] {});
    for (const std::string& name : names)
      EXPECT_EQ(awaited(book, name, is_known).at("pages"), 1) << name;
    EXPECT_TRUE(has_at_most(1 + kept)) << connections();
  }
}

}  // namespace
}  // namespace ocrtune
