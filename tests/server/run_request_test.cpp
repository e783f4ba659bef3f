#include "ocrtune/server/run_request.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

json minimal(const std::string& method) {
  return {{"method", method}, {"study", "a.db"}, {"corpus", "c"}, {"options", json::object()}};
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
  EXPECT_EQ(problem_of(with(minimal("screen"), "trials", 3)), "`options.trials`: screen has none");
  EXPECT_EQ(problem_of(with(minimal("optimize"), "trials", 0)),
            "`options.trials`: must be a whole number from 1 to 1000000");
  EXPECT_EQ(problem_of(with(minimal("tune"), "objectives", {"cer", "wer"})),
            "`options.objectives`: tune takes one");
  EXPECT_EQ(problem_of(with(minimal("tune"), "psm", 2)), "`options.psm`: must be 1, or 3 to 13");
  EXPECT_EQ(problem_of(minimal("apply")), "`options.output`: apply needs a folder");
  EXPECT_NE(problem_of(with(minimal("tune"), "trails", 2)).find("did you mean"), std::string::npos);
  EXPECT_EQ(problem_of(with(minimal("optimize"), "seed", 9007199254740993)), "");
  json other = minimal("tune");
  other["method"] = "rm";
  EXPECT_EQ(problem_of(other),
            "`method`: `rm` is none; there are tune, optimize, screen and apply");
}

TEST(RunRequest, NamesOfStudies) {
  for (const std::string id : {"a", "My study 2", "r\u00e9cipes", "a..b", "x-1_2.3"})
    EXPECT_NO_THROW(check_study_id(id)) << id;
  const std::string too_long(101, 'a');
  for (const std::string& id : std::vector<std::string>{
           "", ".", "..", ".a", "-a", " a", "a ", "a/b", "a\\b", "a\nb", "a\x7f", "\xff", too_long})
    EXPECT_THROW(check_study_id(id), HttpError) << id;
}

TEST(RunRequest, FoldersOfResults) {
  for (const std::string path : {"texts", "2024/texts", "a b/c"})
    EXPECT_NO_THROW(check_output(path)) << path;
  for (const std::string path :
       {"", "/texts", "texts/", "a//b", "../a", "a/../b", ".ocrtune/runs", "a/.b", "-o", "a/-o"})
    EXPECT_THROW(check_output(path), HttpError) << path;
}

rc::Gen<json> any_json() {
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
        "method", "study", "corpus", "pipeline", "options", "sampler", "objectives", "constraints",
        "trials", "exponent", "budget", "jobs", "seed", "psm", "reader", "device", "reading_device",
        "hold_out", "single", "vote", "formats", "output", "more");
    const bool outside =
        request.contains(field) || field == "pipeline" || !request["options"].is_object();
    (outside ? request : request["options"])[field] = *any_json();
  }
  RC_ASSERT(problem_of(request).find('\n') == std::string::npos);
}

}  // namespace
}  // namespace ocrtune::server
