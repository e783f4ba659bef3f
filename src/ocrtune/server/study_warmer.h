#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "ocrtune/server/study_book.h"

namespace ocrtune::server {

/// Works out what studies show before somebody looks: of those there are at the beginning, and of
/// what runs have ended with. A study of 10 000 trials takes some seconds, once. Thread-safe.
class StudyWarmer {
 public:
  /// `at_work`: files of the studies that runs write now, which are left alone; thread-safe.
  /// `studies` outlives this. Nothing is done before wake().
  StudyWarmer(StudyBook& studies, std::function<std::set<std::string>()> at_work);

  /// Looks at all studies again, in its own thread. What hasn't changed costs next to nothing.
  void wake();

 private:
  void work(const std::stop_token& ended);
  void warm(const std::stop_token& ended);

  StudyBook& studies_;
  std::function<std::set<std::string>()> at_work_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool due_ = false;
  std::jthread thread_;
};

}  // namespace ocrtune::server
