#include "pages/page_set.h"

#include <fmt/format.h>

#include "pages/errors.h"

namespace ocrtune::examples {
namespace {

const Recipe& recipe_of(const PageRequest& request) {
  if (request.index < 0) {
    throw PagesError("the index of a page is 0 or more");
  }
  if (!(request.scale >= 0.25 && request.scale <= 4.0)) {
    throw PagesError("the scale of a page is 0.25 to 4");
  }
  if (request.jpeg < 0 || request.jpeg > 100) {
    throw PagesError("the quality of JPEG is 1 to 100, or 0 for PNG");
  }
  const auto all = recipes();
  return all[static_cast<std::size_t>(request.index) % all.size()];
}

/// Counts the earlier pages with the same layout and language, so that each gets other text.
int ordinal_of(int index) {
  const auto all = recipes();
  const auto at = [&](int i) -> const Recipe& {
    return all[static_cast<std::size_t>(i) % all.size()];
  };
  int ordinal = 0;
  for (int i = 0; i < index; ++i) {
    const bool is_alike =
        at(i).layout.name == at(index).layout.name && at(i).language == at(index).language;
    ordinal += is_alike ? 1 : 0;
  }
  return ordinal;
}

LayoutJob job_of(const Recipe& recipe, const PageRequest& request) {
  // Different seeds open the booklet at different places; there are 24.
  const auto shift = static_cast<int>(mix64(request.seed) % 24U);
  return {.language = recipe.language,
          .family = std::string(recipe.family),
          .size_pt = recipe.size_pt,
          .dpi = recipe.dpi * request.scale,
          .ordinal = ordinal_of(request.index) + shift};
}

/// Typesets the other side of the sheet: a page of prose that differs from the front.
cv::Mat typeset_verso(const LayoutJob& front, Random& random) {
  LayoutJob back = front;
  back.ordinal += 3;
  back.size_pt = 11;
  return typeset_prose(back, random).gray;
}

std::string join(const std::vector<std::string>& rows) {
  std::string text;
  for (const std::string& row : rows) {
    text += row + "\n";
  }
  return text;
}

}  // namespace

Page describe_page(const PageRequest& request) {
  const Recipe& recipe = recipe_of(request);
  Page page;
  page.stem = fmt::format("{:02}-{}-{}-{}", request.index + 1, recipe.layout.name,
                          tesseract_code(recipe.language), recipe.label);
  page.language = recipe.language;
  page.layout = recipe.layout.name;
  page.dpi = recipe.dpi * request.scale;
  for (const Degradation& degradation : recipe.degradations) {
    page.degradation +=
        fmt::format("{}{}", page.degradation.empty() ? "" : "+", name_of(degradation));
    if (const auto* low = std::get_if<LowResolution>(&degradation)) {
      page.dpi *= low->factor;
    }
  }
  const bool is_jpeg =
      !recipe.degradations.empty() && std::holds_alternative<Jpeg>(recipe.degradations.back());
  page.file = page.stem + (is_jpeg || request.jpeg > 0 ? ".jpg" : ".png");
  if (page.degradation.empty()) {
    page.degradation = "clean";
  }
  return page;
}

Page make_page(const PageRequest& request) {
  Page page = describe_page(request);
  const Recipe& recipe = recipe_of(request);
  const std::uint64_t seed = mix64(request.seed ^ mix64(static_cast<std::uint64_t>(request.index)));
  const LayoutJob job = job_of(recipe, request);
  Random random(seed);
  const Typeset typeset = recipe.layout.typeset(job, random);
  page.truth = join(typeset.rows);

  cv::Mat gray = typeset.gray;
  std::uint64_t step = 0;
  for (Degradation degradation : recipe.degradations) {
    // Each step has random numbers of its own, so that changing one does not change the others.
    Random chance(mix64(seed + ++step));
    if (auto* through = std::get_if<ShowThrough>(&degradation)) {
      through->verso = typeset_verso(job, chance);
    }
    if (const auto* jpeg = std::get_if<Jpeg>(&degradation);
        jpeg && step == recipe.degradations.size()) {
      // The last step is the encoding itself: encoding twice would degrade twice.
      page.image = encode_jpeg(gray, 100 - jpeg->loss, page.dpi);
      return page;
    }
    gray = apply(degradation, gray, chance, recipe.dpi / 150.0 * request.scale);
  }
  page.image =
      request.jpeg > 0 ? encode_jpeg(gray, request.jpeg, page.dpi) : encode_png(gray, page.dpi);
  return page;
}

}  // namespace ocrtune::examples
