#pragma once

#include <string_view>
#include <vector>

#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {

/// Reads stages of an older format, `page_segmentation` and `tesseract_…`, which files and studies
/// may still have, as the settings of [ocr] that replace them; free parameters keep their names.
/// Throws as SettingReader, also for what [ocr] cannot express.
class FormerOcrStages {
 public:
  explicit FormerOcrStages(std::string_view source) : source_(source), settings_(source) {}

  static bool has(std::string_view stage);

  /// Reads a section [[stage]] that uses such a stage. False if it uses another stage.
  bool take_use(const toml::table& table);

  /// Reads a section of alternatives that are such stages. False if none is.
  bool take_slot(const toml::table& table, const Slot& slot);

  /// Adds the settings of a table [ocr], which is at `where`.
  void add(const std::vector<OcrUse>& uses, const toml::node& where);

  /// All settings that were read.
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
