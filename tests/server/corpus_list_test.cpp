#include "ocrtune/server/corpus_list.h"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "ocrtune/server/event_hub.h"
#include "support/encoded.h"
#include "support/images.h"
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

std::shared_ptr<const Corpus> loaded_from(const std::filesystem::path& page) {
  std::vector<Problem> problems;
  return std::make_shared<const Corpus>(
      Corpus::load({{.path = page, .name = "a.png"}}, {}, problems));
}

TEST(CorpusList, GroundTruthThatIsSavedWhilePagesAreLoadedStays) {
  const test::TempFolder folder;
  EventHub hub;
  CorpusList list(folder.path() / "corpora.json", hub);
  list.add("c", {.inputs = {"a.png"}, .lang = "eng"});
  const auto file = folder.write("a.png", test::encoded(test::noise(9, 7, 1), ".png"));
  const auto written = [&](const char* text) {
    return Truth{.text = text, .file = folder.write("a.gt.txt", text)};
  };
  written("old");
  const auto before = loaded_from(file);
  list.begin_load("c");
  list.set_loaded("c", before, {}, {});

  list.begin_load("c");
  const auto stale = loaded_from(file);
  list.set_truth("c", 0, before->pages()[0], written("first"));
  list.set_truth("c", 0, before->pages()[0], written("second"));
  const auto installed = list.set_loaded("c", stale, {}, {});
  EXPECT_EQ(installed, list.corpus("c"));
  EXPECT_EQ(list.corpus("c")->pages()[0].truth, "second");

  // What is loaded after that was not read before it.
  written("of another program");
  list.begin_load("c");
  list.set_loaded("c", loaded_from(file), {}, {});
  EXPECT_EQ(list.corpus("c")->pages()[0].truth, "of another program");
}

}  // namespace
}  // namespace ocrtune::server
