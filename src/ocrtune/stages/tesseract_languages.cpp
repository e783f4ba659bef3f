#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage tesseract_languages() {
  return {
      .name = "tesseract_languages",
      .summary = "Tells Tesseract which of the page's languages to read it with.",
      .cites = {"smith2009"},
      .parameters = {category("languages", {"given", "all", "first", "second", "third"},
                              "of those the page is said to be in, all or one alone; given leaves "
                              "it, and all is usual")},
      .run =
          [](const Image& in, const Values& settled) {
            Image out = in;
            out.told.languages = static_cast<Languages>(settled.integer("languages"));
            return out;
          },
      .tells = true,
  };
}

}  // namespace ocrtune
