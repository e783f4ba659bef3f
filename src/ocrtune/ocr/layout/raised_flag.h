#pragma once

namespace ocrtune::layout {

/// A flag that is set while it lives: base of what changes Tesseract's work on a thread for a
/// while.
class RaisedFlag {
 public:
  RaisedFlag(const RaisedFlag&) = delete;
  RaisedFlag& operator=(const RaisedFlag&) = delete;

 protected:
  RaisedFlag(bool& flag, bool value) : flag_(flag) { flag_ = value; }
  ~RaisedFlag() { flag_ = false; }

 private:
  bool& flag_;
};

}  // namespace ocrtune::layout
