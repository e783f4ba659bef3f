#include "ocrtune/analysis/json_parts.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocrtune {
namespace {

TEST(DevicesJson, WhatADriverSaysOfItselfIsFitToBeShown) {
  const DeviceListing listing{
      .info = {.name = "opencl:0",
               .description = "a card\n\xff\x1b[31m" + std::string(999, 'x'),
               .memory_bytes = 5},
      .is_processor = true,
      .has_code = false};
  const std::string text = devices_json({listing}).dump();
  const nlohmann::json device = nlohmann::json::parse(text).at(0);
  EXPECT_EQ(device.at("name"), "opencl:0");
  EXPECT_EQ(device.at("memory_bytes"), 5);
  EXPECT_EQ(device.at("is_processor"), true);
  EXPECT_EQ(device.at("has_code"), false);
  const std::string description = device.at("description");
  EXPECT_TRUE(description.starts_with("a card"));
  EXPECT_LE(description.size(), 200U);
  for (const char c : {'\n', '\x1b', '\xff'}) EXPECT_EQ(description.find(c), std::string::npos);
}

}  // namespace
}  // namespace ocrtune
