// Command lines that are wrong: options, their values, and what pages lack for them.

#include "bad_inputs.h"
#include "command_run.h"

namespace ocrtune::cli::test {
namespace {

Prepare screening_with(const Arguments& options) {
  return [options](const Folder& f) { return screening(f, options); };
}

Prepare optimization_with(const Arguments& options) {
  return [options](const Folder& f) { return optimization(f, options); };
}

Prepare score_with(const std::string& option, const std::string& value) {
  return words({"score", receipt(), option, value});
}

/// `score` of these points.
Prepare points(const std::string& json) {
  return [json](const Folder& f) -> Arguments {
    return {"score", receipt(), "--params", written(f, "points.json", json)};
  };
}

/// A command on a page that has no ground truth, with `behind` behind it and its study, if it has
/// one, in `out`.
Prepare without_truth(const std::string& command, const Arguments& behind, bool has_study = true) {
  return [=](const Folder& f) {
    Arguments arguments{command, copied_page(f, "alone.png")};
    if (has_study) arguments.insert(arguments.end(), {"--study", at(f, "out/s.db")});
    arguments.insert(arguments.end(), behind.begin(), behind.end());
    return arguments;
  };
}

std::vector<BadInput> bad_comparisons() {
  return {
      {"a comparison without pipelines", 1, "--pipeline is required",
       words({"compare", receipt()})},
      {"a comparison of a pipeline with itself", 1, "--pipeline raw: is given twice",
       words({"compare", receipt(), "--pipeline", "raw", "--pipeline", "raw"})},
      {"a comparison of raw alone", 1,
       "--pipeline raw: is already compared by default; name a second pipeline",
       words({"compare", receipt(), "--pipeline", "raw"})},
      {"a comparison by CER without ground truth", 1, "--by cer: no page has ground truth",
       without_truth("compare", {"--pipeline", "standard", "--by", "cer"}, false)},
  };
}

std::vector<BadInput> bad_words() {
  return {
      {"an unknown option of the program", 1,
       "unknown option `--verison` (did you mean `--version`?); see `ocrtune --help`",
       words({"--verison"})},
      {"an unknown command", 1,
       "unknown command `tuna` (did you mean `tune`?); see `ocrtune --help`",
       words({"tuna", receipt()})},
      {"no command", 1, "see `ocrtune --help`", words({})},
      {"an unknown option", 1,
       "screen has no option --exponnent (did you mean `--exponent`?); see `ocrtune screen --help`",
       screening_with({"--exponnent", "3"})},
      {"no corpus", 1, "CORPUS is required; see `ocrtune screen --help`", words({"screen"})},
      {"--exponent 21", 1, "--exponent: Value 21 not in range 0 to 20",
       words({"screen", receipt(), "--exponent", "21"})},
  };
}

std::vector<BadInput> bad_searches() {
  const auto& with = optimization_with;
  return {
      {"an unknown sampler", 1, "--sampler: annealing not in {random,sobol,tpe,",
       with({"--sampler", "annealing"})},
      {"an unknown pruner", 1, "--pruner: best not in {none,", with({"--pruner", "best"})},
      {"a single-objective sampler with two objectives", 1,
       "the sampler cmaes supports a single objective; for several use: ",
       with({"--sampler", "cmaes", "--objective", "confidence,cnr"})},
      {"an objective given twice", 1, "--objective cnr: given twice",
       with({"--sampler", "nsga2", "--objective", "cnr,cnr"})},
      {"pruning with two objectives", 1, "--pruner: a pruner requires a single objective",
       with({"--objective", "confidence,cnr", "--pruner", "racing"})},
      {"an invalid time", 1,
       "--budget soon: expected a time such as 90s, 10m or 1.5h, from one second to 1000 hours",
       with({"--budget", "soon"})},
      {"a constraint without a bound", 1,
       "constraint `words>3`: has neither >= nor <=; allowed: NAME>=NUMBER, NAME<=NUMBER or "
       "loss(NAME)<=NUMBER",
       with({"--constraint", "words>3"})},
      {"a constraint on an unknown score", 1,
       "constraint `pages>=3`: `pages` is not one of confidence, char_confidence, ",
       with({"--constraint", "pages>=3"})},
      {"a loss with a lower bound", 1, "constraint `loss(words)>=3`: loss(NAME) takes only <=; ",
       with({"--constraint", "loss(words)>=3"})},
      {"a loss with a negative bound", 1,
       "constraint `loss(words)<=-3`: with a negative bound, not even the originals satisfy it; ",
       with({"--constraint", "loss(words)<=-3"})},
      {"a constraint on error rates without ground truth", 1,
       "--constraint loss(cer)<=2: no page has ground truth",
       without_truth("optimize", {"--trials", "1", "--constraint", "loss(cer)<=2"})},
      {"an initial pipeline that does not exist", 4, "nothing.toml",
       with({"--enqueue", "nothing.toml"})},
      {"initial points that are not JSON", 1, "points.json: is not JSON",
       [](const Folder& f) {
         return optimization(f, {"--enqueue", written(f, "points.json", "{")});
       }},
      {"more validation pages than pages", 1,
       "--hold-out 5: none of 1 pages would be left for tuning",
       [](const Folder& f) -> Arguments {
         return {"tune",    receipt(),         "--hold-out", "5",
                 "--study", at(f, "out/s.db"), "-o",         at(f, "out/best.toml")};
       }},
  };
}

std::vector<BadInput> bad_values() {
  const auto& with = screening_with;
  return {
      {"--jobs 0", 1, "--jobs: Value 0 not in range 1 to 1024", with({"--jobs", "0"})},
      {"--memory with an invalid size", 1,
       "--memory: `lots` is not a size of at least 100 MB, such as 800M or 4G",
       with({"--memory", "lots"})},
      {"--memory with too small a size", 1, "--memory: `5M` is not a size of at least 100 MB",
       with({"--memory", "5M"})},
      {"--seed -1", 1, "--seed", with({"--seed", "-1"})},
      {"--psm 2, which does no OCR", 1, "--psm: 2 not in {", with({"--psm", "2"})},
      {"--engine with an unknown engine", 1, "--engine: best not in {auto,lstm,tesseract,",
       with({"--engine", "best"})},
      {"the engine `lstm` with another OCR engine mode", 3, "engine mode",
       with({"--engine", "lstm", "--oem", "3"})},
      {"hOCR of several pages on standard output", 1,
       "--format hocr: one page on standard output; give -o DIR for several",
       words({"read", four_pages(), "--format", "hocr"})},
      {"searchable PDFs of several files on standard output", 1,
       "--format pdf: one file on standard output; give -o DIR for several",
       words({"read", four_pages(), "--format", "pdf"})},
      {"--set without a value", 1, "--set bin_c: expected NAME=VALUE",
       score_with("--set", "bin_c")},
      {"--set with an unknown name", 1,
       "--set bin_d=3: pipeline `standard` has no parameter `bin_d` (did you mean `bin_c`?)",
       score_with("--set", "bin_d=3")},
      {"--set with a word for a number", 1, "--set bin_c=dark: bin_c = dark: allowed: real, ",
       score_with("--set", "bin_c=dark")},
      {"--free with swapped bounds", 1, "--free bin_c=20:10: bin_c: the range 20 to 10 is empty",
       with({"--free", "bin_c=20:10"})},
      {"--free with a range beyond the allowed one", 1,
       "--free norm_kernel=1:9: norm_kernel = 1: allowed: odd integer, 3 to 2001",
       with({"--free", "norm_kernel=1:9"})},
      {"a pipeline without free parameters", 1, "the pipeline has no free parameter",
       [](const Folder& f) -> Arguments {
         return {"screen", receipt(), "--pipeline", "raw", "--study", at(f, "out/s.db")};
       }},
      {"--objective cer without ground truth", 1, "--objective cer: no page has ground truth",
       without_truth("screen", {"--objective", "cer"})},
      {"points that are not JSON", 1, "points.json: is not JSON (at byte", points("[{]")},
      {"points that are not a list", 1, "points.json: expected a list of at least one point",
       points("{}")},
      {"a point with an unknown name", 1,
       "points.json: point 1: pipeline `standard` has no parameter `x`", points("[{\"x\": 1}]")},
      {"a point with text instead of a number", 1, "points.json: point 2: `bin_c` must be a number",
       points("[{}, {\"bin_c\": \"9\"}]")},
      {"a point out of range", 1, "points.json: point 1: bin_c = 1000: allowed: real, -255 to 255",
       points("[{\"bin_c\": 1e3}]")},
  };
}

}  // namespace

std::vector<BadInput> bad_options() {
  std::vector<BadInput> cases;
  for (const auto& group : {bad_comparisons, bad_words, bad_searches, bad_values}) {
    for (BadInput& one : group()) cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace ocrtune::cli::test
