#include "ocrtune/options/devices_in_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/kept_values.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/execution/stage_rate.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/options/stage_rates.h"
#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune::workflow {
namespace {

constexpr std::string_view kOcrDeviceOption = "ocr_device";
constexpr double kSecondsEach = 1;
constexpr std::size_t kMaxDevices = 64;
constexpr std::size_t kMaxKeptRates = 64;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void invalid_argument(const std::string& why) {
  throw OptionError(Errc::invalid_argument, std::string(kDeviceOption), "", why);
}

/// Candidates besides the CPU: all CUDA devices, and the first OpenCL device that is not the CPU
/// under another name. Each is a value of --device.
std::vector<std::string> candidates(const std::vector<DeviceListing>& all) {
  std::string cuda;
  std::string opencl;
  for (const DeviceListing& device : all) {
    if (device.is_processor || !device.has_code) continue;
    if (device.info.name.starts_with("cuda")) {
      cuda += (cuda.empty() ? "" : ",") + device.info.name;
    } else if (opencl.empty()) {
      opencl = device.info.name;
    }
  }
  std::vector<std::string> names;
  for (std::string* name : {&cuda, &opencl}) {
    if (!name->empty()) names.push_back(std::move(*name));
  }
  return names;
}

std::vector<std::shared_ptr<DeviceUse>> opened_all(const std::vector<std::string>& names) {
  std::vector<std::shared_ptr<DeviceUse>> opened;
  opened.reserve(names.size());
  for (const std::string& name : names) {
    opened.push_back(std::make_shared<DeviceUse>(open_device(name)));
  }
  return opened;
}

/// Everything that affects rates. Pages count by their size, rounded to a tenth of a megapixel.
std::string key_of(const Corpus& corpus, const Pipeline& pipeline, const MemoryPlan& plan,
                   const std::vector<DeviceListing>& all) {
  double pixels = 0;
  for (const Page& page : corpus.pages()) pixels += 1.0 * page.width * page.height;
  const double megapixels = pixels / 1e6 / static_cast<double>(corpus.pages().size());
  std::string devices;
  for (const DeviceListing& device : all) {
    devices += fmt::format("{}: {}\n", device.info.name, device.info.description);
  }
  return content_hash(fmt::format("{}\n{}\n{} workers\n{:.1f} Mpx\n{}{}", program_version(),
                                  joined(simd_targets(), " "), plan.workers, megapixels, devices,
                                  pipeline_text(pipeline)))
      .text();
}

/// Pages per second of the stages on devices together; the pages of a corpus are divided among
/// them.
double rate_of(const std::string& name, const Corpus& corpus, const Pipeline& pipeline,
               const std::atomic<bool>& stop) {
  double rate = 0;
  for (const auto& device : opened_all(split(name, ','))) {
    rate += stage_rate(corpus, pipeline, device.get(), kDeviceThreads, kSecondsEach, stop);
  }
  return rate;
}

StageRates measured_rates(const Events& events, const std::vector<std::string>& names,
                          const Corpus& corpus, const Pipeline& pipeline, const MemoryPlan& plan) {
  events.progress({tr("measuring the stages on the CPU and devices")});
  StageRates rates;
  rates[std::string(kCpuDevice)] =
      stage_rate(corpus, pipeline, nullptr, plan.workers, kSecondsEach, *events.stop);
  for (const std::string& name : names) {
    try {
      rates[name] = rate_of(name, corpus, pipeline, *events.stop);
    } catch (const Error& error) {
      if (error.code() != Errc::dependency_missing) throw;
      events.warn(error.what());
      rates[name] = 0;
    }
  }
  return rates;
}

std::string rates_text(const StageRates& rates) {
  std::vector<std::string> parts;
  for (const auto& [name, rate] : rates) {
    parts.push_back(rate > 0 ? localized("{} {:.1f} pages/s", name, rate) : tr("{} failed", name));
  }
  return joined(parts, ", ");
}

}  // namespace

bool DevicesInUse::measures_pages() const { return stated_.device == kFastestDevice; }

void DevicesInUse::open(const std::vector<std::string>& names) {
  if (names.size() == 1 && names.front() == kCpuDevice) return;
  const std::set<std::string> different(names.begin(), names.end());
  if (different.size() < names.size() || names.size() > kMaxDevices)
    invalid_argument(tr("name each device once, at most {}", kMaxDevices));
  for (const std::string_view alone : {kCpuDevice, kFastestDevice}) {
    if (different.contains(std::string(alone)))
      invalid_argument(tr("{} cannot be combined with other devices", alone));
  }
  devices_ = opened_all(names);
}

void DevicesInUse::choose(const Events& events, const Corpus& corpus, const Pipeline& pipeline,
                          const MemoryPlan& plan) {
  const std::vector<DeviceListing> all = devices();
  const std::vector<std::string> names = candidates(all);
  if (names.empty()) {
    events.say(tr("stages run on the CPU; no other device was found"));
    return;
  }
  const Pipeline fixed = pipeline.at({});
  const KeptValues known = KeptValues::in_cache("stage_rates.json", kMaxKeptRates);
  const std::string key = key_of(corpus, fixed, plan, all);
  const auto kept = known.find(key);
  const auto before = kept ? stage_rates_of(*kept) : std::nullopt;
  const StageRates rates = before ? *before : measured_rates(events, names, corpus, fixed, plan);
  if (*events.stop) return;
  if (!before) known.store(key, rates);
  const auto quickest =
      std::ranges::max_element(rates, {}, [](const auto& entry) { return entry.second; });
  events.say(tr("the fastest device is {} ({}{})", quickest->first, rates_text(rates),
                before ? tr(", measured earlier") : ""));
  open(split(quickest->first, ','));
}

const std::vector<std::shared_ptr<DeviceUse>>& DevicesInUse::opened(const Events& events,
                                                                    const Corpus& corpus,
                                                                    const Pipeline& pipeline,
                                                                    const MemoryPlan& plan) {
  if (!chosen_) {
    if (measures_pages()) {
      choose(events, corpus, pipeline, plan);
    } else {
      open(split(stated_.device, ','));
    }
    chosen_ = true;
    workers_ = plan.workers;
    began_ = now_s();
    processors_at_begin_ = processor_seconds();
    for (const auto& device : devices_) {
      events.say(tr("stages run on {}", device->info().description));
    }
  }
  return devices_;
}

std::shared_ptr<OcrDevice> DevicesInUse::opened_for_ocr(const Events& events,
                                                        const RecognitionOptions& recognition) {
  if (stated_.ocr_device == kCpuDevice || ocr_device_) return ocr_device_;
  auto device = std::make_shared<OcrDevice>(open_bare_device(stated_.ocr_device, kOcrDeviceOption));
  const auto has_use = [](const auto& engine) {
    return engine_named(engine.second).uses_ocr_device;
  };
  if (std::ranges::none_of(recognition.engines, has_use)) {
    events.say(
        tr("the OCR device has no effect: the engine is {}", engines_title(recognition.engines)));
    return nullptr;
  }
  ocr_device_ = std::move(device);
  events.say(tr("the OCR engine runs on {}", ocr_device_->info().description));
  return ocr_device_;
}

void DevicesInUse::tell(const Events& events) const {
  tell_failures(events);
  if (devices_.empty()) return;
  const double seconds = std::max(1e-9, now_s() - began_);
  const double processors = (processor_seconds() - processors_at_begin_) / workers_;
  std::string busy = tr("load: CPU {:.0f} %", 100 * processors / seconds);
  for (const auto& device : devices_) {
    busy +=
        localized(", {} {:.0f} %", device->info().name, 100 * device->seconds_in_use() / seconds);
  }
  events.say(busy + tr(" of the time"));
}

void DevicesInUse::tell_failures(const Events& events) const {
  const auto tell = [&](const auto& use, const std::string& what) {
    if (use.failures() == 0) return;
    events.warn(tr("device {}: failed {} times ({}); the CPU {}; no result is affected",
                   use.info().name, use.failures(), use.first_failure(), what));
  };
  for (const auto& device : devices_) tell(*device, tr("processed these pages"));
  if (ocr_device_) tell(*ocr_device_, tr("recognized these lines"));
}

}  // namespace ocrtune::workflow
