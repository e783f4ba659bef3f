#include "ocrtune/server/corpus_list.h"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "ocrtune/server/event_hub.h"
#include "support/repetitions.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

/// With many threads that change it, the last event is of the last state, and none before it of a
/// later one.
TEST(CorpusList, StatesAreToldInTheirOrder) {
  constexpr int kChanges = 50;
  for (int round = 0; round < test::repetitions(200, 20); ++round) {
    const test::TempFolder folder;
    const auto hub = std::make_shared<EventHub>();
    CorpusList list(folder.path() / "corpora.json", *hub);
    list.add("c", {.inputs = {"a.png"}, .lang = "eng"});
    const auto listener = hub->listen();
    std::atomic<int> left = 4;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int change = 0; change < kChanges; ++change) list.set_failed("c", {}, {});
        --left;
      });
    }
    int last = 0;
    for (bool over = false; !over;) {
      over = left == 0;
      while (const auto event = listener->next()) {
        const int loads = nlohmann::json::parse(event->data).at("loads");
        EXPECT_GT(loads, last);
        last = loads;
      }
    }
    EXPECT_EQ(last, 4 * kChanges);
  }
}

}  // namespace
}  // namespace ocrtune::server
