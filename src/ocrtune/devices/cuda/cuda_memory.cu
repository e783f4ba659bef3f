#include <algorithm>
#include <utility>

#include "ocrtune/devices/cuda/cuda_memory.h"

namespace ocrtune {
namespace {

/// Makes operations that are added to `later` wait for those in `earlier`, a queue of `device`.
void put_behind(int device, cudaStream_t later, cudaStream_t earlier) {
  cudaEvent_t done{};
  cudaSetDevice(device);
  if (cudaEventCreateWithFlags(&done, cudaEventDisableTiming) != cudaSuccess) {
    cudaStreamSynchronize(earlier);
    return;
  }
  cudaEventRecord(done, earlier);
  cudaStreamWaitEvent(later, done);
  cudaEventDestroy(done);
}

}  // namespace

void check_cuda(cudaError_t status, const std::string& where) {
  if (status == cudaSuccess) return;
  cudaGetLastError();  // clears the error, which is reported here
  throw DeviceError(std::string(cudaGetErrorString(status)) + " (" + where + ")");
}

CudaBuffer::CudaBuffer(int device, CudaStreamPtr stream, std::size_t bytes) : device_(device) {
  streams_.push_back(std::move(stream));
  check_cuda(cudaMallocAsync(&memory_, bytes, streams_.front()->get()), "memory");
}

// If the device is lost, or the driver has already shut down, nothing is left to be freed: errors
// are ignored.
CudaBuffer::~CudaBuffer() {
  // The thread of the queue may have ended: this is then the last that holds it.
  const CudaStreamPtr last = std::move(streams_.back());
  streams_.pop_back();
  for (const CudaStreamPtr& other : streams_) put_behind(device_, last->get(), other->get());
  cudaFreeAsync(memory_, last->get());
}

void* CudaBuffer::used_in(const CudaStreamPtr& stream) const {
  const std::scoped_lock lock(mutex_);
  if (std::find(streams_.begin(), streams_.end(), stream) == streams_.end()) streams_.push_back(stream);
  return memory_;
}

void* PinnedMemory::room(std::size_t bytes) {
  if (bytes > bytes_) {
    cudaFreeHost(std::exchange(memory_, nullptr));
    bytes_ = 0;
    check_cuda(cudaMallocHost(&memory_, bytes), "pinned memory");
    bytes_ = bytes;
  }
  return memory_;
}

}  // namespace ocrtune
