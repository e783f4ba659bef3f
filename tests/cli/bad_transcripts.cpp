// Ground truth and OCR results that cannot be used.

#include "bad_inputs.h"
#include "command_run.h"

namespace ocrtune::cli::test {
namespace {

constexpr const char* kEntities =
    "<!DOCTYPE html [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>\n"
    "<html><body class=\"ocr_page\">&c;</body></html>";

/// `read` of a page with ground truth beside it.
Prepare with_truth(const std::string& name, const std::string& content) {
  return [name, content](const Folder& f) -> Arguments {
    written(f, name, content);
    return {"read", copied_page(f)};
  };
}

/// `evaluate` of an OCR result whose ground truth is a line of text.
Prepare evaluation(const std::string& name, const std::string& content, Arguments options = {}) {
  return [=](const Folder& f) {
    Arguments arguments{"evaluate", written(f, name, content), "--truth",
                        written(f, "a.gt.txt", "one line\n")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return arguments;
  };
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

Arguments results_of_one_page(const Folder& f) {
  written(f, "old/a.txt", "one line");
  written(f, "new/a.txt", "one line");
  return {"evaluate", at(f, "old"), at(f, "new")};
}

}  // namespace

std::vector<BadInput> bad_transcripts() {
  return {
      {"ground truth that is not well-formed XML", 2,
       "page.gt.xml: line 2: is not well-formed XML: ",
       with_truth("page.gt.xml", "<PcGts>\n</Page>")},
      {"ground truth in another XML format", 2,
       "page.gt.xml: is neither PAGE XML nor ALTO nor hOCR: its root is `mets` without a namespace",
       with_truth("page.gt.xml", "<mets/>")},
      {"ground truth with expanding entities", 2, "page.gt.hocr: line 2: unknown entity `&c;`",
       with_truth("page.gt.hocr", kEntities)},
      {"ground truth that is not text", 2,
       "page.gt.txt: is not UTF-8 text (the page is used without ground truth)",
       with_truth("page.gt.txt", "\xff\xfe")},
      {"an OCR result that is cut off", 2,
       "a.xml: line 2: is not well-formed XML: ", evaluation("a.xml", "<alto>\n<Layout>")},
      {"an OCR result of several pages", 2,
       "a.xml: has 2 elements Page; only files with one page are supported",
       evaluation("a.xml", "<alto><Layout><Page/><Page/></Layout></alto>")},
      {"an OCR result in HTML that is not hOCR", 2,
       "a.html: is HTML, but not hOCR: no element has the class ocr_page",
       evaluation("a.html", "<html><body/></html>")},
      {"an OCR result with too deeply nested elements", 2,
       "a.xml: line 1: more than 256 nested elements",
       evaluation("a.xml", repeated("<a>", 300) + repeated("</a>", 300))},
      {"an OCR result that is an image", 2, "a.png: is not UTF-8 text",
       evaluation("a.png", "\x89PNG\r\n\x1a\n")},
      {"an OCR result that is too long", 2,
       "a: has 200000 characters; at most 100000 per page can be compared",
       evaluation("a.txt", std::string(200'000, 'x'))},
      {"two OCR results of one page", 1,
       "are of the same page; give one folder of each kind at a time", results_of_one_page},
      {"OCR results that do not exist", 2, "gone: no such file or folder",
       [](const Folder& f) -> Arguments {
         return {"evaluate", at(f, "gone")};
       }},
      {"OCR results without ground truth", 2,
       "no OCR result has ground truth; for NAME.txt it is NAME.gt.txt beside it",
       [](const Folder& f) -> Arguments {
         return {"evaluate", written(f, "a.txt", "one line")};
       }},
      {"--ignore with an unknown value", 1, "--ignore: font not in {case,space,punctuation}",
       evaluation("a.txt", "x", {"--ignore", "font"})},
      {"--csv in a folder that does not exist", 5,
       "errors.csv: can't be written: the folder is missing",
       [](const Folder& f) {
         return evaluation("a.txt", "x", {"--csv", at(f, "no/errors.csv")})(f);
       }},
  };
}

}  // namespace ocrtune::cli::test
