#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// page_edit of api.schema.json.
nlohmann::json edit_json(const PageEdit& edit);

/// The inverse of edit_json. Throws Error(invalid_argument), with one line that names the field.
PageEdit parse_edit(const nlohmann::json& form);

/// A page of a file before its edits.
struct FilePage {
  std::filesystem::path file;
  int page = 0;  ///< from 0

  bool operator==(const FilePage&) const = default;  ///< the same page
};

/// The page that a page of a corpus comes from.
FilePage file_page_of(const Page& page);

/// The pages of these files that are excluded; files whose edits are invalid have none.
std::vector<FilePage> excluded_pages(const std::vector<InputFile>& files);

/// A page of a file before its edits by hand, and the edits. Not thread-safe: whoever saves must
/// prevent that two threads read the edits, change and save them at the same time.
class EditedScan {
 public:
  /// Throws HttpError(403) if its folder is outside the roots, Error(input_unreadable) if the edits
  /// of its file are invalid.
  EditedScan(FilePage page, const Roots& roots);

  /// Its own edit.
  [[nodiscard]] PageEdit edit() const;

  /// Identifies the page and the edits of its file.
  [[nodiscard]] const std::string& version() const { return version_; }

  /// scan_edit of api.schema.json.
  [[nodiscard]] nlohmann::json json() const;

  /// The scan after an edit, its left part if it is split, in colour if it has colours. Throws
  /// HttpError(400) if the edit is invalid or not within the page, Error(input_unreadable).
  [[nodiscard]] Image picture(const PageEdit& edit) const;

  /// {rotate, corners, split} of page_edit: the rotation that makes the text lines level, the
  /// corners of the sheet and the gutter, as detection finds them on the pages that these steps of
  /// `edit` are done on; null where it finds none. Throws as picture.
  [[nodiscard]] nlohmann::json proposal(const PageEdit& edit) const;

  /// Its size before its edits. Throws Error(input_unreadable).
  [[nodiscard]] cv::Size size() const;

  /// True if the page has an edit.
  [[nodiscard]] bool is_edited() const { return edit() != PageEdit(); }

  /// As save, for an edit that is known to be within the page.
  void keep(const PageEdit& edit);

  /// Writes the file of edits with this edit of the page, or removes it if no page is edited; the
  /// edits of other pages are kept, comments are not. Throws as picture, HttpError(400) if the
  /// edit states another language, whose model is not installed, Error(output_unwritable).
  void save(const PageEdit& edit);

 private:
  [[nodiscard]] Image scan() const;

  FilePage page_;
  std::map<int, PageEdit> edits_;
  std::string version_;
};

}  // namespace ocrtune::server
