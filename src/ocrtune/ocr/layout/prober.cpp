#include "ocrtune/ocr/layout/prober.h"

#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/tesseract_opening.h"

namespace ocrtune::layout {
namespace {

constexpr int kUsualMode = tesseract::PSM_SINGLE_BLOCK;

}  // namespace

void LayoutApi::forget(tesseract::PAGE_RES* earlier) {
  const bool twice = earlier != nullptr && earlier != page_res_;
  Clear();
  if (!twice) return;
  // A second analysis overwrites the pointer without freeing it.
  page_res_ = earlier;
  Clear();
}

std::unique_ptr<Prober> open_prober(const Variables& variables, const ProbeSight& sight) {
  auto prober = std::make_unique<Prober>();
  LayoutApi& api = prober->api;
  const std::vector<char> model = probe_model(sight);
  const auto lock = hold_tesseract_opening();
  if (api.Init(model.data(), static_cast<int>(model.size()), "probe", tesseract::OEM_LSTM_ONLY,
               nullptr, 0, nullptr, nullptr, false, nullptr) != 0) {
    throw Error(Errc::dependency_missing, tr("this Tesseract can't be used for layout analysis"));
  }
  for (const auto& [name, value] : variables) api.SetVariable(name.c_str(), value.c_str());
  api.SetVariable("tessedit_do_invert", "0");
  // Paragraphs are taken from the layout; finding them in the text of probes would take time
  // proportional to the square of its words.
  api.SetVariable("paragraph_text_based", "0");
  prober->variables.emplace(api, kUsualMode);
  return prober;
}

}  // namespace ocrtune::layout
