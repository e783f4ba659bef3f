#include "ocrtune/base/toml_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ocrtune/base/text.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using Tokens = std::vector<std::string>;

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string refusal(const std::string& text) {
  return test::error_of(Errc::input_unreadable, [&] { (void)parse_toml(text); });
}

std::size_t depth_of(const toml::node& node) {
  std::size_t deepest = 0;
  if (const toml::table* table = node.as_table()) {
    for (const auto& [key, value] : *table) deepest = std::max(deepest, 1 + depth_of(value));
  } else if (const toml::array* array = node.as_array()) {
    for (const toml::node& value : *array) deepest = std::max(deepest, 1 + depth_of(value));
  }
  return deepest;
}

/// Writes documents of TOML as tokens.
class Writer {
 public:
  Tokens document() {
    for (int lines = *rc::gen::inRange(0, 6); lines > 0; --lines) {
      if (*rc::gen::inRange(0, 3) == 0) {
        add(*rc::gen::element<std::string>("[", "[[", "[ "));
        const bool is_list = tokens_.back() == "[[";
        key();
        add(is_list ? "]]" : "]");
      } else {
        pair(0);
      }
      add(*rc::gen::element<std::string>("\n", "\r\n", " # a.b [{ \" '\n", "\n\n \n"));
    }
    return tokens_;
  }

 private:
  void add(const std::string& token) { tokens_.push_back(token); }

  void key() {
    const int names = *rc::gen::inRange(1, 5);
    for (int i = 0; i < names; ++i) {
      if (i > 0) add(*rc::gen::element<std::string>(".", " . "));
      // No name is there twice.
      const std::string name = "k" + std::to_string(++names_);
      const int quotes = *rc::gen::inRange(0, 3);
      if (quotes == 0) add(name);
      if (quotes == 1) add("\"" + name + ".[{\\\" #\"");
      if (quotes == 2) add("'" + name + ".\"[ #'");
    }
  }

  void pair(int depth) {
    key();
    add(" = ");
    value(depth);
  }

  void value(int depth) {
    switch (*rc::gen::inRange(0, depth < 4 ? 5 : 2)) {
      case 0:
        return add(*rc::gen::element<std::string>("1", "1.5", "-0.25e3", "true",
                                                  "1979-05-27T07:32:00.5Z"));
      case 1:
        return add(*rc::gen::element<std::string>(
            "\"a.b\\\"[{#\\\\\"", "'a.b\\'", "\"\"\"\na.b = [\\\"\"\" \" # \"\"\"\"\"",
            "'''\n[a.b]\\ '' # ''''", "\"\"", "''", "\"\"\"\"\"\"", "''''''"));
      case 2:
        add("{ ");
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
          pair(depth + 1);
          if (i > 1) add(", ");
        }
        return add(" }");
      default:
        add("[ ");
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
          value(depth + 1);
          add(*rc::gen::element<std::string>(",", ",\n", " , # ]\n"));
        }
        return add("]");
    }
  }

  Tokens tokens_;
  int names_ = 0;
};

TEST(TomlText, ThatIsNestedDeeplyIsRefusedBeforeItIsParsed) {
  const std::string key = "a" + repeated(".a", 45'000);
  for (const std::string& text :
       {key + " = 1", "[" + key + "]", "[[" + key + "]]", "a = " + repeated("[", 45'000),
        "a = " + repeated("{a=", 45'000), "a = " + repeated("[{a.a=", 45'000),
        "a = { b = 1.5, " + key + " = 1 }", repeated("\"x\".", 45'000) + "y = 1",
        repeated("'x' . ", 45'000) + "y = 1"})
    EXPECT_EQ(refusal(text), "line 1: is nested more than 32 deep") << text.substr(0, 40);
  EXPECT_EQ(refusal("# a.a\na = 1\n\n" + key), "line 4: is nested more than 32 deep");
  const std::string most = "a" + repeated(".a", kMaxTomlDepth - 1) + " = 1";
  EXPECT_EQ(depth_of(parse_toml(most)), kMaxTomlDepth);
  EXPECT_TRUE(refusal("a." + most).ends_with("deep"));
}

TEST(TomlText, LongListsAndTextsAreNotDeep) {
  const std::string numbers = "a = [" + repeated("1.5, ", 5'000) + "]\n";
  const std::string text = "b = \"" + repeated("a.[{", 5'000) + "\"\n";
  const std::string lines = "c = '''" + repeated("a.[{\n", 5'000) + "'''\n";
  EXPECT_EQ(toml_depth(numbers + text + lines + "# " + repeated("a.[{", 5'000)), 2U);
  EXPECT_EQ(parse_toml(numbers + text + lines).size(), 3U);
}

RC_GTEST_PROP(TomlText, NothingIsDeeperThanIsCounted, ()) {
  Writer writer;
  Tokens tokens = writer.document();
  const std::string whole = joined(tokens, "");
  // Each [[name]] makes an array and a table.
  RC_ASSERT(depth_of(toml::parse(whole)) <= 2 * toml_depth(whole));
  for (int changes = *rc::gen::inRange(1, 4); changes > 0 && !tokens.empty(); --changes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, tokens.size());
    const auto other = *rc::gen::inRange<std::size_t>(0, tokens.size());
    if (changes % 2 == 0)
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
    else
      tokens[at] =
          *rc::gen::element<std::string>(std::string(tokens[other]), "\"", "'", "\"\"\"", "'''",
                                         "\\", "\n", "\r", "#", "[", "]", "{", "}", ".", "=", ",");
  }
  const std::string changed = joined(tokens, "");
  try {
    RC_ASSERT(depth_of(toml::parse(changed)) <= 2 * toml_depth(changed));
  } catch (const toml::parse_error&) {
    RC_SUCCEED();
  }
}

RC_GTEST_PROP(TomlText, AnyBytesAreTomlOrRefused, (const std::string& text)) {
  try {
    (void)parse_toml(text);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::input_unreadable);
  }
}

}  // namespace
}  // namespace ocrtune
