#pragma once

namespace ocrtune {

/// While it lives, an OpenMP region that begins in this thread has one thread: the evaluator
/// parallelizes over pages, and Tesseract's four threads per page would compete. Other threads are
/// not affected. Instances may be nested. (OpenMP 5.1, max-active-levels-var.)
class SerialOpenMp {
 public:
  SerialOpenMp();
  ~SerialOpenMp();
  SerialOpenMp(const SerialOpenMp&) = delete;
  SerialOpenMp& operator=(const SerialOpenMp&) = delete;

 private:
  int levels_before_;
};

/// While an instance lives, OpenCV starts no threads of its own in the whole process; afterwards
/// its former number of threads is restored. Thread-safe.
class SerialOpenCv {
 public:
  SerialOpenCv();
  ~SerialOpenCv();
  SerialOpenCv(const SerialOpenCv&) = delete;
  SerialOpenCv& operator=(const SerialOpenCv&) = delete;
};

}  // namespace ocrtune
