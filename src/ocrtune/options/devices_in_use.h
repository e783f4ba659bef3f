#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/device_use.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/ocr_device.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/options/options.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::workflow {

/// The name for --device that selects the fastest devices.
inline constexpr std::string_view kFastestDevice = "auto";

/// The devices that a run uses for stages and for the networks of OCR engines. Not thread-safe.
class DevicesInUse {
 public:
  explicit DevicesInUse(DeviceOptions options) : stated_(std::move(options)) {}

  /// Whether the devices are chosen by measuring the pages: `auto`. Otherwise opened() uses no
  /// page.
  [[nodiscard]] bool measures_pages() const;

  /// The requested devices, opened at the first call; none for the CPU. With `auto`, the fastest
  /// device for the pipeline's stages on these pages is chosen at the first call and reported;
  /// `pipeline` may have free parameters. Throws Error(invalid_argument) for invalid names,
  /// Error(dependency_missing) if there is no such device or it cannot be used.
  const std::vector<std::shared_ptr<DeviceUse>>& opened(const Events& events, const Corpus& corpus,
                                                        const Pipeline& pipeline,
                                                        const MemoryPlan& plan);

  /// The requested device for OCR, opened at the first call; null for the CPU. If no engine of
  /// `recognition` can use it, reports that it has no effect and returns null. Throws as opened();
  /// there is no `auto`.
  std::shared_ptr<OcrDevice> opened_for_ocr(const Events& events,
                                            const RecognitionOptions& recognition);

  /// Reports the load of CPU and devices since they were opened, and failures, if any.
  void tell(const Events& events) const;

 private:
  void open(const std::vector<std::string>& names);
  void choose(const Events& events, const Corpus& corpus, const Pipeline& pipeline,
              const MemoryPlan& plan);

  void tell_failures(const Events& events) const;

  DeviceOptions stated_;
  bool chosen_ = false;
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  std::shared_ptr<OcrDevice> ocr_device_;
  int workers_ = 1;
  double began_ = 0;                // s, of a steady clock
  double processors_at_begin_ = 0;  // s of CPU time
};

}  // namespace ocrtune::workflow
