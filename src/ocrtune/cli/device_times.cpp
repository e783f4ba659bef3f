#include "ocrtune/cli/device_times.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/devices/operation_times.h"

namespace ocrtune::cli {
namespace {

/// The time of each operation on a device; nothing if it fails.
std::optional<std::vector<OperationTime>> measured(Context& context, Backend& backend,
                                                   const cv::Mat& page) {
  constexpr double kSecondsEach = 0.5;
  try {
    return operation_times(backend, page, kSecondsEach, context.stop);
  } catch (const DeviceError& error) {
    context.talk.complain(tr("{}: failed: {}", backend.info().name, error.what()));
    return std::nullopt;
  }
}

cv::Mat first_page_of(const std::string& file) {
  const DecodeLimits limits;
  try {
    const std::vector<std::byte> bytes = read_bytes(file, limits.max_file_bytes);
    return open_pages(bytes, limits)->decode(0).gray;
  } catch (const Error& error) {
    const std::string what = error.what();
    throw Error(error.code(), what.starts_with(shown(file)) ? what : shown(file) + ": " + what);
  }
}

}  // namespace

ExitStatus show_operation_times(const std::string& page_file, Context& context) {
  const cv::Mat page = page_file.empty() ? page_to_measure({2480, 3508}) : first_page_of(page_file);
  nlohmann::json json = nlohmann::json::array();
  std::string text;
  const auto add = [&](Backend& backend) {
    context.talk.progress(tr("measuring {}", backend.info().name));
    const auto times = measured(context, backend, page);
    if (!times) return;
    nlohmann::json operations = nlohmann::json::array();
    text += fmt::format("{}: {}\n", backend.info().name, backend.info().description);
    for (const OperationTime& time : *times) {
      operations.push_back({{"operation", time.operation},
                            {"ms", time.ms},
                            {"with_transfers_ms", time.ms + time.transfers_ms}});
      text += tr("  {:<34} {:>9.2f} ms   with transfers {:>9.2f} ms\n", translated(time.operation),
                 time.ms, time.ms + time.transfers_ms);
    }
    json.push_back({{"device", backend.info().name},
                    {"description", quotable(backend.info().description, 200)},
                    {"operations", operations}});
  };
  add(cpu_backend());
  for (const DeviceListing& device : devices()) {
    if (context.stop) break;
    if (!device.has_code) continue;
    try {
      add(*open_device(device.info.name));
    } catch (const Error& error) {
      context.talk.complain(error);
    }
  }
  if (context.stop) {
    context.talk.complain(tr("interrupted; nothing was written"));
    return ExitStatus::interrupted;
  }
  if (context.json) {
    context.print(json_text({{"width", page.cols}, {"height", page.rows}, {"devices", json}}));
  } else {
    context.print(tr("a page of {} x {} px, operations run one after the other\n{}", page.cols,
                     page.rows, text));
  }
  return ExitStatus::success;
}

}  // namespace ocrtune::cli
