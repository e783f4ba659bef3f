#include "ocrtune/server/study_warmer.h"

#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/server/study_files.h"

namespace ocrtune::server {

StudyWarmer::StudyWarmer(StudyBook& studies, std::function<std::set<std::string>()> at_work)
    : studies_(studies),
      at_work_(std::move(at_work)),
      thread_([this](const std::stop_token& ended) { work(ended); }) {}

void StudyWarmer::wake() {
  const std::scoped_lock lock(mutex_);
  due_ = true;
  woken_.notify_one();
}

void StudyWarmer::work(const std::stop_token& ended) {
  while (!ended.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      if (!woken_.wait(lock, ended, [&] { return due_; })) return;
      due_ = false;
    }
    warm(ended);
  }
}

void StudyWarmer::warm(const std::stop_token& ended) {
  (void)studies_.entries(at_work_());
  for (const std::string& id : study_ids(studies_.folder())) {
    if (ended.stop_requested()) return;
    if (at_work_().contains(id + ".db")) continue;
    try {
      (void)studies_.data(id, false);
    } catch (const Error&) {
      continue;  // gone meanwhile, or whoever looks at it is told what is wrong with it
    }
  }
}

}  // namespace ocrtune::server
