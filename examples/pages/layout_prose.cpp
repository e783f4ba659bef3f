#include "pages/layouts.h"
#include "pages/sheet.h"
#include "pages/texts.h"

namespace ocrtune::examples {
namespace {

constexpr double prose_width = 432;
constexpr double prose_height = 576;
constexpr double prose_margin = 45;

/// Sets blocks one below the other until the page is full.
class Column {
 public:
  Column(Sheet& sheet, std::vector<std::string>& rows) : sheet_(sheet), rows_(rows) {}

  /// False once text has been cut at the foot of the page.
  bool add(std::string_view text, const Style& style, double space_before) {
    const Area area{.x = prose_margin,
                    .y = y_ + space_before,
                    .width = prose_width - 2 * prose_margin,
                    .bottom = prose_height - prose_margin};
    const Block block = sheet_.text(text, style, area);
    rows_.insert(rows_.end(), block.rows.begin(), block.rows.end());
    y_ = block.bottom;
    return y_ + 2.5 * style.size_pt < area.bottom;
  }

 private:
  Sheet& sheet_;
  std::vector<std::string>& rows_;
  double y_ = prose_margin;
};

}  // namespace

Typeset typeset_prose(const LayoutJob& job, Random& /*random*/) {
  Sheet sheet(prose_width, prose_height, job.dpi, job.language);
  Typeset page;
  Column column(sheet, page.rows);
  const Style body{.family = job.family, .size_pt = job.size_pt};
  Style head = body;
  head.size_pt = 1.35 * job.size_pt;
  head.bold = true;

  const auto all = topics(job.language);
  const auto count = static_cast<int>(all.size());
  bool has_room = true;
  double space_before = 0;
  for (int step = 0; has_room && step < count; ++step) {
    const Topic& topic = all[static_cast<std::size_t>((job.ordinal + step) % count)];
    const auto size = topic.paragraphs.size();
    // When every topic has opened a page, pages open with its later paragraphs.
    const auto first = static_cast<std::size_t>(job.ordinal / count) % size;
    has_room = column.add(topic.heading, head, space_before);
    for (std::size_t i = 0; has_room && i < size; ++i) {
      has_room = column.add(topic.paragraphs[(first + i) % size], body, 0.6 * job.size_pt);
    }
    space_before = 1.6 * job.size_pt;
  }
  page.gray = sheet.gray();
  return page;
}

}  // namespace ocrtune::examples
