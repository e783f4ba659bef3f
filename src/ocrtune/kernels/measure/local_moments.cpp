#include "ocrtune/kernels/measure/local_moments.h"

namespace ocrtune {

namespace {

constexpr int kWidest = 2001;

}  // namespace

LocalMoments::LocalMoments(const cv::Mat& gray, int window, const cv::Mat& mask)
    : gray_(gray),
      mask_(mask),
      radius_(window / 2),
      counts_(static_cast<std::size_t>(gray.cols)),
      sums_(counts_.size()),
      squares_(counts_.size()),
      prefixes_(counts_.size() + 1) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  CV_Assert(mask.empty() || (mask.type() == CV_8UC1 && mask.size() == gray.size()));
  CV_Assert(window >= 1 && window % 2 == 1 && window <= kWidest);
}

void LocalMoments::add(int y) {
  const std::uint8_t* row = gray_.ptr<std::uint8_t>(y);
  const std::uint8_t* mask = mask_.empty() ? nullptr : mask_.ptr<std::uint8_t>(y);
  for (std::size_t x = 0; x < sums_.size(); ++x) {
    const std::uint32_t in = mask == nullptr || mask[x] != 0 ? 1 : 0;
    const std::uint32_t level = in * row[x];
    counts_[x] += in;
    sums_[x] += level;
    squares_[x] += level * level;
  }
}

void LocalMoments::remove(int y) {
  const std::uint8_t* row = gray_.ptr<std::uint8_t>(y);
  const std::uint8_t* mask = mask_.empty() ? nullptr : mask_.ptr<std::uint8_t>(y);
  for (std::size_t x = 0; x < sums_.size(); ++x) {
    const std::uint32_t in = mask == nullptr || mask[x] != 0 ? 1 : 0;
    const std::uint32_t level = in * row[x];
    counts_[x] -= in;
    sums_[x] -= level;
    squares_[x] -= level * level;
  }
}

void LocalMoments::next_row() {
  ++row_;
  if (row_ == 0) {
    for (int y = 0; y < std::min(radius_, gray_.rows); ++y) add(y);
  }
  if (row_ + radius_ < gray_.rows) add(row_ + radius_);
  if (row_ > radius_) remove(row_ - radius_ - 1);
  Prefix total;
  for (std::size_t x = 0; x < sums_.size(); ++x) {
    total.count += counts_[x];
    total.sum += sums_[x];
    total.squares += squares_[x];
    prefixes_[x + 1] = total;
  }
}

}  // namespace ocrtune
