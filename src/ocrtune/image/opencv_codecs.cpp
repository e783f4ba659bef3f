#include "ocrtune/image/opencv_codecs.h"

#ifdef OCRTUNE_IMGCODECS
#include <dlfcn.h>
#include <sys/mman.h>

#include <filesystem>
#include <new>
#include <string_view>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#else
#include <opencv2/imgcodecs.hpp>
#endif

namespace ocrtune {
namespace {

struct Codecs {
  cv::Mat (*decode)(cv::InputArray, int);
  bool (*encode)(const std::string&, cv::InputArray, std::vector<uchar>&, const std::vector<int>&);
};

#ifdef OCRTUNE_IMGCODECS
template <typename Function>
void find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(::dlsym(library, name));
}

/// The dynamic linker says only in its text that there was no memory for a library.
void check_memory_of_linker() {
  const char* reason = ::dlerror();
  const std::string_view text = reason != nullptr ? reason : "";
  for (const std::string_view shortage : {"failed to map segment", "annot allocate memory"})
    if (text.find(shortage) != std::string_view::npos) throw std::bad_alloc();
}

/// Some of the libraries that come along end the process where they get no memory when they are
/// loaded. Throws std::bad_alloc unless there are addresses for them.
void require_addresses_of_libraries() {
  constexpr std::size_t kNeeded = 192U << 20U;
  void* place = ::mmap(nullptr, kNeeded, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) throw std::bad_alloc();
  ::munmap(place, kNeeded);
}

/// That which is installed with ocrtune, else the system's. The functions are found by the names
/// that the C++ ABI gives them.
Codecs load_codecs() {
  Codecs codecs{};
  require_addresses_of_libraries();
  const std::filesystem::path own = data_file("imgcodecs.so");
  void* library = ::dlopen(own.empty() ? OCRTUNE_IMGCODECS : own.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) check_memory_of_linker();
  if (library != nullptr) {
    find(library, "_ZN2cv8imdecodeERKNS_11_InputArrayEi", codecs.decode);
    find(library,
         "_ZN2cv8imencodeERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEERKNS_11_InputArrayE"
         "RSt6vectorIhSaIhEERKSB_IiSaIiEE",
         codecs.encode);
  }
  if (codecs.decode == nullptr || codecs.encode == nullptr)
    throw Error(Errc::dependency_missing,
                tr("{}: can't be loaded; install OpenCV's imgcodecs", OCRTUNE_IMGCODECS));
  return codecs;
}
#else
Codecs load_codecs() { return {.decode = cv::imdecode, .encode = cv::imencode}; }
#endif

const Codecs& codecs() {
  static const Codecs kLoaded = load_codecs();
  return kLoaded;
}

}  // namespace

cv::Mat decode_image(std::span<const std::byte> bytes, int flags) {
  // OpenCV's matrix type is not const, but the buffer is only read.
  const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8UC1,
                       const_cast<std::byte*>(bytes.data()));
  return codecs().decode(buffer, flags);
}

bool encode_image(const std::string& extension, const cv::Mat& image, std::vector<uchar>& bytes,
                  const std::vector<int>& parameters) {
  return codecs().encode(extension, image, bytes, parameters);
}

}  // namespace ocrtune
