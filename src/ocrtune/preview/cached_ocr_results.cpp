#include "ocrtune/preview/cached_ocr_results.h"

#include <nlohmann/json.hpp>

#include "ocrtune/apply/expected_cer.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/preview/page_images.h"

namespace ocrtune {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// More than the size for a page of 100 000 words.
constexpr std::uint64_t kMaxBytes = 16U << 20U;

std::optional<json> kept_in(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  try {
    std::optional<json> ocr_result = find_json_object(read_text(file, kMaxBytes));
    const bool whole = ocr_result && ocr_result->contains("scores") &&
                       ocr_result->at("scores").is_object() && ocr_result->contains("words") &&
                       ocr_result->contains("engine") && ocr_result->contains("expected_cer") &&
                       ocr_result->at("expected_cer").is_number();
    if (whole) {
      (void)reasons_of_json(ocr_result->at("reasons"));
      return ocr_result;
    }
  } catch (const Error&) {
    // The page is recognized again.
  } catch (const json::exception&) {
    // Likewise.
  }
  return std::nullopt;
}

}  // namespace

std::optional<json> CachedOcrResults::find(const Page& page) const {
  return kept_in(place_of(page));
}

json CachedOcrResults::get(const Corpus& corpus, std::size_t index,
                           const std::atomic<bool>& stop) const {
  const Page& page = page_of(corpus, index);
  const fs::path file = place_of(page);
  if (auto kept = kept_in(file)) return *std::move(kept);
  const Image image = corpus.image(index, true);
  PageInk ink([&] { return image.gray; });
  auto read = recognizer_.read(page, image, {}, std::string(kAutomaticEngine), stop, ink);
  if (!read) throw Error(Errc::interrupted, tr("the program ends"));
  expect_nothing_if_blank(*read, image);
  read->reasons = reasons_of(read->ocr_result, read->expected_cer, page.lang, image);
  json ocr_result = page_ocr_result_json(page, *read, 0);
  make_folder(file.parent_path());
  write_atomically(file, ocr_result.dump(-1, ' ', false, json::error_handler_t::replace));
  return ocr_result;
}

fs::path CachedOcrResults::place_of(const Page& page) const {
  const std::string name =
      content_hash(page_content(page).gray.text() + " " + recognizer_.identity(page)).text();
  return folder_ / name.substr(0, 2) / (name + ".json");
}

}  // namespace ocrtune
