#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {

/// Settings of [ocr] were stages of their own, `page_segmentation` and `tesseract_…`, which files
/// and studies still have. Reads them as what they mean now; free parameters keep their names.
/// Throws as SettingReader, also for what [ocr] can't say.
class FormerOcrStages {
 public:
  explicit FormerOcrStages(std::string_view source) : source_(source), settings_(source) {}

  static bool has(std::string_view stage);

  /// Reads a section [[stage]] that uses one. False where it uses another stage.
  bool take_use(const toml::table& table);

  /// Reads a section of alternatives that are such stages. False where none is.
  bool take_slot(const toml::table& table, const Slot& slot);

  /// What a table [ocr] sets, which stands at `where`.
  void add(const std::vector<OcrUse>& uses, const toml::node& where);

  /// All that was read.
  [[nodiscard]] const std::vector<OcrUse>& uses() const { return uses_; }

 private:
  void add(const OcrUse& use, const toml::node& where);
  [[nodiscard]] std::vector<OcrUse> parameters_of(std::string_view stage, const toml::table* table,
                                                  std::string_view prefix) const;
  void take_alternative(const toml::table& table, const Slot& slot);
  [[nodiscard]] OcrUse thresholding_of(const toml::table& table, const Slot& slot) const;

  std::string source_;
  SettingReader settings_;
  std::vector<OcrUse> uses_;
};

}  // namespace ocrtune
