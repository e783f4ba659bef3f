// Languages that are not installed and pipelines that are not valid.

#include "bad_inputs.h"
#include "command_run.h"

namespace ocrtune::cli::test {
namespace {

constexpr const char* kStage = "[[stage]]\nuse = \"denoise_nlm\"\n";

Prepare pipeline_of(const std::string& toml) {
  return [toml](const Folder& f) -> Arguments {
    return {"score", receipt(), "--pipeline", written(f, "p.toml", toml)};
  };
}

std::string deep_key() {
  std::string key = "a";
  for (int i = 0; i < 45'000; ++i) key += ".a";
  return key;
}

/// A stage with this line.
Prepare stage_with(const std::string& line) { return pipeline_of(kStage + line + "\n"); }

}  // namespace

std::vector<BadInput> bad_languages() {
  return {
      {"a language that is not installed", 3, "language `tlh`: no tlh.traineddata in",
       words({"read", receipt(), "--lang", "eng+tlh"})},
      {"a language with a package to install", 3, "apt install tesseract-ocr-iku",
       words({"read", receipt(), "--lang", "iku"})},
      {"a language that is a path", 1, "language `../eng`: names look like eng or eng+fra",
       words({"read", receipt(), "--lang", "../eng"})},
      {"a tessdata folder without models", 3, "install it: apt install tesseract-ocr-eng",
       [](const Folder& f) -> Arguments {
         return {"read", receipt(), "--tessdata", f.path()};
       }},
      {"an OCR engine mode that the model does not support", 3, "can't use the data in",
       words({"read", receipt(), "--oem", "0"})},
  };
}

std::vector<BadInput> bad_pipelines() {
  return {
      {"a pipeline that does not exist", 4,
       "pipeline `standart`: neither a file nor a preset (did you mean `standard`?)",
       words({"score", receipt(), "--pipeline", "standart"})},
      {"a pipeline file that is not TOML", 4, "p.toml: line 2: not TOML",
       pipeline_of("name = \"x\"\n[[stage]\n")},
      {"a pipeline file of bytes", 4, "p.toml: is not UTF-8 text",
       pipeline_of(std::string("\xff\0\x80", 3))},
      {"a pipeline file that is too long", 4, "p.toml: is too large: 1.1 MB, the limit is 1.0 MB",
       pipeline_of(std::string(1'100'000, '#'))},
      {"a pipeline file that is nested too deeply", 4,
       "p.toml: line 1: is nested more than 32 deep", pipeline_of(deep_key() + " = 1\n")},
      {"a folder as a pipeline file", 4, "a.db: is a folder, not a file",
       [](const Folder& f) -> Arguments {
         std::filesystem::create_directory(f.path() / "a.db");
         return {"score", receipt(), "--pipeline", at(f, "a.db")};
       }},
      {"an unknown stage", 4,
       "p.toml: line 2: unknown stage `denoise_nl` (did you mean `denoise_nlm`?); available: "
       "drop_colour",
       pipeline_of("[[stage]]\nuse = \"denoise_nl\"\n")},
      {"an unknown parameter", 4,
       "p.toml: line 3: unknown key `strength` in stage denoise_nlm; known: use, optional, on, h, "
       "noise_threshold",
       stage_with("strength = 3")},
      {"a value out of range", 4, "p.toml: line 3: h = 900: allowed: real, 0 to 100",
       stage_with("h = 900")},
      {"an even kernel size", 4, "kernel = 150: allowed: odd integer, 3 to 2001",
       pipeline_of("[[stage]]\nuse = \"normalize_division\"\nkernel = 150\n")},
      {"text instead of a number", 4, "p.toml: line 3: `h` must be a number",
       stage_with("h = \"strong\"")},
      {"a range without an upper bound", 4, "p.toml: line 3: `h` needs both low and high",
       stage_with("h = { low = 2 }")},
      {"two parameters with one name", 4, "two parameters have the name `h_size`",
       pipeline_of("[[stage]]\nuse = \"remove_lines\"\n[[stage]]\nuse = \"inpaint_lines\"\n")},
      {"a comparison with a pipeline that does not exist", 4,
       "pipeline `standart`: neither a file nor a preset",
       words({"compare", receipt(), "--pipeline", "raw", "--pipeline", "standart"})},
  };
}

}  // namespace ocrtune::cli::test
