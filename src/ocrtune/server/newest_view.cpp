#include "ocrtune/server/newest_view.h"

#include <utility>

namespace ocrtune::server {

NewestView::Turn::Turn(NewestView& views, std::string view)
    : views_(views), view_(std::move(view)) {
  const std::scoped_lock lock(views_.mutex_);
  number_ = ++views_.last_;
  State& state = views_.views_[view_];
  state.newest = number_;
  ++state.in_work;
}

NewestView::Turn::~Turn() {
  const std::scoped_lock lock(views_.mutex_);
  const auto found = views_.views_.find(view_);
  if (--found->second.in_work == 0) views_.views_.erase(found);
}

bool NewestView::Turn::is_over() const {
  const std::scoped_lock lock(views_.mutex_);
  return views_.views_.at(view_).newest != number_;
}

}  // namespace ocrtune::server
