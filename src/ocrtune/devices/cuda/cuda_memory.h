#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ocrtune/devices/device.h"

namespace ocrtune {

/// Throws DeviceError with `where` if `status` is an error.
void check_cuda(cudaError_t status, const std::string& where);

/// A queue of the current device. Work that is queued when it is destroyed is still executed.
class CudaStream {
 public:
  /// Throws DeviceError.
  CudaStream() {
    check_cuda(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "a queue");
  }
  ~CudaStream() { cudaStreamDestroy(stream_); }
  CudaStream(const CudaStream&) = delete;
  CudaStream& operator=(const CudaStream&) = delete;

  [[nodiscard]] cudaStream_t get() const { return stream_; }

 private:
  cudaStream_t stream_ = nullptr;
};

using CudaStreamPtr = std::shared_ptr<CudaStream>;

/// Memory of a device. Its destructor does not wait: the memory is freed when all work that uses it
/// is done, in the queues of all threads. Thread-safe.
class CudaBuffer final : public Device::Buffer {
 public:
  /// Memory of `device`, the current one; `stream` is one of its queues. Throws DeviceError.
  CudaBuffer(int device, CudaStreamPtr stream, std::size_t bytes);
  ~CudaBuffer() override;
  CudaBuffer(const CudaBuffer&) = delete;
  CudaBuffer& operator=(const CudaBuffer&) = delete;

  /// Its address, for an operation about to be added to this queue.
  [[nodiscard]] void* used_in(const CudaStreamPtr& stream) const;

 private:
  int device_;
  void* memory_ = nullptr;
  mutable std::mutex mutex_;
  mutable std::vector<CudaStreamPtr> streams_;  // that use it, at least one
};

/// Pinned memory of the host, with which copies to and from devices are fast. Not thread-safe.
class PinnedMemory {
 public:
  PinnedMemory() = default;
  ~PinnedMemory() { cudaFreeHost(memory_); }
  PinnedMemory(const PinnedMemory&) = delete;
  PinnedMemory& operator=(const PinnedMemory&) = delete;

  /// Uninitialized memory, valid until the next call. Throws DeviceError.
  void* room(std::size_t bytes);

 private:
  void* memory_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace ocrtune
