#include "ocrtune/ocr/external/engine_protocol.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/errors.h"

namespace ocrtune {
namespace {

using nlohmann::json;

template <typename Action>
std::string hello_refusal(Action action) {
  return test::error_of(Errc::invalid_argument, action);
}

json hello() {
  return {{"protocol", 1},
          {"version", "Fake 1.0"},
          {"models", "4f8f"},
          {"languages", {"eng", "fra"}},
          {"confidence", "mean probability"},
          {"options",
           {{{"name", "size"},
             {"type", "integer"},
             {"low", 640},
             {"high", 2560},
             {"initial", 1600},
             {"unit", "px"}},
            {{"name", "score"}, {"type", "real"}, {"low", 0.2}, {"high", 0.9}, {"initial", 0.5}},
            {{"name", "order"},
             {"type", "category"},
             {"choices", {"rows", "columns"}},
             {"initial", "columns"}}}}};
}

std::string refusal_of_hello(const json& text) {
  return hello_refusal([&] { (void)parse_hello(text.dump()); });
}

TEST(ParseHello, TakesWhatAnEngineStates) {
  const EngineHello parsed = parse_hello(hello().dump());
  EXPECT_EQ(parsed.version, "Fake 1.0");
  EXPECT_EQ(parsed.models, "4f8f");
  EXPECT_EQ(parsed.languages, (std::vector<std::string>{"eng", "fra"}));
  ASSERT_EQ(parsed.options.size(), 3U);
  EXPECT_EQ(parsed.options[0].type, EngineOptionType::integer);
  EXPECT_EQ(parsed.options[0].high, 2560);
  EXPECT_EQ(parsed.options[1].initial, 0.5);
  EXPECT_EQ(parsed.options[2].initial, 1);
  EXPECT_EQ(parsed.options[2].high, 1);
}

TEST(ParseHello, SupportsALanguageIfItHasAllOfIt) {
  const EngineHello parsed = parse_hello(hello().dump());
  EXPECT_TRUE(parsed.supports("eng"));
  EXPECT_TRUE(parsed.supports("fra+eng"));
  EXPECT_FALSE(parsed.supports("eng+deu"));
  json any = hello();
  any["languages"] = {"*"};
  EXPECT_TRUE(parse_hello(any.dump()).supports("script/Fraktur+lat"));
}

TEST(ParseHello, NamesTheFieldThatIsInvalid) {
  EXPECT_NE(hello_refusal([] { (void)parse_hello("hello"); }), "");
  const std::vector<std::pair<std::string, json>> fields{
      {"protocol", 2},      {"protocol", nullptr},     {"version", 1},
      {"version", "a\nb"},  {"models", json::array()}, {"languages", json::array()},
      {"languages", "eng"}, {"confidence", 0.5},       {"options", "none"}};
  for (const auto& [name, value] : fields) {
    json text = hello();
    text[name] = value;
    EXPECT_NE(refusal_of_hello(text).find("`" + name + "`"), std::string::npos) << text;
  }
}

TEST(ParseHello, NamesTheOptionThatIsInvalid) {
  const std::vector<std::pair<std::string, json>> fields{
      {"name", "Size"}, {"name", ""},      {"type", "text"}, {"low", "no"},
      {"high", 600},    {"initial", 5000}, {"initial", 1.5}};
  for (const auto& [name, value] : fields) {
    json text = hello();
    text["options"][0][name] = value;
    EXPECT_NE(refusal_of_hello(text).find("`options[0]." + name + "`"), std::string::npos) << text;
  }
  json twice = hello();
  twice["options"][1]["name"] = "size";
  EXPECT_NE(refusal_of_hello(twice).find("twice"), std::string::npos);
  json choice = hello();
  choice["options"][2]["initial"] = "spirals";
  EXPECT_NE(refusal_of_hello(choice).find("`options[2].initial`"), std::string::npos);
}

TEST(OptionValue, IsInTheTypeAndRangeOfTheOption) {
  const EngineHello parsed = parse_hello(hello().dump());
  EXPECT_EQ(option_value(parsed.options, "size", "1280").value, 1280);
  EXPECT_EQ(option_value(parsed.options, "size", "1280.4").value, 1280);
  EXPECT_EQ(option_value(parsed.options, "score", "0.25").value, 0.25);
  EXPECT_EQ(option_value(parsed.options, "order", "columns").value, 1);
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"size", "600"},  {"size", "3000"},    {"size", "large"}, {"size", "nan"},
      {"score", "0.1"}, {"order", "spiral"}, {"width", "5"},    {"", ""}};
  for (const auto& [name, text] : wrong) {
    EXPECT_NE(hello_refusal([&] { (void)option_value(parsed.options, name, text); }).find("option"),
              std::string::npos)
        << name << " " << text;
  }
}

TEST(RequestLine, HasTheOptionsInTheirTypes) {
  const EngineHello parsed = parse_hello(hello().dump());
  const EngineRequest request{.id = 1,
                              .size = {20, 10},
                              .lang = "eng",
                              .options = {option_value(parsed.options, "size", "800"),
                                          option_value(parsed.options, "score", "0.5"),
                                          option_value(parsed.options, "order", "rows")}};
  EXPECT_EQ(json::parse(request_line(request, "/dev/fd/3"))["options"].dump(),
            R"({"order":"rows","score":0.5,"size":800})");
}

TEST(RequestLine, IsOneLineWithAllFields) {
  const std::string line =
      request_line({.id = 7, .size = {20, 10}, .dpi = 300, .lang = "eng+fra"}, "/dev/fd/3");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const json request = json::parse(line);
  EXPECT_EQ(request["id"], 7);
  EXPECT_EQ(request["image"], "/dev/fd/3");
  EXPECT_EQ(request["width"], 20);
  EXPECT_EQ(request["height"], 10);
  EXPECT_EQ(request["dpi"], 300);
  EXPECT_EQ(request["language"], "eng+fra");
  EXPECT_TRUE(request["options"].is_object());
}

}  // namespace
}  // namespace ocrtune
