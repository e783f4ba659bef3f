#include "ocrtune/server/event_hub.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace ocrtune::server {
namespace {

using std::chrono::seconds;

ServerEvent state(const std::string& key, int value) {
  return {.name = "run", .key = key, .data = std::to_string(value)};
}

ServerEvent addition(const std::string& key, int value) {
  return {.name = "trials", .key = key, .data = std::to_string(value), .adds = true};
}

std::vector<ServerEvent> no_states() { return {}; }

std::vector<ServerEvent> all_of(EventHub::Listener& listener) {
  std::vector<ServerEvent> events;
  while (auto event = listener.next()) events.push_back(*event);
  return events;
}

TEST(EventHub, GivesToAllOrToOneAlone) {
  const auto hub = std::make_shared<EventHub>();
  const auto listener = hub->listen();
  hub->publish(state("b", 2));
  listener->give(state("a", 1));
  hub->listen()->give(state("c", 3));
  const std::vector<ServerEvent> events = all_of(*listener);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].key, "b");
  EXPECT_EQ(event_text(events[1]), "event: run\ndata: 1\n\n");
}

TEST(EventHub, WhatIsPublishedMeanwhileIsNotReplacedByAnOlderState) {
  const auto hub = std::make_shared<EventHub>();
  const EventSource source = event_source(*hub, [&] {
    std::vector<ServerEvent> states{state("a", 1), state("b", 1)};
    hub->publish(state("a", 2));
    return states;
  });
  for (const char* text : {"event: run\ndata: 2\n\n", "event: run\ndata: 1\n\n", ""}) {
    std::string piece;
    EXPECT_TRUE(source(piece));
    EXPECT_EQ(piece, text);
  }
}

TEST(EventHub, HasRoomForSoManyAndRoomAgainWhenOneGoes) {
  const auto hub = std::make_shared<EventHub>();
  std::vector<std::unique_ptr<EventHub::Listener>> listeners;
  for (std::size_t i = 0; i < EventHub::kMaxListeners; ++i) listeners.push_back(hub->listen());
  EXPECT_EQ(hub->listen(), nullptr);
  EXPECT_THROW((void)event_source(*hub, no_states), HttpError);
  listeners.pop_back();
  EXPECT_NE(hub->listen(), nullptr);
  listeners.push_back(hub->listen());
  EXPECT_NE(listeners.back(), nullptr);
  EXPECT_EQ(hub->listen(), nullptr);
}

TEST(EventHub, NobodyListensToAClosedOne) {
  const auto hub = std::make_shared<EventHub>();
  const auto listener = hub->listen();
  hub->close();
  EXPECT_FALSE(listener->next().has_value());
  EXPECT_EQ(hub->listen(), nullptr);
}

// Whoever reads slowly ends up with the newest state of everything, and with no more than is
// allowed of what adds up, in its order.
RC_GTEST_PROP(EventHub, SlowListenersMissNoNewestState, ()) {
  const auto hub = std::make_shared<EventHub>();
  const auto listener = hub->listen();
  std::map<std::string, std::string> newest;
  std::vector<std::string> added;
  std::map<std::string, std::string> seen;
  std::vector<std::string> seen_added;
  const auto read = [&](const ServerEvent& event) {
    if (event.adds) {
      seen_added.push_back(event.data);
    } else {
      seen[event.key] = event.data;
    }
  };
  const int count = *rc::gen::inRange(0, 900);
  for (int i = 0; i < count; ++i) {
    const std::string key(1, *rc::gen::inRange<char>('a', 'd'));
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        if (const auto event = listener->next()) read(*event);
        break;
      case 1:
        hub->publish(state(key, i));
        newest[key] = std::to_string(i);
        break;
      default:
        hub->publish(addition(key, i));
        added.push_back(std::to_string(i));
    }
  }
  const std::size_t seen_before = seen_added.size();
  for (const ServerEvent& event : all_of(*listener)) read(event);
  RC_ASSERT(seen == newest);
  RC_ASSERT(seen_added.size() - seen_before <= EventHub::kMaxAdding);
  // What was seen last is what was added last, without a gap.
  const std::size_t rest = seen_added.size() - seen_before;
  RC_ASSERT(rest <= added.size());
  RC_ASSERT(std::vector(seen_added.end() - static_cast<std::ptrdiff_t>(rest), seen_added.end()) ==
            std::vector(added.end() - static_cast<std::ptrdiff_t>(rest), added.end()));
}

TEST(EventStream, PingsWhereNothingComes) {
  const auto hub = std::make_shared<EventHub>();
  auto now = std::make_shared<std::chrono::steady_clock::time_point>();
  const EventSource source = event_source(*hub, no_states, seconds(15), [now] { return *now; });
  std::string piece;
  EXPECT_TRUE(source(piece));
  EXPECT_EQ(piece, "");
  *now += seconds(15);
  EXPECT_TRUE(source(piece));
  EXPECT_EQ(piece, "event: ping\ndata: {}\n\n");
  piece.clear();
  EXPECT_TRUE(source(piece));
  EXPECT_EQ(piece, "");
  hub->publish(state("a", 1));
  EXPECT_TRUE(source(piece));
  EXPECT_EQ(piece, "event: run\ndata: 1\n\n");
  hub->close();
  EXPECT_FALSE(source(piece));
}

}  // namespace
}  // namespace ocrtune::server
