#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/server/message.h"
#include "ocrtune/server/routes.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

json preview() {
  return {
      {"corpus", "c"}, {"page", 3},         {"pipeline", pipeline_form(load_pipeline("standard"))},
      {"stage", 2},    {"region", nullptr}, {"max_width", 1000},
      {"view", "main"}};
}

/// The line that refuses a request, empty where it is taken.
template <typename Parse>
std::string complaint(Parse parse, const json& request) {
  try {
    (void)parse(request);
  } catch (const Error& error) {
    EXPECT_EQ(http_status_of(error), 400);
    return error.what();
  }
  return "";
}

TEST(PreviewRequest, RunsTheStagesUpToTheOneAskedFor) {
  json form = preview();
  EXPECT_EQ(parse_preview_request(form).pipeline.stages().size(), 3U);
  form["stage"] = -1;
  EXPECT_TRUE(parse_preview_request(form).pipeline.stages().empty());
  form["stage"] = 3;
  form["pipeline"]["uses"][1]["on"] = false;
  EXPECT_EQ(parse_preview_request(form).pipeline.stages().size(), 3U);
  EXPECT_TRUE(parse_preview_request(form).pipeline.space().dimensions().empty());
}

TEST(PreviewRequest, NamesTheFieldThatIsWrong) {
  const std::vector<std::pair<std::string, json>> wrong{{"corpus", 1},
                                                        {"page", -1},
                                                        {"page", 1.5},
                                                        {"pipeline", nullptr},
                                                        {"stage", 4},
                                                        {"stage", -2},
                                                        {"region", json{{"x", 0}}},
                                                        {"max_width", 0},
                                                        {"max_width", 1e9},
                                                        {"view", nullptr},
                                                        {"view", std::string(200, 'v')}};
  for (const auto& [name, value] : wrong) {
    json request = preview();
    request[name] = value;
    EXPECT_NE(complaint(parse_preview_request, request).find(name), std::string::npos)
        << name << value.dump();
    request.erase(name);
    EXPECT_NE(complaint(parse_preview_request, request).find("is missing"), std::string::npos);
  }
  json request = preview();
  request["vieww"] = 1;
  EXPECT_NE(complaint(parse_preview_request, request).find("did you mean `view`"),
            std::string::npos);
}

TEST(PreviewRequest, TakesARegion) {
  json request = preview();
  request["region"] = {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}};
  EXPECT_EQ(parse_preview_request(request).region, cv::Rect(1, 2, 3, 4));
  request["region"]["width"] = 0;
  EXPECT_NE(complaint(parse_preview_request, request).find("region.width"), std::string::npos);
}

TEST(CorpusRequest, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(parse_corpus_request({{"inputs", {"/a"}}, {"lang", "eng"}}).inputs.front(), "/a");
  EXPECT_NE(complaint(parse_corpus_request, {{"inputs", {1}}, {"lang", "eng"}}).find("inputs"),
            std::string::npos);
  EXPECT_NE(complaint(parse_corpus_request, {{"inputs", {"/a"}}}).find("lang"), std::string::npos);
  EXPECT_NE(complaint(parse_corpus_request, json::array()).find("object"), std::string::npos);
}

/// Any JSON value, not too deep.
rc::Gen<json> any_json(int depth) {
  const auto leaf = rc::gen::oneOf(
      rc::gen::just(json(nullptr)), rc::gen::map<bool>([](bool v) { return json(v); }),
      rc::gen::map<int>([](int v) { return json(v); }),
      rc::gen::map<double>([](double v) { return json(v); }),
      rc::gen::map<std::string>([](const std::string& v) { return json(v); }));
  if (depth == 0) return leaf;
  return rc::gen::oneOf(leaf,
                        rc::gen::map(rc::gen::container<std::vector<json>>(any_json(depth - 1)),
                                     [](const std::vector<json>& v) { return json(v); }));
}

RC_GTEST_PROP(Requests, AnyFieldIsTakenOrRefused, ()) {
  const std::vector<std::string> names{"corpus", "page",      "pipeline", "stage",
                                       "region", "max_width", "view",     "other"};
  json request = preview();
  request[*rc::gen::elementOf(names)] = *any_json(2);
  (void)complaint(parse_preview_request, request);
  (void)complaint(parse_corpus_request, request);
  (void)complaint(parse_preview_request, *any_json(2));
}

}  // namespace
}  // namespace ocrtune::server
