#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::ppocr {

/// The compiled networks of one model, shared by all workers: each takes one out while it uses it,
/// so that there are never more than are in use at a time, and a few for other sizes. Thread-safe.
class NetworkPool {
 public:
  /// Which part of the model the networks are.
  struct Part {
    std::vector<int> kept_classes = {};  ///< as in NetworkOptions
    bool features = false;               ///< as there
  };

  NetworkPool(std::shared_ptr<const Model> model, Precision precision, Part part);
  NetworkPool(std::shared_ptr<const Model> model, Precision precision);

  /// A network that is returned to its pool when this is destroyed.
  class Taken {
   public:
    Taken(NetworkPool& pool, int width, int height, std::unique_ptr<Network> network);
    ~Taken();
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    Network& operator*() const { return *network_; }
    Network* operator->() const { return network_.get(); }

   private:
    NetworkPool& pool_;
    int width_;
    int height_;
    std::unique_ptr<Network> network_;
  };

  /// A network for inputs of this size, or with 0 for inputs of any size; compiled if none is free.
  /// Throws Error(limit_reached) if that fails.
  Taken take(int width = 0, int height = 0);

 private:
  struct Free {
    int width = 0;
    int height = 0;
    std::unique_ptr<Network> network;
  };

  void put_back(int width, int height, std::unique_ptr<Network> network);

  std::shared_ptr<const Model> model_;
  Precision precision_;
  Part part_;
  std::mutex mutex_;
  std::list<Free> free_;  ///< the last used first
  std::size_t in_use_ = 0;
  std::size_t max_in_use_ = 0;
};

}  // namespace ocrtune::ppocr
