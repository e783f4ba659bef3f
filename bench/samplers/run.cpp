// Runs ocrtune's samplers on functions, and shows the functions to other optimizers.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "ocrtune/samplers/registry.h"
#include "samplers/functions.h"

namespace ocrtune::bench {
namespace {

using nlohmann::json;

/// The area between a reference point and what no other of the values is better than.
double hypervolume(std::vector<std::vector<double>> values, const std::vector<double>& reference) {
  std::ranges::sort(values);
  double area = 0;
  double height = reference[1];
  for (const std::vector<double>& value : values) {
    if (value[0] >= reference[0] || value[1] >= height) continue;
    area += (reference[0] - value[0]) * (height - value[1]);
    height = value[1];
  }
  return area;
}

/// The number that tells how good a run was; small is good.
double result_of(const Function& function, const std::vector<std::vector<double>>& values) {
  if (function.objectives > 1) return -hypervolume(values, function.reference);
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

/// The point an object of values stands for; throws where it lacks an active parameter.
Point point_of(const Space& space, const json& given) {
  std::vector<double> values;
  Point begun;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const Dimension& dimension = space.dimensions()[i];
    const bool active = space.is_active(i, begun);
    if (active != given.contains(dimension.name))
      throw std::invalid_argument(dimension.name + (active ? " is missing" : " is not active"));
    values.push_back(active ? given.at(dimension.name).get<double>() : dimension.initial);
    if (active) begun.values.emplace_back(dimension.name, nearest_value(dimension, values.back()));
  }
  return space.nearest(values);
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
  std::string sampler;
  std::uint64_t seeds = 30;
  std::size_t trials = 0;  // 0: as the function asks for
  std::size_t in_flight = 1;
};

void run(const Function& function, const Choices& choices) {
  const std::size_t trials = choices.trials > 0 ? choices.trials : function.trials;
  for (std::uint64_t seed = 1; seed <= choices.seeds; ++seed) {
    fmt::print("{};{};{};{};{}\n", function.name, choices.sampler, seed, trials,
               one_run(function, choices.sampler, seed, trials, choices.in_flight));
    std::fflush(stdout);
  }
}

int main_of(int argc, char** argv) {
  CLI::App app("Runs ocrtune's samplers on functions, and shows the functions to other optimizers");
  app.require_subcommand(1);
  Choices choices;
  const auto add = [&](const char* name, const char* what) {
    CLI::App* command = app.add_subcommand(name, what);
    command->add_option("--function", choices.function, "One of those that `list` names")
        ->required();
    return command;
  };
  CLI::App* list =
      app.add_subcommand("list", "Names of the functions and of the samplers, as JSON");
  CLI::App* describe = add("describe", "The function's space, as JSON");
  CLI::App* serving = add("serve", "The function's values at points, one line of JSON each");
  CLI::App* running = add("run", "Results of a sampler: function;sampler;seed;trials;value");
  running->add_option("--sampler", choices.sampler, "One of `ocrtune samplers`")->required();
  running->add_option("--seeds", choices.seeds, "Runs, seeded from 1 on");
  running->add_option("--trials", choices.trials, "Trials a run, if not as many as usual");
  running->add_option("--in-flight", choices.in_flight, "Trials under way at a time")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  (void)list;
  (void)describe;
  (void)serving;
  for (const Function& function : made_up_functions()) {
    if (function.name != choices.function) continue;
    if (*describe) std::cout << described(function).dump() << '\n';
    if (*serving) serve(function);
    if (*running) run(function, choices);
    return 0;
  }
  throw std::invalid_argument("no function " + choices.function);
}

}  // namespace
}  // namespace ocrtune::bench

int main(int argc, char** argv) {
  try {
    return ocrtune::bench::main_of(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "samplers_bench: " << error.what() << '\n';
    return 1;
  }
}
