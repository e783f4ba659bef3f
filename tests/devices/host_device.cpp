#include "devices/host_device.h"

#include <cstring>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "devices/host_language.h"
// What the words mean comes before what is written in them.
#include "ocrtune/devices/kernels/blur.h"
#include "ocrtune/devices/kernels/contrast.h"
#include "ocrtune/devices/kernels/lines.h"
#include "ocrtune/devices/kernels/network.h"
#include "ocrtune/devices/kernels/nlm.h"
#include "ocrtune/devices/kernels/paper.h"
#include "ocrtune/devices/kernels/statistics.h"

namespace ocrtune::test {
namespace {

struct HostBuffer : Device::Buffer {
  explicit HostBuffer(std::size_t count) : bytes(new std::byte[count]) {}
  std::unique_ptr<std::byte[]> bytes;
};

using Arguments = std::span<const Device::Argument>;
using Kernel = std::function<void(Arguments)>;

std::byte* bytes_of(const Device::Buffer& buffer) {
  return dynamic_cast<const HostBuffer&>(buffer).bytes.get();
}

template <typename Parameter>
Parameter value_of(const Device::Argument& argument) {
  if constexpr (std::is_pointer_v<Parameter>) {
    return reinterpret_cast<Parameter>(bytes_of(*std::get<const Device::Buffer*>(argument)));
  } else {
    return std::get<Parameter>(argument);
  }
}

template <typename... Parameters>
Kernel kernel(void (*run)(Parameters...)) {
  return [run](Arguments arguments) {
    if (arguments.size() != sizeof...(Parameters))
      throw DeviceError("so many arguments fit nothing");
    [&]<std::size_t... kPlaces>(std::index_sequence<kPlaces...>) {
      run(value_of<Parameters>(arguments[kPlaces])...);
    }
    (std::index_sequence_for<Parameters...>());
  };
}

const std::map<std::string, Kernel>& kernels() {
  static const std::map<std::string, Kernel> kKernels{
      {"pack_paper", kernel(pack_paper)},
      {"spread_rows", kernel(spread_rows)},
      {"spread_columns", kernel(spread_columns)},
      {"join_bits", kernel(join_bits)},
      {"paint_bits", kernel(paint_bits)},
      {"count_levels", kernel(count_levels)},
      {"sum_laplacian", kernel(sum_laplacian)},
      {"hash_pixels", kernel(hash_pixels)},
      {"weigh_columns", kernel(weigh_columns)},
      {"divide_by_blur", kernel(divide_by_blur)},
      {"threshold_by_mean", kernel(threshold_by_mean)},
      {"copy_windows", kernel(copy_windows)},
      {"set_listed", kernel(set_listed)},
      {"denoise_nlm", kernel(denoise_nlm)},
      {"denoise_nlm_strongly", kernel(denoise_nlm_strongly)},
      {"look_up", kernel(look_up)},
      {"count_levels_of_tiles", kernel(count_levels_of_tiles)},
      {"blend_tables", kernel(blend_tables)},
      {"lightest_in_row", kernel(lightest_in_row)},
      {"lightest_in_column", kernel(lightest_in_column)},
      {"distance_from_median", kernel(distance_from_median)},
      {"convolve_and_pool", kernel(convolve_and_pool)},
      {"sum_products", kernel(sum_products)},
      {"connect_fully", kernel(connect_fully)},
      {"join_blocks", kernel(join_blocks)},
      {"lstm_step", kernel(lstm_step)},
  };
  return kKernels;
}

class HostDevice final : public Device {
 public:
  [[nodiscard]] const BackendInfo& info() const override {
    static const BackendInfo kInfo{
        .name = "host", .description = "kernels in C++", .memory_bytes = 1U << 30U};
    return kInfo;
  }

  BufferPtr room(std::size_t bytes) override { return std::make_shared<HostBuffer>(bytes); }

  void write(Buffer& to, const void* from, std::size_t bytes) override {
    std::memcpy(bytes_of(to), from, bytes);
  }

  void read(const Buffer& from, void* to, std::size_t bytes) override {
    std::memcpy(to, bytes_of(from), bytes);
  }

  void wait() override {}

  void run(const std::string& name, WorkItems items, WorkItems group,
           std::initializer_list<Argument> arguments) override {
    const Kernel& kernel = kernels().at(name);
    const auto groups = [&](std::size_t axis) {
      return static_cast<int>((items.at(axis) + group.at(axis) - 1) / group.at(axis));
    };
    const Arguments list(arguments.begin(), arguments.size());
    run_groups({groups(0), groups(1)}, {static_cast<int>(group[0]), static_cast<int>(group[1])},
               [&] { kernel(list); });
  }
};

}  // namespace

std::unique_ptr<Device> host_device() { return std::make_unique<HostDevice>(); }

}  // namespace ocrtune::test
