#include "ocrtune/server/run_request.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

json minimal(const std::string& method) {
  json request{{"method", method}, {"study", "a.db"}, {"corpus", "c"}, {"options", json::object()}};
  if (method == "apply") request["output"] = "texts";
  return request;
}

std::string problem_of(const json& request) {
  try {
    (void)parse_run_request(request);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

json with(json request, const std::string& option, const json& value) {
  request["options"][option] = value;
  return request;
}

TEST(RunRequest, HasTheCommandsDefaults) {
  EXPECT_EQ(trials_of(parse_run_request(minimal("tune"))), 120U);
  EXPECT_EQ(trials_of(parse_run_request(minimal("optimize"))), 100U);
  EXPECT_EQ(trials_of(parse_run_request(minimal("screen"))), 64U);
  EXPECT_EQ(trials_of(parse_run_request(with(minimal("screen"), "exponent", 0))), 1U);
  EXPECT_EQ(trials_of(parse_run_request(with(minimal("tune"), "budget", 60))), std::nullopt);
  EXPECT_EQ(trials_of(parse_run_request(with(with(minimal("tune"), "budget", 60), "trials", 7))),
            7U);
}

TEST(RunRequest, SaysWhichFieldIsWrong) {
  EXPECT_EQ(problem_of(with(minimal("screen"), "trials", 3)).find("`options.trials`: is not known"),
            0U);
  EXPECT_EQ(problem_of(with(minimal("optimize"), "trials", 0)),
            "`options.trials`: must be a whole number from 1 to 1000000");
  EXPECT_EQ(problem_of(with(minimal("tune"), "objective", {"cer", "wer"})),
            "`options.objective`: must be a list of at most 1 elements");
  EXPECT_EQ(problem_of(with(minimal("tune"), "psm", 2)),
            "`options.psm`: `2` is not one of 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13");
  EXPECT_EQ(problem_of(with(minimal("apply"), "enough", 101)),
            "`options.enough`: must be a number from 0 to 100");
  EXPECT_EQ(problem_of(with(minimal("tune"), "device", "a\nb")),
            "`options.device`: must be one line of at most 1000 bytes");
  json folder = minimal("apply");
  folder.erase("output");
  EXPECT_EQ(problem_of(folder), "`output`: must be a folder");
  json search = minimal("tune");
  search["output"] = "texts";
  EXPECT_EQ(problem_of(search), "`output`: tune has no such field");
  EXPECT_NE(problem_of(with(minimal("tune"), "trails", 2)).find("did you mean"), std::string::npos);
  EXPECT_EQ(problem_of(with(minimal("optimize"), "seed", 9007199254740993)), "");
  json other = minimal("tune");
  other["method"] = "rm";
  EXPECT_EQ(problem_of(other),
            "`method`: unknown method `rm`; available: tune, optimize, screen, apply, train");
}

TEST(RunRequest, OfATraining) {
  json request = minimal("train");
  request["study"] = "";
  EXPECT_EQ(problem_of(request), "`output`: must be a folder");
  request["output"] = "models";
  const RunRequest parsed = parse_run_request(with(request, "add_characters", true));
  EXPECT_TRUE(parsed.trains());
  EXPECT_EQ(parsed.written(), "models");
  EXPECT_EQ(trials_of(parsed), std::nullopt);
  const std::vector<std::pair<std::string, json>> not_its{
      {"study", "a.db"}, {"models", "r"}, {"best_only", true}};
  for (const auto& [field, value] : not_its) {
    json refused = request;
    refused[field] = value;
    EXPECT_EQ(problem_of(refused), "`" + field + "`: train has no such field");
  }
  json search = minimal("tune");
  search["models"] = "r";
  EXPECT_EQ(parse_run_request(search).models, "r");
}

TEST(RunRequest, OptionsThatExcludeEachOtherAreRefused) {
  json effort = with(minimal("apply"), "effort", "normal");
  EXPECT_EQ(problem_of(effort), "`options.effort`: takes the place of a study or a pipeline");
  effort["study"] = "";
  EXPECT_EQ(problem_of(effort), "");
  EXPECT_EQ(problem_of(with(effort, "vote", true)), "`options.effort`: not together with `vote`");
  effort["options"].erase("effort");
  EXPECT_EQ(problem_of(effort), "`pipeline`: apply needs a study, a pipeline or the option effort");
}

TEST(RunRequest, StatesNoFiles) {
  for (const json& method : methods_json()) {
    EXPECT_GT(method["options"].size(), 5U) << method["name"];
    for (const json& option : method["options"]) {
      EXPECT_FALSE(option["help"].get<std::string>().empty());
      for (const char* file : {"study", "output", "enqueue", "report", "tessdata", "pipeline",
                               "portfolio", "corpus", "set", "free", "result"})
        EXPECT_NE(option["name"], file) << method["name"];
    }
    for (const char* file : {"study", "enqueue", "tessdata", "pipeline"}) {
      json request = with(minimal(method["name"]), file, "/etc/passwd");
      EXPECT_NE(problem_of(request), "") << method["name"] << " " << file;
    }
  }
}

TEST(RunRequest, NamesEachOptionForForms) {
  for (const json& method : methods_json()) {
    for (const json& option : method["options"])
      EXPECT_NE(option["label"], "") << method["name"] << " " << option["name"];
  }
}

TEST(RunRequest, FoldersOfResults) {
  for (const std::string path : {"texts", "2024/texts", "a b/c"})
    EXPECT_NO_THROW(check_output(path)) << path;
  for (const std::string path :
       {"", "/texts", "texts/", "a//b", "../a", "a/../b", ".ocrtune/runs", "a/.b", "-o", "a/-o"})
    EXPECT_THROW(check_output(path), HttpError) << path;
}

rc::Gen<json> some_json() {
  return rc::gen::element<json>(nullptr, true, 0, -1, 1e300, 18446744073709551615U, "", "x", "a.db",
                                json::array(), json::array({1}), json::array({"cer"}),
                                json::object(), json{{"a", 1}}, "tune", "\n");
}

// Whatever stands in whatever field, it is taken or refused in one line.
RC_GTEST_PROP(RunRequest, AnyJsonIsTakenOrRefusedInOneLine, ()) {
  json request =
      minimal(*rc::gen::element<std::string>("tune", "optimize", "screen", "apply", "x"));
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) {
    const std::string field = *rc::gen::element<std::string>(
        "method", "study", "corpus", "pipeline", "options", "sampler", "objective", "constraint",
        "trials", "exponent", "budget", "jobs", "seed", "psm", "engine", "device", "ocr_device",
        "hold_out", "single", "vote", "enough", "memory", "format", "output", "best_only", "more");
    const bool outside =
        request.contains(field) || field == "pipeline" || !request["options"].is_object();
    (outside ? request : request["options"])[field] = *some_json();
  }
  RC_ASSERT(problem_of(request).find('\n') == std::string::npos);
}

}  // namespace
}  // namespace ocrtune::server
