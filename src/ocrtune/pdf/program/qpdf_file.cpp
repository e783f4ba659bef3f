#include "ocrtune/pdf/program/qpdf_file.h"

#include <zlib.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pdf/writer.h"

namespace ocrtune {
namespace {

/// Limits for content that a hostile file may have compressed a thousandfold.
constexpr std::size_t kMaxDecoded = 64'000'000;
constexpr std::size_t kMaxEncoded = 200'000;  // in codings that are decoded at once

struct FreeBuffer {
  void operator()(unsigned char* bytes) const { std::free(bytes); }
};

/// What zlib makes of the bytes, as far as they are whole; nothing if that is too much.
std::optional<std::string> inflated(std::string_view bytes) {
  z_stream zip{};
  if (inflateInit(&zip) != Z_OK) return std::nullopt;
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zip.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 1 << 15> piece{};
  int status = Z_OK;
  while (status == Z_OK && out.size() <= kMaxDecoded) {
    zip.next_out = reinterpret_cast<Bytef*>(piece.data());
    zip.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&zip, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - zip.avail_out);
  }
  inflateEnd(&zip);
  if (status != Z_STREAM_END || out.size() > kMaxDecoded) return std::nullopt;
  return out;
}

}  // namespace

QpdfFile::QpdfFile(std::span<const std::byte> bytes) : data_(qpdf_init()) {
  prepare();
  check_read(qpdf_read_memory(data(), "PDF", reinterpret_cast<const char*>(bytes.data()),
                              bytes.size(), nullptr));
}

void QpdfFile::prepare() {
  qpdf_silence_errors(data());
  qpdf_set_suppress_warnings(data(), QPDF_TRUE);
}

void QpdfFile::check_read(QPDF_ERROR_CODE status) const {
  if ((status & QPDF_ERRORS) != 0 || qpdf_get_num_pages(data()) < 1)
    throw Error(Errc::input_unreadable, tr("the PDF can't be read: {}", error_text()));
}

std::string QpdfFile::error_text() const {
  if (qpdf_has_error(data()) != QPDF_TRUE) return tr("has no pages");
  return quotable(qpdf_get_error_full_text(data(), qpdf_get_error(data())), 200);
}

bool QpdfFile::is_encrypted() const { return qpdf_is_encrypted(data()) == QPDF_TRUE; }
int QpdfFile::page_count() const { return qpdf_get_num_pages(data()); }

QpdfFile::Object QpdfFile::page(int index) {
  return qpdf_get_page_n(data(), static_cast<std::size_t>(index));
}

QpdfFile::Object QpdfFile::root() { return qpdf_get_root(data()); }
QpdfFile::Object QpdfFile::trailer() { return qpdf_get_trailer(data()); }

QpdfFile::Object QpdfFile::object(int number) { return qpdf_get_object_by_id(data(), number, 0); }

QpdfFile::Object QpdfFile::key(Object dictionary, const char* name) {
  return qpdf_oh_get_key_if_dict(data(), dictionary, name);
}

bool QpdfFile::is_dictionary(Object object) const {
  return qpdf_oh_is_dictionary(data(), object) == QPDF_TRUE;
}

bool QpdfFile::is_stream(Object object) const {
  return qpdf_oh_is_stream(data(), object) == QPDF_TRUE;
}

bool QpdfFile::is_string(Object object) const {
  return qpdf_oh_is_string(data(), object) == QPDF_TRUE;
}

bool QpdfFile::is_name(Object object, const char* name) const {
  return qpdf_oh_is_name_and_equals(data(), object, name) == QPDF_TRUE;
}

bool QpdfFile::is_array(Object object) const {
  return qpdf_oh_is_array(data(), object) == QPDF_TRUE;
}

bool QpdfFile::is_true(Object object) const {
  return qpdf_oh_is_bool(data(), object) == QPDF_TRUE &&
         qpdf_oh_get_bool_value(data(), object) == QPDF_TRUE;
}

std::string QpdfFile::name(Object object) const {
  return qpdf_oh_is_name(data(), object) == QPDF_TRUE ? qpdf_oh_get_name(data(), object) : "";
}

int QpdfFile::id(Object object) const {
  return qpdf_oh_is_indirect(data(), object) == QPDF_TRUE ? qpdf_oh_get_object_id(data(), object)
                                                          : 0;
}

long long QpdfFile::integer(Object object) const {
  return qpdf_oh_is_integer(data(), object) == QPDF_TRUE ? qpdf_oh_get_int_value(data(), object)
                                                         : 0;
}

std::vector<QpdfFile::Object> QpdfFile::items(Object object) {
  if (qpdf_oh_is_array(data(), object) != QPDF_TRUE) return {object};
  const int count = qpdf_oh_get_array_n_items(data(), object);
  std::vector<Object> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all.push_back(qpdf_oh_get_array_item(data(), object, i));
  return all;
}

std::vector<double> QpdfFile::numbers(Object array) {
  std::vector<double> all;
  for (const Object item : items(array)) {
    if (qpdf_oh_is_number(data(), item) != QPDF_TRUE) return {};
    all.push_back(qpdf_oh_get_numeric_value(data(), item));
  }
  return all;
}

std::vector<std::string> QpdfFile::keys(Object dictionary) {
  std::vector<std::string> all;
  if (!is_dictionary(dictionary)) return all;
  qpdf_oh_begin_dict_key_iter(data(), dictionary);
  while (qpdf_oh_dict_more_keys(data()) == QPDF_TRUE)
    all.emplace_back(qpdf_oh_dict_next_key(data()));
  return all;
}

QpdfFile::Object QpdfFile::entries_of(Object stream) { return qpdf_oh_get_dict(data(), stream); }

std::optional<std::string> QpdfFile::stream_bytes(Object stream, qpdf_stream_decode_level_e level) {
  QPDF_BOOL filtered = QPDF_FALSE;
  unsigned char* bytes = nullptr;
  std::size_t size = 0;
  const QPDF_ERROR_CODE status =
      qpdf_oh_get_stream_data(data(), stream, level, &filtered, &bytes, &size);
  const std::unique_ptr<unsigned char, FreeBuffer> owned(bytes);
  if ((status & QPDF_ERRORS) != 0 || (level != qpdf_dl_none && filtered != QPDF_TRUE))
    return std::nullopt;
  return bytes == nullptr ? std::string() : std::string(reinterpret_cast<char*>(bytes), size);
}

std::optional<std::string> QpdfFile::decoded(Object stream) {
  if (!is_stream(stream)) return std::nullopt;
  const Object entries = entries_of(stream);
  const std::vector<Object> filters = items(key(entries, "/Filter"));
  std::optional<std::string> raw = stream_bytes(stream, qpdf_dl_none);
  if (!raw || raw->size() > kMaxDecoded) return std::nullopt;
  const bool plain = filters.empty() || qpdf_oh_is_null(data(), filters.front()) == QPDF_TRUE;
  if (plain) return raw;
  const bool has_parameters = qpdf_oh_is_null(data(), key(entries, "/DecodeParms")) != QPDF_TRUE;
  if (filters.size() == 1 && is_name(filters.front(), "/FlateDecode") && !has_parameters)
    return inflated(*raw);
  // Two filters that compress multiply.
  const bool second = filters.size() == 2 && (is_name(filters.front(), "/ASCII85Decode") ||
                                              is_name(filters.front(), "/ASCIIHexDecode"));
  if (raw->size() > kMaxEncoded || (filters.size() > 1 && !second)) return std::nullopt;
  return stream_bytes(stream, qpdf_dl_generalized);
}

std::optional<std::string> QpdfFile::samples(Object stream) {
  // Warnings of what was read before.
  while (qpdf_more_warnings(data()) == QPDF_TRUE) (void)qpdf_next_warning(data());
  std::optional<std::string> bytes = stream_bytes(stream, qpdf_dl_specialized);
  return qpdf_more_warnings(data()) == QPDF_TRUE ? std::nullopt : std::move(bytes);
}

QpdfFile::Object QpdfFile::dictionary() { return qpdf_oh_new_dictionary(data()); }

QpdfFile::Object QpdfFile::copied(Object dictionary) {
  const Object copy = this->dictionary();
  for (const std::string& name : keys(dictionary)) set(copy, name, key(dictionary, name.c_str()));
  return copy;
}

QpdfFile::Object QpdfFile::array(const std::vector<Object>& items) {
  const Object array = qpdf_oh_new_array(data());
  for (const Object item : items) qpdf_oh_append_item(data(), array, item);
  return array;
}

void QpdfFile::set(Object dictionary, const std::string& name, Object value) {
  qpdf_oh_replace_key(data(), dictionary, name.c_str(), value);
}

void QpdfFile::remove(Object dictionary, const std::string& name) {
  qpdf_oh_remove_key(data(), dictionary, name.c_str());
}

QpdfFile::Object QpdfFile::stream(std::string_view bytes) {
  const Object stream = qpdf_oh_new_stream(data());
  replace(stream, bytes);
  return stream;
}

QpdfFile::Object QpdfFile::stream_like(Object stream, std::string_view bytes) {
  const Object made = this->stream(bytes);
  const Object entries = entries_of(made);
  const Object others = entries_of(stream);
  for (const std::string& name : keys(others)) {
    if (name != "/Length" && name != "/Filter" && name != "/DecodeParms")
      set(entries, name, key(others, name.c_str()));
  }
  return made;
}

void QpdfFile::replace(Object stream, std::string_view bytes, bool deflate) {
  replace_coded(stream, deflate ? deflated(bytes) : std::string(bytes),
                deflate ? "/FlateDecode" : "null", "");
}

void QpdfFile::replace_coded(Object stream, std::string_view bytes, const std::string& filter,
                             const std::string& parameters) {
  qpdf_oh_replace_stream_data(data(), stream, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size(), parsed(filter),
                              parameters.empty() ? qpdf_oh_new_null(data()) : parsed(parameters));
}

QpdfFile::Object QpdfFile::parsed(const std::string& text) {
  return qpdf_oh_parse(data(), text.c_str());
}

QpdfFile::Object QpdfFile::copied_from(QpdfFile& other, Object object) {
  return qpdf_oh_copy_foreign_object(data(), other.data(), object);
}

void QpdfFile::push_inherited_attributes() { qpdf_push_inherited_attributes_to_page(data()); }

void QpdfFile::release() { qpdf_oh_release_all(data()); }

void QpdfFile::write() {
  // Errors of what was read are not errors of what is written.
  if (qpdf_has_error(data()) == QPDF_TRUE) (void)qpdf_get_error(data());
  qpdf_init_write(data(), nullptr);
  qpdf_set_stream_data_mode(data(), qpdf_s_preserve);
  qpdf_set_object_stream_mode(data(), qpdf_o_generate);
  qpdf_set_deterministic_ID(data(), QPDF_TRUE);
  const QPDF_ERROR_CODE status = qpdf_write(data());
  // Nothing may be left for the next one.
  const bool flushed = std::fflush(stdout) == 0;
  if (!flushed || (status & QPDF_ERRORS) != 0 || qpdf_has_error(data()) == QPDF_TRUE)
    throw Error(Errc::input_unreadable, tr("the PDF cannot be created: {}", error_text()));
}

}  // namespace ocrtune
