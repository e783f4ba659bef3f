#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/evaluator/device_use.h"
#include "ocrtune/evaluator/memory.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/reading_device.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/workflow/events.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// The devices of a run: where its stages run, and the networks of readers that can. Not
/// thread-safe.
class DevicesInUse {
 public:
  explicit DevicesInUse(DeviceOptions options) : stated_(std::move(options)) {}

  /// The devices that were asked for, opened at first; none for the processors. With `auto`, what
  /// is quickest with the pipeline's stages on these pages is chosen at first, and said; `pipeline`
  /// may have free parameters. Throws Error(invalid_argument) for names that no device could have,
  /// Error(dependency_missing) where there is none such, or it can't be used.
  const std::vector<std::shared_ptr<DeviceUse>>& opened(const Events& events, const Corpus& corpus,
                                                        const Pipeline& pipeline,
                                                        const MemoryPlan& plan);

  /// The device that was asked for reading, opened at first; null for the processors. Where no
  /// engine that reads (`reading` has them) can use it, one line says that it has no effect, and it
  /// is null. Throws as opened(); there is no `auto`.
  std::shared_ptr<ReadingDevice> opened_for_reading(const Events& events,
                                                    const ReadingOptions& reading);

  /// How busy processors and devices were since they were opened, and what failed, if anything.
  void tell(const Events& events) const;

 private:
  void open(const std::vector<std::string>& names);
  void choose(const Events& events, const Corpus& corpus, const Pipeline& pipeline,
              const MemoryPlan& plan);

  void tell_failures(const Events& events) const;

  DeviceOptions stated_;
  bool settled_ = false;
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  std::shared_ptr<ReadingDevice> reading_device_;
  int workers_ = 1;
  double began_ = 0;                // s, of a steady clock
  double processors_at_begin_ = 0;  // s of work
};

}  // namespace ocrtune::workflow
