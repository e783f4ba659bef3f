#include "ocrtune/server/run_command.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/base/process.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

json request_json(const std::string& method, const json& options = json::object(),
                  const std::string& output = "") {
  return {{"method", method},    {"study", "a.db"},  {"corpus", "c1"},
          {"pipeline", nullptr}, {"output", output}, {"options", options}};
}

std::vector<std::string> command(const json& request) {
  return command_of(parse_run_request(request),
                    {.inputs = {"/scans", "/more/-x.png"}, .lang = "fra", .page_count = 0},
                    {.folder = "/f", .own = "/f/.ocrtune/runs/r"});
}

TEST(RunCommand, SaysWhatIsAsked) {
  EXPECT_EQ(shell_text(command(request_json("screen", {{"exponent", 5}, {"seed", 3}}))),
            "ocrtune screen --lang=fra --study=/f/a.db --seed=3 --exponent=5 -- /scans "
            "/more/-x.png");
  EXPECT_EQ(shell_text(command(request_json(
                "tune", {{"budget", 90.5}, {"constraint", {"words>=0.9x"}}, {"single", true}}))),
            "ocrtune tune --budget=90.5 --lang=fra --study=/f/a.db "
            "--output=/f/.ocrtune/runs/r/best.toml '--constraint=words>=0.9x' --no-report "
            "--single -- /scans /more/-x.png");
  EXPECT_EQ(shell_text(command(request_json("optimize", {{"sampler", "nsga2"},
                                                         {"objective", {"confidence", "time"}},
                                                         {"budget", 60},
                                                         {"trials", 9},
                                                         {"jobs", 2},
                                                         {"engine", "lstm"},
                                                         {"device", "cuda:0,cuda:1"},
                                                         {"ocr_device", "opencl"}}))),
            "ocrtune optimize --lang=fra --study=/f/a.db --objective=confidence,time --engine=lstm "
            "--jobs=2 --device=cuda:0,cuda:1 --ocr-device=opencl --sampler=nsga2 --trials=9 "
            "--budget=60 -- /scans /more/-x.png");
  EXPECT_EQ(shell_text(command(
                request_json("apply", {{"format", {"text", "alto"}}, {"psm", 4}}, "o/p q"))),
            "ocrtune apply --lang=fra --recipe=/f/.ocrtune/runs/r/recipe.toml "
            "'--output=/f/o/p q' --format=text,alto,json --psm=4 -- /scans /more/-x.png");
}

TEST(RunCommand, StartsFromPoints) {
  json search = request_json("optimize", {{"trials", 9}});
  search["start_from"] = {"/f/uploads/old.csv", "/f/earlier.db"};
  EXPECT_EQ(shell_text(command(search)),
            "ocrtune optimize --lang=fra --study=/f/a.db --trials=9 --enqueue=/f/uploads/old.csv "
            "--enqueue=/f/earlier.db -- /scans /more/-x.png");
  search["method"] = "tune";
  EXPECT_NE(shell_text(command(search)).find(" --enqueue=/f/earlier.db "), std::string::npos);
  search["method"] = "screen";
  search["options"] = {{"exponent", 3}};
  EXPECT_THROW(parse_run_request(search), HttpError);
  search["start_from"] = json::array();
  EXPECT_NO_THROW(parse_run_request(search));
  json wrong = request_json("optimize");
  wrong["start_from"] = {"/etc/passwd"};
  EXPECT_THROW(parse_run_request(wrong), HttpError);
}

TEST(RunCommand, TrainsModelsAndRecognizesWithThem) {
  json training = request_json("train", {{"engine", {"ppocr"}}, {"add_characters", true}}, "m");
  training["study"] = "";
  EXPECT_EQ(shell_text(command(training)),
            "ocrtune train --lang=fra --output=/f/m --result=/f/.ocrtune/runs/r/training.json "
            "--engine=ppocr --add-characters -- /scans /more/-x.png");
  const RunPlaces places{.folder = "/f", .own = "/f/r"};
  EXPECT_NE(
      shell_text(command(request_json("tune", {{"train", true}}))).find(" --models=/f/a.models "),
      std::string::npos)
      << "where forgetting the run leaves them";
  for (const std::string method : {"tune", "optimize", "screen", "apply"}) {
    const RunRequest request =
        parse_run_request(request_json(method, json::object(), method == "apply" ? "o" : ""));
    const std::string text =
        shell_text(command_of(request, {.inputs = {"/s"}, .lang = "", .models = "m"}, places));
    EXPECT_NE(text.find(" --tessdata=/f/m "), std::string::npos) << text;
  }
}

TEST(RunCommand, AnEffortNeedsNoPipeline) {
  json request = request_json("apply", {{"effort", "high"}}, "o");
  request["study"] = "";
  EXPECT_EQ(shell_text(command(request)),
            "ocrtune apply --lang=fra --effort=high --output=/f/o --format=text,json -- /scans "
            "/more/-x.png");
}

TEST(RunCommand, SaysNothingOfWhatIsAsUsual) {
  EXPECT_EQ(shell_text(command(request_json("optimize", {{"trials", 100}, {"device", "cpu"}}))),
            "ocrtune optimize --lang=fra --study=/f/a.db -- /scans /more/-x.png");
}

TEST(RunCommand, RefusesInputsThatArePathsOfNothing) {
  const RunRequest request = parse_run_request(request_json("screen"));
  const RunPlaces places{.folder = "/f", .own = "/f/r"};
  for (const std::string input : {"-", "--help", "scans", ""}) {
    EXPECT_THROW((void)command_of(request, {.inputs = {input}, .lang = "eng"}, places), HttpError);
  }
  EXPECT_THROW((void)command_of(request, {.inputs = {}, .lang = "eng"}, places), HttpError);
}

/// Texts that are likely to be taken for something else.
rc::Gen<std::string> hostile_text(const std::string& usual) {
  return rc::gen::oneOf(
      rc::gen::just(usual), rc::gen::just(usual), rc::gen::just(usual), rc::gen::just(usual),
      rc::gen::just(usual), rc::gen::just(usual), rc::gen::just(usual),
      rc::gen::element<std::string>("-", "--", "-o", "--output=/etc", "--help", "a b", "../x", "/",
                                    "$(id)", "`id`", ";", "a.db", "-a.db", "..db", "x/y.db", "",
                                    "text", "confidence", "words>=1", "tpe", "\n", "a\nb.db"),
      rc::gen::container<std::string>(
          rc::gen::element('-', '=', '.', '/', 'a', 'd', 'b', ' ', '\n', '\'', '"', '$', '\\')));
}

// No value of a request makes an option, a further argument, or a path elsewhere: whatever passes
// the checks, the options are those that are known, each once for each value, and all that follows
// "--" are the inputs.
RC_GTEST_PROP(RunCommand, NoValueBecomesAnOption, ()) {
  const std::string method =
      *rc::gen::element<std::string>("tune", "optimize", "screen", "apply", "train");
  json request = request_json(method);
  json& options = request["options"];
  const bool trains = method == "train";
  request["study"] =
      trains ? "" : *hostile_text("b-c") + *rc::gen::element<std::string>("", ".db", ".db", ".db");
  if (method == "optimize") options["sampler"] = *hostile_text("tpe");
  if (!trains && *rc::gen::arbitrary<bool>()) options["engine"] = *hostile_text("lstm");
  for (const char* name : {"device", "ocr_device"}) {
    if (!trains && *rc::gen::arbitrary<bool>()) options[name] = *hostile_text("opencl:0");
  }
  const bool applies = method == "apply";
  const std::vector<std::pair<const char*, const char*>> lists =
      trains    ? std::vector<std::pair<const char*, const char*>>{{"engine", "ppocr"}}
      : applies ? std::vector<std::pair<const char*, const char*>>{{"format", "text"}}
                : std::vector<std::pair<const char*, const char*>>{{"objective", "confidence"},
                                                                   {"constraint", "words>=1"}};
  for (const auto& [name, usual] : lists) {
    if (*rc::gen::arbitrary<bool>()) options[name] = {*hostile_text(usual)};
  }
  request["output"] = *hostile_text(applies || trains ? "texts" : "");
  std::vector<std::string> words;
  try {
    words = command(request);
  } catch (const Error& error) {
    RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
    RC_SUCCEED("refused");
  }
  const std::set<std::string> known{
      "--study",  "--pipeline", "--sampler", "--objective", "--constraint", "--output", "--lang",
      "--engine", "--format",   "--recipe",  "--device",    "--ocr-device", "--result"};
  RC_ASSERT(words.at(0) == "ocrtune" && words.at(1) == method);
  const auto end = std::ranges::find(words, "--");
  RC_ASSERT(std::vector(end + 1, words.end()) ==
            (std::vector<std::string>{"/scans", "/more/-x.png"}));
  for (auto word = words.begin() + 2; word != end; ++word) {
    if (*word == "--no-report") continue;
    const std::size_t equals = word->find('=');
    RC_ASSERT(equals != std::string::npos);
    RC_ASSERT(known.contains(word->substr(0, equals)));
    if (word->starts_with("--study=") || word->starts_with("--output=")) {
      const std::filesystem::path path = word->substr(equals + 1);
      RC_ASSERT(path.lexically_normal() == path);
      RC_ASSERT(path.string().starts_with("/f/"));
    }
  }
}

TEST(RunCommand, QuotesForShells) {
  EXPECT_EQ(shell_text({"a", "b c", "it's", "", "$x"}), "a 'b c' 'it'\\''s' '' '$x'");
}

}  // namespace
}  // namespace ocrtune::server
