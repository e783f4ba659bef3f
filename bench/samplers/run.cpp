// Runs ocrtune's samplers on functions, and shows the functions to other optimizers.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/search/samplers/registry.h"
#include "samplers/functions.h"
#include "samplers/recorded.h"
#include "support/hypervolume.h"

namespace ocrtune::bench {
namespace {

using nlohmann::json;

/// The number that tells how good a run was; small is good.
double result_of(const Function& function, const std::vector<ObjectiveVector>& values) {
  if (function.objectives > 1) return -test::hypervolume(values, function.reference);
  return std::ranges::min(values)[0];
}

/// Every trial is told as late as may be with `in_flight` of them under way.
double one_run(const Function& function, const std::string& sampler_name, std::uint64_t seed,
               std::size_t trials, std::size_t in_flight) {
  const auto sampler = make_sampler(sampler_name, {.space = function.space,
                                                   .seed = seed,
                                                   .objectives = function.objectives,
                                                   .in_flight = in_flight});
  std::vector<Outcome> outcomes;
  std::vector<std::vector<double>> values;
  for (std::size_t number = 1; number <= trials; ++number) {
    if (number > in_flight) sampler->tell(outcomes[number - in_flight - 1]);
    const std::optional<Point> point = sampler->ask(number);
    if (!point) break;
    values.push_back(function.values(*point));
    outcomes.push_back({.number = number, .point = *point, .values = values.back()});
  }
  return result_of(function, values);
}

json described(const Function& function) {
  json dimensions = json::array();
  for (const Dimension& dimension : function.space.dimensions()) {
    dimensions.push_back({{"name", dimension.name},
                          {"type", type_name(dimension.type)},
                          {"low", dimension.low},
                          {"high", dimension.high},
                          {"log", dimension.log},
                          {"step", step_of(dimension)},
                          {"active_if", dimension.active_if},
                          {"active_values", dimension.active_values}});
  }
  return {{"name", function.name},
          {"trials", function.trials},
          {"objectives", function.objectives},
          {"dimensions", dimensions}};
}

/// The point an object of values stands for, which must be exactly the active parameters, each at a
/// value it can take.
Point point_of(const Space& space, const json& given) {
  Point point;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const Dimension& dimension = space.dimensions()[i];
    const bool active = space.is_active(i, point);
    if (active != given.contains(dimension.name)) {
      throw Error(Errc::invalid_argument,
                  fmt::format("{} is {}", dimension.name, active ? "missing" : "not active"));
    }
    if (!active) continue;
    const auto value = given.at(dimension.name).get<double>();
    const double nearest = nearest_value(dimension, value);
    constexpr double kRounding = 1e-9;
    if (std::abs(nearest - value) > kRounding * std::max(1.0, std::abs(value))) {
      throw Error(Errc::invalid_argument,
                  fmt::format("{} can't be {}, but {}", dimension.name, value, nearest));
    }
    point.values.emplace_back(dimension.name, nearest);
  }
  return point;
}

/// Answers each line of standard input: an object is a point, whose values are wanted; an array of
/// values is all that a run gave, whose result is wanted.
void serve(const Function& function) {
  for (std::string line; std::getline(std::cin, line);) {
    const json asked = json::parse(line);
    const json answer =
        asked.is_object()
            ? json(function.values(point_of(function.space, asked)))
            : json(result_of(function, asked.get<std::vector<std::vector<double>>>()));
    std::cout << answer.dump() << std::endl;
  }
}

struct Choices {
  std::string function;
  std::string study;
  std::string sampler;
  std::uint64_t seeds = 30;
  std::size_t trials = 0;  // 0: as the function asks for
  std::size_t in_flight = 1;
};

Function function_of(const Choices& choices) {
  if (!choices.study.empty()) return recorded_function(choices.study);
  const std::vector<Function> functions = made_up_functions();
  const auto found = std::ranges::find(functions, choices.function, &Function::name);
  if (found == functions.end()) {
    throw Error(Errc::invalid_argument,
                fmt::format("no function is called `{}`; `list` names them", choices.function));
  }
  return *found;
}

void list() {
  json listed{{"functions", json::array()}, {"samplers", json::array()}};
  for (const Function& function : made_up_functions()) listed["functions"].push_back(function.name);
  for (const SamplerKind& kind : all_samplers()) listed["samplers"].push_back(kind.name);
  std::cout << listed.dump() << '\n';
}

void describe(const Choices& choices) {
  json description = described(function_of(choices));
  if (!choices.study.empty()) description["explained"] = recorded_explained(choices.study);
  std::cout << description.dump() << '\n';
}

void run(const Choices& choices) {
  const Function function = function_of(choices);
  const std::size_t trials = choices.trials > 0 ? choices.trials : function.trials;
  for (std::uint64_t seed = 1; seed <= choices.seeds; ++seed) {
    fmt::print("{};{};{};{};{}\n", function.name, choices.sampler, seed, trials,
               one_run(function, choices.sampler, seed, trials, choices.in_flight));
    std::fflush(stdout);
  }
}

int run_command(int argc, char** argv) {
  CLI::App app("Runs ocrtune's samplers on functions, and shows the functions to other optimizers");
  app.require_subcommand(1);
  Choices choices;
  const auto add = [&](const char* name, const char* help, const std::function<void()>& action) {
    CLI::App* command = app.add_subcommand(name, help);
    CLI::Option* function =
        command->add_option("--function", choices.function, "One of those that `list` names");
    command->add_option("--study", choices.study, "A recorded study, instead of a function")
        ->excludes(function);
    command->callback(action);
    return command;
  };
  app.add_subcommand("list", "Names of the functions and the samplers, as JSON")->callback(list);
  add("describe", "The function's space, as JSON", [&] { describe(choices); });
  add("serve",
      "Answers each line of JSON: a point with its values, an array of values with the result",
      [&] { serve(function_of(choices)); });
  CLI::App* running =
      add("run", "Results of a sampler: function;sampler;seed;trials;value", [&] { run(choices); });
  running->add_option("--sampler", choices.sampler, "One of those that `list` names")->required();
  running->add_option("--seeds", choices.seeds, "Runs, seeded from 1 on");
  running->add_option("--trials", choices.trials, "Trials a run, if not as many as usual");
  running->add_option("--in-flight", choices.in_flight, "Trials under way at a time")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return 0;
}

}  // namespace
}  // namespace ocrtune::bench

int main(int argc, char** argv) {
  try {
    return ocrtune::bench::run_command(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "samplers_bench: " << error.what() << '\n';
    return 1;
  }
}
