#include "ocrtune/image/jpeg_recode.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include "ocrtune/image/libjpeg_failure.h"

namespace ocrtune {
namespace {

/// What is read and written; freed whatever happens.
class Recoding {
 public:
  Recoding() {
    from_.err = &failure_.manager;
    to_.err = &failure_.manager;
  }
  ~Recoding() {
    // After an error, `written_` is a buffer that libjpeg has freed for a larger one.
    if (is_writing_) to_.dest->term_destination(&to_);
    jpeg_destroy_decompress(&from_);
    jpeg_destroy_compress(&to_);
    std::free(written_);
  }
  Recoding(const Recoding&) = delete;
  Recoding& operator=(const Recoding&) = delete;

  /// Nothing between here and libjpeg has a destructor, which its errors would jump over.
  bool recode(const JpegStrips& image) {
    if (setjmp(failure_.back) != 0) return false;
    jpeg_create_decompress(&from_);
    jpeg_create_compress(&to_);
    jpeg_mem_dest(&to_, &written_, &size_);
    is_writing_ = true;
    if (!is_such_an_image(image)) return false;
    for (const auto& strip : image.strips) {
      if (!read_header(image, strip)) return false;
      jvirt_barray_ptr* blocks = jpeg_read_coefficients(&from_);
      if (blocks == nullptr) return false;
      if (row_ == 0) begin(image.is_rgb && from_.num_components == 3);
      if (image.strips.size() == 1) {
        write(blocks);
      } else {
        if (row_ == 0) request_blocks();
        if (!fits()) return false;
        copy(blocks);
      }
      row_ += from_.image_height;
      if (jpeg_finish_decompress(&from_) == FALSE) return false;
    }
    if (image.strips.size() > 1) write(blocks_.data());
    return true;
  }

  [[nodiscard]] std::vector<std::byte> written() const {
    const auto* first = reinterpret_cast<const std::byte*>(written_);
    return {first, first + size_};
  }

 private:
  static void source(jpeg_decompress_struct& from, std::span<const std::byte> bytes) {
    jpeg_mem_src(&from, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }

  bool read_header(const JpegStrips& image, std::span<const std::byte> strip) {
    if (!image.tables.empty()) {
      source(from_, image.tables);
      if (jpeg_read_header(&from_, FALSE) != JPEG_HEADER_TABLES_ONLY) return false;
    }
    source(from_, strip);
    return jpeg_read_header(&from_, TRUE) == JPEG_HEADER_OK && from_.data_precision == 8 &&
           (from_.num_components == 1 || from_.num_components == 3);
  }

  /// Whether the strips are as large as the image: coefficients need memory.
  bool is_such_an_image(const JpegStrips& image) {
    for (const auto& strip : image.strips) {
      if (!read_header(image, strip) || from_.image_width != image.width) return false;
      height_ += from_.image_height;
      jpeg_abort_decompress(&from_);
    }
    return height_ == image.height;
  }

  void write(jvirt_barray_ptr* blocks) {
    jpeg_write_coefficients(&to_, blocks);
    jpeg_finish_compress(&to_);
    is_writing_ = false;
  }

  /// All are written like the first strip.
  void begin(bool is_rgb) {
    if (is_rgb) from_.jpeg_color_space = JCS_RGB;
    const bool progressive = from_.progressive_mode != FALSE || from_.arith_code != FALSE;
    jpeg_copy_critical_parameters(&from_, &to_);
    to_.image_height = height_;
    to_.optimize_coding = TRUE;
    if (progressive) jpeg_simple_progression(&to_);
  }

  void request_blocks() {
    rows_of_mcu_ = static_cast<JDIMENSION>(from_.max_v_samp_factor * DCTSIZE);
    const auto columns = static_cast<JDIMENSION>(from_.max_h_samp_factor * DCTSIZE);
    for (int i = 0; i < from_.num_components; ++i) {
      const jpeg_component_info& component = from_.comp_info[i];
      const auto across = static_cast<JDIMENSION>(component.h_samp_factor);
      const auto down = static_cast<JDIMENSION>(component.v_samp_factor);
      blocks_.at(static_cast<std::size_t>(i)) =
          to_.mem->request_virt_barray(reinterpret_cast<j_common_ptr>(&to_), JPOOL_IMAGE, TRUE,
                                       (from_.image_width + columns - 1) / columns * across,
                                       (height_ + rows_of_mcu_ - 1) / rows_of_mcu_ * down, down);
    }
    to_.mem->realize_virt_arrays(reinterpret_cast<j_common_ptr>(&to_));
  }

  /// Whether the strip that is read continues what is written.
  [[nodiscard]] bool fits() const {
    if (from_.image_width != to_.image_width || from_.num_components != to_.num_components ||
        row_ % rows_of_mcu_ != 0)
      return false;
    for (int i = 0; i < from_.num_components; ++i) {
      if (from_.comp_info[i].h_samp_factor != to_.comp_info[i].h_samp_factor ||
          from_.comp_info[i].v_samp_factor != to_.comp_info[i].v_samp_factor)
        return false;
    }
    return true;
  }

  void copy(jvirt_barray_ptr* blocks) {
    const JDIMENSION mcus = (from_.image_height + rows_of_mcu_ - 1) / rows_of_mcu_;
    for (int i = 0; i < from_.num_components; ++i) {
      const jpeg_component_info& component = from_.comp_info[i];
      const auto down = static_cast<JDIMENSION>(component.v_samp_factor);
      const JDIMENSION top = row_ / rows_of_mcu_ * down;
      for (JDIMENSION row = 0; row < mcus * down; ++row) {
        JBLOCKARRAY in = from_.mem->access_virt_barray(reinterpret_cast<j_common_ptr>(&from_),
                                                       blocks[i], row, 1, FALSE);
        JBLOCKARRAY out = to_.mem->access_virt_barray(reinterpret_cast<j_common_ptr>(&to_),
                                                      blocks_.at(static_cast<std::size_t>(i)),
                                                      top + row, 1, TRUE);
        std::memcpy(out[0], in[0], component.width_in_blocks * sizeof(JBLOCK));
      }
    }
  }

  static constexpr std::size_t kMostComponents = 3;

  JpegFailure failure_;
  jpeg_decompress_struct from_{};
  jpeg_compress_struct to_{};
  bool is_writing_ = false;
  unsigned char* written_ = nullptr;
  unsigned long size_ = 0;
  JDIMENSION height_ = 0;
  JDIMENSION row_ = 0;  // of the image, from which the next strip goes
  JDIMENSION rows_of_mcu_ = 1;
  std::array<jvirt_barray_ptr, kMostComponents> blocks_{};
};

}  // namespace

std::vector<std::byte> joined_jpeg(const JpegStrips& image) {
  Recoding recoding;
  return recoding.recode(image) ? recoding.written() : std::vector<std::byte>();
}

}  // namespace ocrtune
