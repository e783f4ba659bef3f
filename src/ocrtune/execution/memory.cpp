#include "ocrtune/execution/memory.h"

#include <algorithm>
#include <stdexcept>

#include "ocrtune/base/resources.h"
#include "ocrtune/execution/keyed_mutex.h"

namespace ocrtune {
namespace {

// Measured with pages of 1 to 16 Mpx.
constexpr std::uint64_t kProgram = 50'000'000;
constexpr std::uint64_t kTaskBytesPerPixel = 10;
/// The page's colours and those of a stage's output.
constexpr std::uint64_t kColourBytesPerPixel = 6;
constexpr std::uint64_t kSmallestTask = 20'000'000;
/// Of an A4 page of 300 dpi. With less for it, what is kept makes the process exceed its limit.
constexpr std::uint64_t kUsualTask = 100'000'000;
/// With a page of 300 dpi a parser allocates two thirds of it.
constexpr std::uint64_t kLeastParser = 150'000'000;
/// Of a worker's parser between two files.
constexpr std::uint64_t kIdleParser = 20'000'000;

}  // namespace

std::uint64_t least_memory(std::uint64_t further) {
  return kProgram + kRecognizerBytes + kIdleParser + further + kSmallestTask;
}

MemoryPlan plan_memory(std::uint64_t total, int workers, std::uint64_t further) {
  const std::uint64_t worker = kRecognizerBytes + kIdleParser + further;
  const std::uint64_t usable = total - std::min(total, kProgram);
  const auto fitting =
      static_cast<int>(std::min<std::uint64_t>(1024, usable / (worker + kSmallestTask)));
  MemoryPlan plan{.workers = std::clamp(workers, 1, std::max(1, fitting))};
  const std::uint64_t all_workers = static_cast<std::uint64_t>(plan.workers) * worker;
  const std::uint64_t rest = usable - std::min(usable, all_workers);
  plan.parser = std::max(total / 2, kLeastParser);
  const std::uint64_t kept = std::min(rest / 16 * 9, rest - std::min(rest, kUsualTask));
  plan.pages = kept / 9 * 4;
  plan.cache = kept / 9 * 4;
  plan.finished = kept / 9;
  plan.tasks = rest - plan.pages - plan.cache - plan.finished;
  return plan;
}

std::uint64_t task_bytes(const Page& page, bool in_colour) {
  const std::uint64_t each =
      kTaskBytesPerPixel + (in_colour && page.colour_hash ? kColourBytesPerPixel : 0);
  return static_cast<std::uint64_t>(page.width) * static_cast<std::uint64_t>(page.height) * each;
}

std::uint64_t ocr_bytes(const cv::Size& image) {
  return kTaskBytesPerPixel * static_cast<std::uint64_t>(image.width) *
         static_cast<std::uint64_t>(image.height);
}

void MemoryGate::Reservation::grow_to(std::uint64_t bytes) {
  if (std::min(bytes, gate_.all_) <= bytes_) return;
  refuse_with_turn();
  give_back();
  take(bytes);
}

void MemoryGate::Reservation::refuse_with_turn() {
  if (KeyedMutex::held_by_this_thread())
    throw std::logic_error("memory is asked for while a turn is held");
}

void MemoryGate::Reservation::take(std::uint64_t bytes) {
  bytes_ = std::min(bytes, gate_.all_);
  std::unique_lock lock(gate_.mutex_);
  const std::uint64_t ticket = gate_.next_ticket_++;
  gate_.changed_.wait(lock, [&] { return ticket == gate_.serving_ && bytes_ <= gate_.free_; });
  gate_.free_ -= bytes_;
  ++gate_.serving_;
  gate_.changed_.notify_all();
}

void MemoryGate::Reservation::give_back() {
  // Else the next would begin beside what this one has freed and the allocator keeps.
  if (bytes_ == gate_.all_) give_back_freed_memory();
  const std::scoped_lock lock(gate_.mutex_);
  gate_.free_ += bytes_;
  gate_.changed_.notify_all();
}

}  // namespace ocrtune
