#include "ocrtune/server/run.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

constexpr ProcessEnd kDone{.exit_status = 0};
constexpr ProcessEnd kSomeUnreadable{.exit_status = 2};
constexpr ProcessEnd kFailed{.exit_status = 5};
constexpr ProcessEnd kTimeOver{.exit_status = 6};
constexpr ProcessEnd kInterrupted{.exit_status = 130};
constexpr ProcessEnd kKilled{.exit_status = 137, .by_signal = true};

TEST(RunState, FollowsFromHowTheProcessEnded) {
  const RunNumbers all{{.done = 4}, 4};
  const RunNumbers none{{.done = 0}, 4};
  using enum RunState;
  for (const RunState before : {running, paused, cancelling}) {
    EXPECT_EQ(state_after(before, kDone, all, false), done);
    EXPECT_EQ(state_after(before, kTimeOver, all, true), done);
    EXPECT_EQ(state_after(before, kSomeUnreadable, all, false), done);
  }
  EXPECT_EQ(state_after(running, kTimeOver, all, false), failed);  // memory ran out
  EXPECT_EQ(state_after(running, kSomeUnreadable, none, false), failed);
  EXPECT_EQ(state_after(running, kFailed, all, false), failed);
  EXPECT_EQ(state_after(running, kInterrupted, none, false), interrupted);
  EXPECT_EQ(state_after(running, kKilled, none, false), interrupted);
  EXPECT_EQ(state_after(paused, kInterrupted, none, false), paused);
  EXPECT_EQ(state_after(paused, kKilled, none, false), paused);
  EXPECT_EQ(state_after(paused, kFailed, none, false), failed);
  EXPECT_EQ(state_after(cancelling, kInterrupted, none, false), cancelled);
  EXPECT_EQ(state_after(cancelling, kKilled, none, false), cancelled);
  EXPECT_EQ(state_after(cancelling, kFailed, none, false), cancelled);
}

TEST(RunState, WhatEndedBeforeItsEndCanBeResumed) {
  using enum RunState;
  for (const RunState state : {paused, cancelled, interrupted, failed})
    EXPECT_TRUE(can_resume(state));
  for (const RunState state : {queued, running, cancelling, done}) EXPECT_FALSE(can_resume(state));
}

TEST(RunRecord, IsTheSameWhenReadAgain) {
  const test::TempFolder folder;
  const nlohmann::json request{{"method", "optimize"},
                               {"study", "a.db"},
                               {"corpus", "c"},
                               {"options", {{"trials", 5}, {"budget", 2.5}}}};
  const RunRecord record{.id = new_run_id(),
                         .request = parse_run_request(request),
                         .arguments = {"ocrtune", "optimize", "--", "/a b"},
                         .language = "fr",
                         .state = RunState::cancelled,
                         .started_ms = 5,
                         .ended_ms = 7,
                         .busy_s = 1.25,
                         .numbers = {{.done = 3, .baseline = 0.5, .best = 0.25, .best_number = 2},
                                     5,
                                     std::nullopt,
                                     std::nullopt,
                                     "cer"},
                         .message = "said \"so\"",
                         .exit_status = 130,
                         .log_dropped = 9,
                         .process = {.pid = 77, .start = 1234567890123, .boot = "b"}};
  save_run(record, folder.path());
  const RunRecord read = load_run(folder.path());
  EXPECT_EQ(run_json(read), run_json(record));
  EXPECT_EQ(trials_of(read.request), 5U);
  EXPECT_EQ(budget_of(read.request), 2.5);
  EXPECT_EQ(read.arguments, record.arguments);
  EXPECT_EQ(read.language, record.language);
  EXPECT_EQ(read.log_dropped, 9U);
  EXPECT_EQ(read.process, record.process);
  for (const char* text : {"", "{", "[]", "{}", R"({"format":2,"run":{"state":"done"}})",
                           R"({"format":1,"run":{"state":"none"}})"}) {
    std::ofstream(folder.path() / "run.json") << text;
    EXPECT_THROW((void)load_run(folder.path()), Error) << text;
  }
}

TEST(RunRecord, IdsAreNamesOfFolders) {
  const std::string id = new_run_id();
  EXPECT_TRUE(is_run_id(id)) << id;
  EXPECT_NE(id, new_run_id());
  for (const char* other : {"", "..", "lock", "20260101-000000-00000g", "20260101/000000-000000",
                            "20260101-000000-0000000"})
    EXPECT_FALSE(is_run_id(other)) << other;
}

}  // namespace
}  // namespace ocrtune::server
