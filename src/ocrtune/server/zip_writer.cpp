#include "ocrtune/server/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>  // NOLINT(modernize-deprecated-headers): POSIX's part of it

#include <exception>
#include <stdexcept>
#include <string_view>

namespace ocrtune::server {
namespace {

/// libarchive marks names as UTF-8 if the thread's locale is; Tesseract needs "C" for the process.
class Utf8Locale {
 public:
  Utf8Locale() : own_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (own_ != nullptr) before_ = ::uselocale(own_);
  }
  ~Utf8Locale() {
    if (own_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(own_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t own_;
  locale_t before_ = nullptr;
};

}  // namespace

struct ZipWriter::Archive {
  explicit Archive(const TextSink& to) : sink(to) {
    const Utf8Locale utf8;
    check(::archive_write_set_format_zip(handle.get()));
    check(::archive_write_set_bytes_in_last_block(handle.get(), 1));
    check(::archive_write_open(handle.get(), this, nullptr, &write, nullptr));
  }

  /// A sink's exception must not pass through a library in C, which would also keep the state of an
  /// entry that could not be written: the rest of the entry goes nowhere, and check() throws.
  static la_ssize_t write(::archive* /*handle*/, void* data, const void* bytes, std::size_t size) {
    auto& self = *static_cast<Archive*>(data);
    try {
      if (!self.failure && !self.given_up)
        self.sink(std::string_view(static_cast<const char*>(bytes), size));
    } catch (...) {
      self.failure = std::current_exception();
    }
    return static_cast<la_ssize_t>(size);
  }

  void check(la_ssize_t status) const {
    if (failure) std::rethrow_exception(failure);
    if (status < ARCHIVE_OK) throw std::runtime_error(::archive_error_string(handle.get()));
  }

  struct Free {
    void operator()(::archive* handle) const { ::archive_write_free(handle); }
    void operator()(::archive_entry* entry) const { ::archive_entry_free(entry); }
  };
  const TextSink& sink;
  std::exception_ptr failure;
  bool given_up = false;
  std::unique_ptr<::archive, Free> handle{::archive_write_new()};
};

ZipWriter::ZipWriter(const TextSink& sink) : archive_(std::make_unique<Archive>(sink)) {}

ZipWriter::~ZipWriter() {
  // libarchive frees its buffers only as it closes, which would write the directory of an archive
  // that was given up.
  archive_->given_up = true;
}

void ZipWriter::add(const std::string& path, const std::string& text,
                    std::chrono::system_clock::time_point changed) {
  const Utf8Locale utf8;
  constexpr unsigned kMode = 0644;
  const std::unique_ptr<::archive_entry, Archive::Free> entry(::archive_entry_new());
  ::archive_entry_set_pathname(entry.get(), path.c_str());
  ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  ::archive_entry_set_perm(entry.get(), kMode);
  ::archive_entry_set_mtime(entry.get(), std::chrono::system_clock::to_time_t(changed), 0);
  ::archive* const handle = archive_->handle.get();
  const int header = ::archive_write_header(handle, entry.get());
  const la_ssize_t data =
      header < ARCHIVE_OK ? header : ::archive_write_data(handle, text.data(), text.size());
  // Also after a failure: what is not finished is never freed.
  const int end = ::archive_write_finish_entry(handle);
  archive_->check(header);
  archive_->check(data);
  archive_->check(end);
}

void ZipWriter::finish() {
  const Utf8Locale utf8;
  archive_->check(::archive_write_close(archive_->handle.get()));
}

}  // namespace ocrtune::server
