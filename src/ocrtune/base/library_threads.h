#pragma once

namespace ocrtune {

/// While it lives, a region of OpenMP that begins in this thread has one thread: parallelism
/// belongs to the evaluator, and Tesseract's four threads get into each other's way. Other threads
/// are left alone. They may lie in each other. (OpenMP 5.1, max-active-levels-var.)
class SerialOpenMp {
 public:
  SerialOpenMp();
  ~SerialOpenMp();
  SerialOpenMp(const SerialOpenMp&) = delete;
  SerialOpenMp& operator=(const SerialOpenMp&) = delete;

 private:
  int levels_before_;
};

/// While one lives, OpenCV starts no threads of its own, in the whole process; then it has as many
/// as before. Thread-safe.
class SerialOpenCv {
 public:
  SerialOpenCv();
  ~SerialOpenCv();
  SerialOpenCv(const SerialOpenCv&) = delete;
  SerialOpenCv& operator=(const SerialOpenCv&) = delete;
};

}  // namespace ocrtune
