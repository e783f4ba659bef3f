#include "ocrtune/apply/page_reasons.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune {
namespace {

// Where pages become hard to recognize.
constexpr double kSmallLetters = 10;  // px
constexpr double kFaint = 80;         // gray levels
constexpr double kSkewed = 1;         // degrees
constexpr double kNoisy = 20;         // gray levels
constexpr double kUneven = 20;        // gray levels
/// Blur of sharp scans is below 1.2 px, however large the letters.
constexpr double kBlurred = 1.5;        // px
constexpr double kBlurOfLetter = 0.12;  // x-heights

/// The x-height of 10-point type is 20 px at 300 dpi.
constexpr double kDpiPerPixel = 15;

double to_tenths(double value) { return std::round(10 * value) / 10; }

}  // namespace

const std::vector<std::string>& page_reason_names() {
  static const std::vector<std::string> kNames{
      "nothing_recognized", "other_language", "vertical_text", "columns", "light_on_dark",
      "low_resolution",     "faint",          "skewed",        "blurred", "noisy",
      "uneven_light"};
  return kNames;
}

std::optional<PageReasonKind> page_reason_named(const std::string& name) {
  const auto found = std::ranges::find(page_reason_names(), name);
  if (found == page_reason_names().end()) return std::nullopt;
  return static_cast<PageReasonKind>(found - page_reason_names().begin());
}

std::vector<PageReason> reasons_of(const PageCondition& condition) {
  std::vector<PageReason> reasons;
  const auto add = [&](PageReasonKind kind, double value) {
    reasons.push_back({.kind = kind, .value = value, .model = {}});
  };
  if (condition.light_on_dark) add(PageReasonKind::light_on_dark, 0);
  if (condition.x_height > 0 && condition.x_height < kSmallLetters)
    add(PageReasonKind::low_resolution, std::round(kDpiPerPixel * condition.x_height));
  if (condition.contrast > 0 && condition.contrast < kFaint)
    add(PageReasonKind::faint, to_tenths(condition.contrast));
  if (condition.skew && std::abs(*condition.skew) >= kSkewed)
    add(PageReasonKind::skewed, to_tenths(*condition.skew));
  if (condition.blur >= kBlurred && condition.blur >= kBlurOfLetter * condition.x_height)
    add(PageReasonKind::blurred, to_tenths(condition.blur));
  if (condition.noise >= kNoisy) add(PageReasonKind::noisy, to_tenths(condition.noise));
  if (condition.unevenness >= kUneven && !condition.light_on_dark)
    add(PageReasonKind::uneven_light, to_tenths(condition.unevenness));
  return reasons;
}

std::vector<PageReason> reasons_of(const PageFindings& findings) {
  std::vector<PageReason> reasons;
  if (findings.nothing_recognized) reasons.push_back({.kind = PageReasonKind::nothing_recognized});
  if (!findings.other_lang.empty())
    reasons.push_back({.kind = findings.across_vertical_lines ? PageReasonKind::vertical_text
                                                              : PageReasonKind::other_language,
                       .model = findings.other_lang});
  if (findings.in_columns) reasons.push_back({.kind = PageReasonKind::columns});
  std::ranges::copy(reasons_of(findings.condition), std::back_inserter(reasons));
  return reasons;
}

std::string reason_text(const PageReason& reason) {
  switch (reason.kind) {
    case PageReasonKind::nothing_recognized:
      return tr("nothing recognized");
    case PageReasonKind::other_language:
      return tr("looks {}", language_name(reason.model));
    case PageReasonKind::vertical_text:
      return tr("vertical text");
    case PageReasonKind::columns:
      return tr("in columns");
    case PageReasonKind::light_on_dark:
      return tr("light on dark");
    case PageReasonKind::low_resolution:
      return tr("like {:.0f} dpi", reason.value);
    case PageReasonKind::faint:
      return tr("faint");
    case PageReasonKind::skewed:
      return tr("leans {:.1f}°", std::abs(reason.value));
    case PageReasonKind::blurred:
      return tr("blurred");
    case PageReasonKind::noisy:
      return tr("noisy");
    case PageReasonKind::uneven_light:
      return tr("uneven light");
  }
  return "";
}

std::string reason_advice(const PageReason& reason) {
  switch (reason.kind) {
    case PageReasonKind::nothing_recognized:
      return tr("look at it: is it print, and upright?");
    case PageReasonKind::other_language:
    case PageReasonKind::vertical_text:
      return tr("recognize it in {} ({})", language_name(reason.model), reason.model);
    case PageReasonKind::columns:
      return tr("check the order of its lines");
    case PageReasonKind::light_on_dark:
      return tr("try the stage invert_dark");
    case PageReasonKind::low_resolution:
      return tr("scan it again with 300 dpi, or try the stage rescale_x_height");
    case PageReasonKind::faint:
      return tr("try the stages stretch_contrast and clahe");
    case PageReasonKind::skewed:
      return tr("straighten it, or try the stage deskew");
    case PageReasonKind::blurred:
      return tr("scan it again, or try the stage unsharp_mask");
    case PageReasonKind::noisy:
      return tr("try the stage denoise_nlm");
    case PageReasonKind::uneven_light:
      return tr("try the stage subtract_background");
  }
  return "";
}

}  // namespace ocrtune
