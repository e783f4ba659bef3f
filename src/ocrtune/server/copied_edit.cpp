#include "ocrtune/server/copied_edit.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

/// True if the page has the edit now. `size`: of the page that the edit comes from.
bool take(const PageEdit& edit, const cv::Size& size, const Page& page, const Roots& roots) {
  try {
    EditedScan scan(file_page_of(page), roots);
    PageEdit own = edit;
    own.exclude = scan.edit().exclude;
    own.lang = scan.edit().lang;
    // Within a page of the same size is within this one; only others have to be decoded.
    if (!scan.is_edited() && size == cv::Size(page.width, page.height))
      scan.keep(own);
    else
      scan.save(own);
    return true;
  } catch (const HttpError&) {
    return false;
  } catch (const Error& error) {
    if (error.code() != Errc::input_unreadable) throw;
    return false;
  }
}

}  // namespace

std::vector<const Page*> pages_in_places(const Corpus& corpus, const std::string& which) {
  if (which != "all" && which != "odd" && which != "even")
    throw HttpError(400, tr("`which`: must be all, odd or even"));
  std::vector<const Page*> scans;
  for (const Page& page : corpus.pages()) {
    // The second part of a page that is split comes from the same page of its file.
    if (scans.empty() || file_page_of(*scans.back()) != file_page_of(page)) scans.push_back(&page);
  }
  if (which == "all") return scans;
  std::vector<const Page*> chosen;
  for (std::size_t i = which == "odd" ? 0 : 1; i < scans.size(); i += 2) chosen.push_back(scans[i]);
  return chosen;
}

nlohmann::json copy_edit_of(const EditedScan& scan, const FilePage& from,
                            const std::vector<const Page*>& pages, const Roots& roots) {
  const PageEdit edit = scan.edit();
  const cv::Size size = scan.size();
  std::size_t edited = 0;
  std::size_t kept = 0;
  for (const Page* page : pages) {
    if (file_page_of(*page) == from) continue;
    ++(take(edit, size, *page, roots) ? edited : kept);
  }
  return {{"edited", edited}, {"kept", kept}};
}

}  // namespace ocrtune::server
