#include "ocrtune/audit/design.h"

#include <algorithm>

namespace ocrtune {
namespace {

/// True if `column` is `name`, or `name` without the prefix "score_".
bool is_called(std::string_view column, std::string_view name) {
  constexpr std::string_view kBefore = "score_";
  return column == name || column == name.substr(kBefore.size());
}

}  // namespace

const std::vector<AuditPipeline>& audit_pipelines() {
  static const std::vector<AuditPipeline> kPipelines{
      {.preset = "standard",
       .title = "Standard (Binarisation)",
       .parameters = {{"line_h_size", "line_h"},
                      {"line_v_size", "line_v"},
                      {"norm_kernel", "norm_kernel", true},
                      {"denoise_h", "denoise_h"},
                      {"noise_threshold", "noise_threshold"},
                      {"bin_block_size", "bin_block", true},
                      {"bin_c", "bin_c"}}},
      {.preset = "blur_clahe",
       .title = "Haute Fidélité (Blur+CLAHE)",
       .parameters = {{"inp_line_h", "inp_line_h"},
                      {"inp_line_v", "inp_line_v"},
                      {"denoise_h", "denoise_h"},
                      {"bg_dilate", "bg_dilate", true},
                      {"bg_blur", "bg_blur", true},
                      {"clahe_clip", "clahe_clip"},
                      {"clahe_tile", "clahe_tile"}}}};
  return kPipelines;
}

const AuditPipeline* find_audit_pipeline(std::string_view name) {
  const auto found = std::ranges::find(audit_pipelines(), name, &AuditPipeline::preset);
  return found == audit_pipelines().end() ? nullptr : &*found;
}

const std::vector<AuditScore>& audit_scores() {
  static const std::vector<AuditScore> kScores{{Score::confidence, "score_tesseract"},
                                               {Score::sharpness, "score_nettete"},
                                               {Score::cnr, "score_cnr"},
                                               {Score::contrast, "score_contraste"}};
  return kScores;
}

std::string audit_configuration_name(std::string_view results) {
  return std::string(results.substr(0, results.rfind(".csv"))) + "_config.csv";
}

std::optional<Score> audit_score_named(std::string_view column) {
  const auto found = std::ranges::find_if(
      audit_scores(), [&](const AuditScore& score) { return is_called(column, score.column); });
  return found == audit_scores().end() ? std::nullopt : std::optional(found->score);
}

bool is_audit_delta(std::string_view column) { return is_called(column, kAuditDelta); }

}  // namespace ocrtune
