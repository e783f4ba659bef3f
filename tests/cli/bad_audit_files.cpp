// Files of OCR quality audit, and studies that it has no form for.

#include "bad_inputs.h"

namespace ocrtune::cli::test {
namespace {

/// `import` of a file.
Prepare imported(const std::string& content, const Arguments& options = {},
                 const std::string& name = "results.csv") {
  return [=](const Folder& f) {
    Arguments arguments{"import", written(f, name, content), "-o", at(f, "out/points.json")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return arguments;
  };
}

/// Its best parameters, in JSON.
Prepare imported_best(const std::string& json) { return imported(json, {}, "best.json"); }

/// `export --format audit` of a study.
Prepare exported_for_audit(const Arguments& options) {
  return [options](const Folder& f) -> Arguments {
    make_study(at(f, "s.db"), options);
    return {"export", at(f, "s.db"), "-o", at(f, "out"), "--format", "audit"};
  };
}

}  // namespace

std::vector<BadInput> bad_audit_files() {
  return {
      {"results that do not exist", 2, "gone.csv: ",
       [](const Folder& f) -> Arguments {
         return {"import", at(f, "gone.csv"), "-o", at(f, "out/points.json")};
       }},
      {"results without a point", 2, "results.csv: has no point", imported("point_id;bin_c\n")},
      {"results that are an image", 2, "results.csv: is not UTF-8 text",
       imported("\x89PNG\r\n\x1a\n")},
      {"results with text instead of a number", 2,
       "results.csv: line 3: column `bin_c`: `x` is not a number",
       imported("point_id;bin_c\n1;12\n2;x\n")},
      {"results with decimal commas", 2, "`12,5` is not a number; use a decimal point, not a comma",
       imported("point_id;bin_c\n1;12,5\n")},
      {"results with an incomplete line", 2, "results.csv: line 3: has 1 field; 2 are required",
       imported("point_id;bin_c\n1;12\n2\n")},
      {"results with an unknown column", 2,
       "results.csv: line 1: column `bin_d` is neither a score nor a parameter of the Python "
       "design (did you mean `bin_c`?)",
       imported("point_id;bin_d\n1;12\n")},
      {"results of two presets", 2,
       "results.csv: line 1: column `clahe_clip` belongs to the preset blur_clahe, not to "
       "standard, to which `bin_c` belongs",
       imported("bin_c;clahe_clip\n12;2\n")},
      {"results that fit both presets", 2,
       "results.csv: `denoise_h` alone doesn't determine the preset; give it with `ocrtune import "
       "--preset`",
       imported("denoise_h\n9\n")},
      {"results with a value out of range", 2,
       "results.csv: line 2: bin_c = 1000: allowed: real, -255 to 255", imported("bin_c\n1000\n")},
      {"best parameters that are not JSON", 2, "best.json: is not JSON",
       imported_best("{\"bin_c\": ")},
      {"best parameters with text instead of a number", 2,
       "best.json: point 1: `bin_c` must be a number", imported_best("{\"bin_c\": \"12\"}")},
      {"the best of results without scores", 1,
       "--best: ", imported("bin_c\n12\n", {"--best", "3"})},
      {"results without the score to sort by", 1, "results.csv has no score `cnr`",
       imported("bin_c;score_tesseract\n12;50\n", {"--by", "cnr"})},
      {"results sorted by an unknown score", 1,
       "--by: beauty not in {confidence,sharpness,cnr,contrast}",
       imported("bin_c\n12\n", {"--by", "beauty"})},
      {"points to a folder that does not exist", 5,
       "points.json: can't be written: the folder is missing",
       [](const Folder& f) -> Arguments {
         return {"import", written(f, "r.csv", "bin_c\n12\n"), "-o", at(f, "no/points.json")};
       }},
      {"results for a study without the scores of the original pages", 2,
       "results.csv: has no scores of the original pages",
       [](const Folder& f) -> Arguments {
         return {"import", written(f, "results.csv", "bin_c;score_cnr\n12;3\n"), "--study",
                 at(f, "out/s.db")};
       }},
      {"results without a place for their points", 1,
       "--output: required, for points; or --study, for a study with their scores",
       [](const Folder& f) -> Arguments {
         return {"import", written(f, "results.csv", "bin_c\n12\n")};
       }},
      {"a log of times without its columns", 2, "log.csv: line 1: has no column `timestamp`",
       [](const Folder& f) -> Arguments {
         return {"timings", written(f, "log.csv", "point_id;image_id\n1;0\n")};
       }},
      {"initial points from invalid results", 2,
       "results.csv: line 2: column `bin_c`: `x` is not a number",
       [](const Folder& f) {
         return optimization(f, {"--enqueue", written(f, "results.csv", "bin_c\nx\n")});
       }},
      {"a study of another pipeline for the Python design", 1,
       "isn't one of the Python design; available: standard, blur_clahe",
       exported_for_audit({"--free", "use_denoise_nlm"})},
      {"a parameter that the Python design lacks", 1,
       "the free parameter `dilate_iter`: the Python design has none of that name in `standard`",
       exported_for_audit({"--free", "dilate_iter"})},
      {"an unknown export format", 1, "--format: xlsx not in {ocrtune,audit}",
       [](const Folder& f) -> Arguments {
         return {"export", at(f, "s.db"), "-o", at(f, "out"), "--format", "xlsx"};
       }},
  };
}

}  // namespace ocrtune::cli::test
