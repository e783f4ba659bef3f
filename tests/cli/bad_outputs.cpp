// Outputs that cannot be written, would overwrite something or contradict each other.

#include "bad_inputs.h"
#include "command_run.h"

namespace ocrtune::cli::test {
namespace {

/// `apply` of the page into `out`, with more options.
Prepare applied(const Arguments& options) {
  return [options](const Folder& f) {
    Arguments arguments{"apply", receipt(), "-o", at(f, "out")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return arguments;
  };
}

/// `apply` with a portfolio of this text.
Prepare applied_portfolio(const std::string& toml) {
  return [toml](const Folder& f) {
    return applied({"--portfolio", written(f, "p.toml", toml)})(f);
  };
}

/// `apply` with a recipe of this text, with more options.
Prepare applied_recipe(const std::string& toml, const Arguments& options = {}) {
  return [toml, options](const Folder& f) {
    Arguments all{"--recipe", written(f, "p.toml", toml)};
    all.insert(all.end(), options.begin(), options.end());
    return applied(all)(f);
  };
}

constexpr const char* kRecipe =
    "recommended = \"best\"\n"
    "[[choice]]\nname = \"fast\"\npipelines = [\"raw\"]\n"
    "[[choice]]\nname = \"best\"\npipelines = [\"raw\"]\n"
    "[[pipeline]]\nname = \"raw\"\n";

Arguments cleaned_over_itself(const Folder& f) {
  return {"clean", copied_page(f), "--pipeline", "standard", "-o", f.path()};
}

Arguments pdf_over_itself(const Folder& f) {
  const CommandRun pdf = run({"read", receipt(), "--format", "pdf"});
  return {"read", written(f, "page.pdf", pdf.out), "-o", f.path(), "--format", "pdf"};
}

Arguments read_as_a_truth(const Folder& f) {
  (void)copied_page(f, "x.png");
  return {"read", copied_page(f, "x.gt.png"), "-o", f.path()};
}

Arguments read_over_a_truth(const Folder& f) {
  (void)written(f, "x.gt.txt", "the truth");
  Arguments arguments = read_as_a_truth(f);
  arguments.insert(arguments.begin() + 1, at(f, "x.png"));
  return arguments;
}

Arguments two_of_one_name(const Folder& f) {
  return {"clean", copied_page(f), copied_page(f, "page.tif"), "--pipeline", "standard",
          "-o",    at(f, "out")};
}

}  // namespace

std::vector<BadInput> bad_outputs() {
  return {
      {"best.toml in a folder that does not exist", 5,
       "best.toml: can't be written: the folder is missing",
       [](const Folder& f) -> Arguments {
         return {"tune",    receipt(),         "--trials", "1",
                 "--study", at(f, "out/s.db"), "-o",       at(f, "no/best.toml")};
       }},
      {"scores written over a folder", 5, "out: can't be written: Is a directory",
       [](const Folder& f) -> Arguments {
         return {"score", receipt(), "--set", "denoise_h=0", "--csv", at(f, "out")};
       }},
      {"an unknown portfolio", 4,
       "portfolio `document`: neither a file nor a built-in portfolio (did you mean `documents`?)",
       applied({"--portfolio", "document"})},
      {"a pipeline file as a portfolio", 4,
       "p.toml: line 1: a portfolio needs at least one [[pipeline]] section",
       applied_portfolio("name = \"p\"\n")},
      {"a portfolio that is nested too deeply", 4, "p.toml: line 1: is nested more than 32 deep",
       applied_portfolio("pipeline = " + std::string(45'000, '['))},
      {"a recipe that is nested too deeply", 4, "p.toml: line 1: is nested more than 32 deep",
       applied_recipe("choice = " + std::string(45'000, '['))},
      {"free parameters in a portfolio", 4,
       "p.toml: line 1: pipeline `a` has free parameters; those of a portfolio are fixed",
       applied_portfolio("[[pipeline]]\nname = \"a\"\n[[pipeline.stage]]\nuse = \"clahe\"\nclip = "
                         "\"free\"\n")},
      {"--portfolio together with --pipeline", 1, "--portfolio excludes --pipeline",
       applied({"--portfolio", "documents", "--pipeline", "raw"})},
      {"a portfolio file as a recipe", 4,
       "p.toml: line 1: this is a portfolio, and a recipe is needed, which has [[choice]] "
       "sections; "
       "give a portfolio by --portfolio",
       applied_recipe("[[pipeline]]\nname = \"a\"\n")},
      {"a choice that a recipe does not have", 1,
       "--choice: `bests` is not one of fast, best (did you mean `best`?)",
       applied_recipe(kRecipe, {"--choice", "bests"})},
      {"--choice without --recipe", 1, "--choice: needs a recipe", applied({"--choice", "fast"})},
      {"one pipeline given twice", 1, "--pipeline: two pipelines have the name `raw`",
       applied({"--pipeline", "raw", "--pipeline", "raw"})},
      {"a damaged journal", 5, "ocrtune-apply.jsonl: is damaged in line 1",
       [](const Folder& f) -> Arguments {
         written(f, "ocrtune-apply.jsonl", "{}\n");
         return {"apply", receipt(), "-o", f.path()};
       }},
      {"apply with a file as the output folder", 5, "the folder cannot be created",
       [](const Folder& f) -> Arguments {
         return {"apply", receipt(), "-o", written(f, "file", "x")};
       }},
      {"clean with a file as the output folder", 5, "the folder cannot be created",
       [](const Folder& f) -> Arguments {
         return {"clean", receipt(), "--pipeline", "standard", "-o", written(f, "file", "x")};
       }},
      {"cleaned pages written over their originals", 1,
       "page.png would overwrite the page it comes from", cleaned_over_itself},
      {"a searchable PDF written over its page", 1,
       "page.pdf would overwrite the page it comes from", pdf_over_itself},
      {"a text written over a page's ground truth", 1,
       "x.gt.txt would overwrite the ground truth of x.png", read_over_a_truth},
      {"a text with the name of a page's ground truth", 1,
       "x.gt.txt would be taken for the ground truth of", read_as_a_truth},
      {"scores written over their manifest", 1, "pages.csv would overwrite an input",
       [](const Folder& f) -> Arguments {
         const std::string manifest = written(f, "pages.csv", "file\n" + receipt() + "\n");
         return {"score", manifest, "--set", "denoise_h=0", "--csv", manifest};
       }},
      {"two pages for one output file", 1,
       "page.png; give them separately, each with an output folder of its own, or recognize all "
       "into one document with `ocrtune apply -o NAME.pdf`",
       two_of_one_name},
      {"two formats on standard output", 1, "--format: one format on standard output",
       words({"read", receipt(), "--format", "text,tsv"})},
  };
}

}  // namespace ocrtune::cli::test
