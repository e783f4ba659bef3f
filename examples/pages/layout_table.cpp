#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pages/layouts.h"
#include "pages/pick.h"
#include "pages/sheet.h"
#include "pages/words.h"

namespace ocrtune::examples {
namespace {

constexpr double table_width = 432;
constexpr double table_height = 576;
constexpr double table_margin = 36;
constexpr std::size_t columns = 5;
/// Edges of the columns as shares of the table's width.
constexpr std::array<double, columns + 1> column_edges{0.0, 0.36, 0.48, 0.64, 0.80, 1.0};

using Cells = std::array<std::string, columns>;

/// Draws one row without its rules; returns the cells from left to right, joined.
std::string draw_row(Sheet& sheet, const Cells& cells, const Style& style, double y) {
  const double width = table_width - 2 * table_margin;
  std::string joined;
  for (std::size_t i = 0; i < columns; ++i) {
    if (cells[i].empty()) {
      continue;
    }
    Style cell = style;
    const bool is_word = i == 0 || i == 2;
    cell.align = is_word ? Align::left : Align::right;
    const double x = table_margin + column_edges[i] * width + 5;
    const double room = (column_edges[i + 1] - column_edges[i]) * width - 10;
    joined += joined.empty() ? "" : " ";
    joined += sheet.line(cells[i], cell, {x, y, room, table_height});
  }
  return joined;
}

void draw_rules(Sheet& sheet, double top, double row_height, int rows) {
  const double width = table_width - 2 * table_margin;
  const double bottom = top + row_height * rows;
  for (int i = 0; i <= rows; ++i) {
    const bool is_strong = i <= 1 || i >= rows - 1;
    const double y = top + row_height * i;
    sheet.rule(table_margin, y, table_margin + width, y, is_strong ? 1.3 : 0.7);
  }
  for (const double edge : column_edges) {
    const double x = table_margin + edge * width;
    sheet.rule(x, top, x, bottom, edge == 0.0 || edge == 1.0 ? 1.3 : 0.7);
  }
}

/// Draws heads, articles and the total on the grid; returns where the table ends.
double draw_table(Sheet& sheet, const LayoutJob& job, double top, Random& random,
                  std::vector<std::string>& rows) {
  constexpr int articles = 13;
  const Words& w = words(job.language);
  const Style body{.family = job.family, .size_pt = job.size_pt};
  Style bold = body;
  bold.bold = true;
  const double row_height = 2.1 * job.size_pt;
  double y = top + 0.36 * job.size_pt;
  const auto add = [&](const Cells& cells, const Style& style) {
    rows.push_back(draw_row(sheet, cells, style, y));
    y += row_height;
  };

  Cells heads;
  std::copy(w.table_heads.begin(), w.table_heads.end(), heads.begin());
  add(heads, bold);
  const int first = random.integer(0, 23);
  int total = 0;
  for (int i = 0; i < articles; ++i) {
    const int quantity = random.integer(2, 60);
    const int price = 5 * random.integer(9, 599);
    total += quantity * price;
    add({nth_of(w.goods, first + i), fmt::format("{}", quantity), pick(w.units, random),
         amount(job.language, price), amount(job.language, quantity * price)},
        body);
  }
  add({std::string(w.table_total), "", "", "", amount(job.language, total)}, bold);
  draw_rules(sheet, top, row_height, articles + 2);
  return top + row_height * (articles + 2);
}

}  // namespace

Typeset typeset_table(const LayoutJob& job, Random& random) {
  Sheet sheet(table_width, table_height, job.dpi, job.language);
  const Words& w = words(job.language);
  Typeset page;
  const Style body{.family = job.family, .size_pt = job.size_pt};
  Style title = body;
  title.size_pt = 1.45 * job.size_pt;
  title.bold = true;
  const auto add = [&](std::string_view text, const Style& style, double y) {
    const Block block =
        sheet.text(text, style, {table_margin, y, table_width - 2 * table_margin, table_height});
    page.rows.insert(page.rows.end(), block.rows.begin(), block.rows.end());
    return block.bottom;
  };

  const double top = add(pick(w.table_titles, random), title, table_margin) + 12;
  const double end = draw_table(sheet, job, top, random, page.rows);
  add(w.table_note, body, end + 14);
  page.gray = sheet.gray();
  return page;
}

}  // namespace ocrtune::examples
