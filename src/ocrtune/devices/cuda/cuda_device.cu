#include <cuda_runtime.h>

#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/devices/cuda/compute_capabilities.h"
#include "ocrtune/devices/cuda/cuda_device.h"
#include "ocrtune/devices/cuda/cuda_memory.h"
#include "ocrtune/devices/kernels/blur.h"
#include "ocrtune/devices/kernels/contrast.h"
#include "ocrtune/devices/kernels/lines.h"
#include "ocrtune/devices/kernels/network.h"
#include "ocrtune/devices/kernels/nlm.h"
#include "ocrtune/devices/kernels/paper.h"
#include "ocrtune/devices/kernels/statistics.h"

namespace ocrtune {
namespace {

/// This thread's queue on `device`, the current one.
const CudaStreamPtr& own_stream(int device) {
  thread_local std::map<int, CudaStreamPtr> streams;
  CudaStreamPtr& stream = streams[device];
  if (!stream) stream = std::make_shared<CudaStream>();
  return stream;
}

PinnedMemory& pinned() {
  thread_local PinnedMemory memory;
  return memory;
}

const void* function_of(const std::string& kernel) {
  static const std::map<std::string, const void*> kFunctions{
      {"pack_paper", reinterpret_cast<const void*>(pack_paper)},
      {"spread_rows", reinterpret_cast<const void*>(spread_rows)},
      {"spread_columns", reinterpret_cast<const void*>(spread_columns)},
      {"join_bits", reinterpret_cast<const void*>(join_bits)},
      {"paint_bits", reinterpret_cast<const void*>(paint_bits)},
      {"count_levels", reinterpret_cast<const void*>(count_levels)},
      {"sum_laplacian", reinterpret_cast<const void*>(sum_laplacian)},
      {"hash_pixels", reinterpret_cast<const void*>(hash_pixels)},
      {"weigh_columns", reinterpret_cast<const void*>(weigh_columns)},
      {"divide_by_blur", reinterpret_cast<const void*>(divide_by_blur)},
      {"threshold_by_mean", reinterpret_cast<const void*>(threshold_by_mean)},
      {"copy_windows", reinterpret_cast<const void*>(copy_windows)},
      {"set_listed", reinterpret_cast<const void*>(set_listed)},
      {"denoise_nlm", reinterpret_cast<const void*>(denoise_nlm)},
      {"denoise_nlm_strongly", reinterpret_cast<const void*>(denoise_nlm_strongly)},
      {"look_up", reinterpret_cast<const void*>(look_up)},
      {"count_levels_of_tiles", reinterpret_cast<const void*>(count_levels_of_tiles)},
      {"blend_tables", reinterpret_cast<const void*>(blend_tables)},
      {"lightest_in_row", reinterpret_cast<const void*>(lightest_in_row)},
      {"lightest_in_column", reinterpret_cast<const void*>(lightest_in_column)},
      {"distance_from_median", reinterpret_cast<const void*>(distance_from_median)},
      {"convolve_and_pool", reinterpret_cast<const void*>(convolve_and_pool)},
      {"sum_products", reinterpret_cast<const void*>(sum_products)},
      {"connect_fully", reinterpret_cast<const void*>(connect_fully)},
      {"join_blocks", reinterpret_cast<const void*>(join_blocks)},
      {"lstm_step", reinterpret_cast<const void*>(lstm_step)},
  };
  const auto found = kFunctions.find(kernel);
  if (found == kFunctions.end()) throw DeviceError("there is no kernel " + kernel);
  return found->second;
}

class CudaQueue final : public Device {
 public:
  CudaQueue(int number, BackendInfo info) : number_(number), info_(std::move(info)) {
    check_cuda(cudaSetDevice(number_), "it can't be opened");
    cudaFuncAttributes attributes{};
    check_cuda(cudaFuncGetAttributes(&attributes, function_of("denoise_nlm")),
               "this program's kernels");
    // Uses the memory that shared memory and cache have in common for as many groups as possible.
    check_cuda(cudaFuncSetAttribute(function_of("denoise_nlm"),
                                    cudaFuncAttributePreferredSharedMemoryCarveout,
                                    cudaSharedmemCarveoutMaxShared),
               "this program's kernels");
    // Keeps freed memory for the next pages.
    cudaMemPool_t pool{};
    check_cuda(cudaDeviceGetDefaultMemPool(&pool, number_), "its memory");
    std::uint64_t all = UINT64_MAX;
    check_cuda(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &all), "its memory");
  }

  [[nodiscard]] const BackendInfo& info() const override { return info_; }

  BufferPtr room(std::size_t bytes) override {
    const CudaStreamPtr& stream = use();
    return std::make_shared<CudaBuffer>(number_, stream, bytes);
  }

  void write(Buffer& to, const void* from, std::size_t bytes) override {
    const CudaStreamPtr& stream = use();
    void* through = pinned().room(bytes);
    std::memcpy(through, from, bytes);
    check_cuda(cudaMemcpyAsync(memory_of(to, stream), through, bytes, cudaMemcpyHostToDevice,
                               stream->get()),
               "write");
    check_cuda(cudaStreamSynchronize(stream->get()), "write");
  }

  void read(const Buffer& from, void* to, std::size_t bytes) override {
    const CudaStreamPtr& stream = use();
    void* through = pinned().room(bytes);
    check_cuda(cudaMemcpyAsync(through, memory_of(from, stream), bytes, cudaMemcpyDeviceToHost,
                               stream->get()),
               "read");
    check_cuda(cudaStreamSynchronize(stream->get()), "read");
    std::memcpy(to, through, bytes);
  }

  void wait() override { check_cuda(cudaStreamSynchronize(use()->get()), "wait"); }

  void run(const std::string& kernel, WorkItems items, WorkItems group,
           std::initializer_list<Argument> arguments) override {
    const CudaStreamPtr& stream = use();
    std::vector<std::uint64_t> values;
    for (const Argument& argument : arguments) {
      values.push_back(
          std::visit([&](const auto& value) { return as_bits(value, stream); }, argument));
    }
    std::vector<void*> places;
    for (std::uint64_t& value : values) places.push_back(&value);
    const auto groups = [&](std::size_t axis) {
      return static_cast<unsigned>((items[axis] + group[axis] - 1) / group[axis]);
    };
    check_cuda(
        cudaLaunchKernel(function_of(kernel), dim3(groups(0), groups(1)),
                         dim3(static_cast<unsigned>(group[0]), static_cast<unsigned>(group[1])),
                         places.data(), 0, stream->get()),
        kernel);
  }

 private:
  static void* memory_of(const Buffer& buffer, const CudaStreamPtr& stream) {
    return dynamic_cast<const CudaBuffer&>(buffer).used_in(stream);
  }

  // A kernel reads as many bytes of an argument as it is wide, the lowest first.
  static std::uint64_t as_bits(const Buffer* buffer, const CudaStreamPtr& stream) {
    return reinterpret_cast<std::uint64_t>(memory_of(*buffer, stream));
  }
  static std::uint64_t as_bits(std::int32_t value, const CudaStreamPtr&) {
    return static_cast<std::uint32_t>(value);
  }
  static std::uint64_t as_bits(std::uint32_t value, const CudaStreamPtr&) { return value; }
  static std::uint64_t as_bits(std::uint64_t value, const CudaStreamPtr&) { return value; }

  /// Makes it the current device; returns this thread's queue on it.
  [[nodiscard]] const CudaStreamPtr& use() const {
    check_cuda(cudaSetDevice(number_), "it can't be used");
    return own_stream(number_);
  }

  int number_;
  BackendInfo info_;
};

}  // namespace

std::string_view cuda_architectures() { return OCRTUNE_CUDA_ARCHITECTURES; }

std::vector<CudaDevice> cuda_devices() {
  int count = 0;
  // Fails without a driver; then there are no devices.
  if (cudaGetDeviceCount(&count) != cudaSuccess) return {};
  std::vector<CudaDevice> list;
  for (int number = 0; number < count; ++number) {
    cudaDeviceProp properties{};
    if (cudaGetDeviceProperties(&properties, number) != cudaSuccess) continue;
    list.push_back(
        {.info = {.name = "cuda:" + std::to_string(number),
                  .description = std::string(properties.name) + ", compute capability " +
                                 std::to_string(properties.major) + "." +
                                 std::to_string(properties.minor),
                  .memory_bytes = properties.totalGlobalMem},
         .has_code = has_code_for(cuda_architectures(), properties.major, properties.minor)});
  }
  return list;
}

std::unique_ptr<Device> open_cuda_device(std::size_t number) {
  const std::vector<CudaDevice> all = cuda_devices();
  if (number >= all.size()) throw DeviceError("there is no such CUDA device");
  if (!all[number].has_code)
    throw DeviceError("this program has code for compute capability " +
                      compute_capabilities(cuda_architectures()));
  return std::make_unique<CudaQueue>(static_cast<int>(number), all[number].info);
}

}  // namespace ocrtune
