#pragma once

#include <qpdf/qpdf-c.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A PDF that is changed with libqpdf's C interface: clang cannot compile the headers of the C++
/// interface as C++20. Not thread-safe.
class QpdfFile {
 public:
  using Object = qpdf_oh;

  /// The bytes must outlive it. Throws Error(input_unreadable) if they are no PDF that can be read
  /// without a password.
  explicit QpdfFile(std::span<const std::byte> bytes);

  [[nodiscard]] bool is_encrypted() const;
  [[nodiscard]] int page_count() const;

  Object page(int index);
  Object root();
  Object trailer();
  /// The object of this number, of generation 0; null if there is none.
  Object object(int number);
  Object key(Object dictionary, const char* name);
  [[nodiscard]] bool is_dictionary(Object object) const;
  [[nodiscard]] bool is_stream(Object object) const;
  [[nodiscard]] bool is_string(Object object) const;
  [[nodiscard]] bool is_array(Object object) const;
  [[nodiscard]] bool is_true(Object object) const;
  [[nodiscard]] bool is_name(Object object, const char* name) const;
  /// With its "/"; empty if it is none.
  [[nodiscard]] std::string name(Object object) const;
  /// Zero if it is not indirect.
  [[nodiscard]] int id(Object object) const;
  [[nodiscard]] long long integer(Object object) const;
  /// The items of an array; the object itself if it is none.
  std::vector<Object> items(Object object);
  /// The numbers of an array of numbers; empty if it is something else.
  std::vector<double> numbers(Object array);
  std::vector<std::string> keys(Object dictionary);

  Object entries_of(Object stream);
  /// The bytes of a stream without its filters; nothing if they are damaged, too many or in a
  /// coding of images.
  std::optional<std::string> decoded(Object stream);

  /// The bytes of a stream as they are; nothing if they are damaged.
  std::optional<std::string> raw(Object stream) { return stream_bytes(stream, qpdf_dl_none); }
  /// The same without filters that lose nothing, however many bytes that gives; nothing if they are
  /// damaged, also where libqpdf makes something of them, or in another coding.
  std::optional<std::string> samples(Object stream);

  Object dictionary();
  /// A new dictionary with the same entries.
  Object copied(Object dictionary);
  Object array(const std::vector<Object>& items);
  void set(Object dictionary, const std::string& name, Object value);
  void remove(Object dictionary, const std::string& name);
  /// A stream of these bytes, deflated.
  Object stream(std::string_view bytes);
  /// A stream of these bytes with the entries of another one.
  Object stream_like(Object stream, std::string_view bytes);
  /// Replaces the bytes of a stream. `deflate`: else they are not encoded.
  void replace(Object stream, std::string_view bytes, bool deflate = true);
  /// Replaces them by bytes in the coding of a filter. `parameters`: of the filter; empty: none.
  void replace_coded(Object stream, std::string_view bytes, const std::string& filter,
                     const std::string& parameters);
  /// A direct object as PDF writes it.
  Object parsed(const std::string& text);
  /// An indirect object of another file, which must outlive the writing.
  Object copied_from(QpdfFile& other, Object object);

  void push_inherited_attributes();
  /// Forgets all objects that were returned.
  void release();

  /// Writes to standard output, with streams as they are. The same PDF gives the same bytes. Throws
  /// Error(input_unreadable).
  void write();

 private:
  struct Cleanup {
    void operator()(_qpdf_data* data) const { qpdf_cleanup(&data); }
  };

  [[nodiscard]] qpdf_data data() const { return data_.get(); }
  void prepare();
  void check_read(QPDF_ERROR_CODE status) const;
  [[nodiscard]] std::string error_text() const;
  std::optional<std::string> stream_bytes(Object stream, qpdf_stream_decode_level_e level);

  std::unique_ptr<_qpdf_data, Cleanup> data_;
};

}  // namespace ocrtune
