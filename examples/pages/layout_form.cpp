#include <fmt/format.h>

#include <array>

#include "pages/layouts.h"
#include "pages/pick.h"
#include "pages/sheet.h"
#include "pages/words.h"

namespace ocrtune::examples {
namespace {

constexpr double form_width = 432;
constexpr double form_height = 576;
constexpr double form_margin = 36;

// Random numbers are drawn in separate statements: the order of evaluation of arguments is
// unspecified.
std::string date(Random& random) {
  const int day = random.integer(1, 28);
  const int month = random.integer(1, 12);
  return fmt::format("{:02}.{:02}.{}", day, month, random.integer(1921, 1989));
}

std::string telephone(Random& random) {
  std::string number = fmt::format("{}", random.integer(20, 79));
  for (int pair = 0; pair < 3; ++pair) {
    number += fmt::format("~{}", random.integer(10, 99));
  }
  return number;
}

std::string file_number(Random& random) {
  const int count = random.integer(1000, 9999);
  return fmt::format("{}/{}", count, random.integer(50, 89));
}

std::string value(FormLabel label, Language language, Random& random) {
  const Words& w = words(language);
  switch (label) {
    case FormLabel::surname:
    case FormLabel::clerk:
      return pick(w.surnames, random);
    case FormLabel::first_name:
      return pick(w.first_names, random);
    case FormLabel::born:
    case FormLabel::since:
    case FormLabel::received:
      return date(random);
    case FormLabel::trade:
      return pick(w.trades, random);
    case FormLabel::street:
      return pick(w.streets, random);
    case FormLabel::town:
      return pick(w.towns, random);
    case FormLabel::number:
      return fmt::format("{}", random.integer(2, 148));
    case FormLabel::postcode:
      return fmt::format("{}", random.integer(10000, 98999));
    case FormLabel::telephone:
      return telephone(random);
    case FormLabel::file:
      return file_number(random);
    case FormLabel::rent:
      return amount(language, 5 * random.integer(4000, 19999));
    case FormLabel::rooms:
    case FormLabel::persons:
      return fmt::format("{}", random.integer(2, 9));
  }
  return {};
}

/// Height of the boxes and styles of their texts.
struct Design {
  Style label, typed;
  double row_height = 0;
};

/// Edges of the form's four columns, labels and values alternating, as shares of its width.
constexpr std::array<double, 5> edges{0.0, 0.22, 0.52, 0.72, 1.0};

/// Draws one label and its value; returns their text.
std::string draw_field(Sheet& sheet, const Design& design, double y, std::size_t column,
                       std::string_view label, std::string_view typed) {
  constexpr double inset = 5;
  const double width = form_width - 2 * form_margin;
  const auto cell = [&](std::size_t i) -> Area {
    return {.x = form_margin + edges[i] * width + inset,
            .y = y + 0.27 * design.row_height,
            .width = (edges[i + 1] - edges[i]) * width - 2 * inset,
            .bottom = form_height};
  };
  const std::string left = sheet.line(label, design.label, cell(column));
  return left + " " + sheet.line(typed, design.typed, cell(column + 1));
}

/// Draws the grid of the fields.
void draw_grid(Sheet& sheet, double top, double row_height, int rows) {
  const double width = form_width - 2 * form_margin;
  const double bottom = top + row_height * rows;
  for (int i = 0; i <= rows; ++i) {
    const double y = top + row_height * i;
    sheet.rule(form_margin, y, form_margin + width, y);
  }
  for (const double edge : edges) {
    sheet.rule(form_margin + edge * width, top, form_margin + edge * width, bottom);
  }
}

/// Draws the rows of two fields each; returns their lower end.
double draw_fields(Sheet& sheet, const Design& design, const LayoutJob& job, double top,
                   Random& random, std::vector<std::string>& rows) {
  const auto labels = words(job.language).form_labels;
  double y = top;
  for (std::size_t i = 0; i + 1 < labels.size(); i += 2) {
    std::array<std::string, 2> fields;
    for (std::size_t side = 0; side < 2; ++side) {
      const auto label = static_cast<FormLabel>(i + side);
      fields[side] = draw_field(sheet, design, y, 2 * side, labels[i + side],
                                value(label, job.language, random));
    }
    rows.push_back(fields[0] + " " + fields[1]);
    y += design.row_height;
  }
  draw_grid(sheet, top, design.row_height, static_cast<int>(labels.size() / 2));
  return y;
}

}  // namespace

Typeset typeset_form(const LayoutJob& job, Random& random) {
  Sheet sheet(form_width, form_height, job.dpi, job.language);
  const Words& w = words(job.language);
  Typeset page;
  double y = form_margin;
  const auto add = [&](std::string_view text, const Style& style, double space_after) {
    const Block block = sheet.text(
        text, style, {form_margin + 6, y, form_width - 2 * form_margin - 12, form_height - 30});
    page.rows.insert(page.rows.end(), block.rows.begin(), block.rows.end());
    y = block.bottom + space_after;
  };

  const Style body{.family = job.family, .size_pt = job.size_pt};
  Style title = body;
  title.size_pt = 1.5 * job.size_pt;
  title.bold = true;
  title.align = Align::center;
  // Labels are printed small; the values are typewritten, slightly lighter.
  Design design{.label = body, .typed = body, .row_height = 2.7 * job.size_pt};
  design.label.size_pt = 0.85 * job.size_pt;
  design.typed.family = "Courier Prime";
  design.typed.size_pt = 0.95 * job.size_pt;
  design.typed.darkness = 0.9;

  add(w.form_title, title, 10);
  add(w.form_intro, body, 16);
  y = draw_fields(sheet, design, job, y, random, page.rows) + 10;
  add(w.form_note, body, 26);
  const std::string town = pick(w.towns, random);
  add(fmt::format("{}, {}", town, date(random)), design.typed, 0);
  sheet.rule(form_margin, y + 4, form_width - form_margin, y + 4);
  sheet.box(form_margin - 10, form_margin - 10, form_width - 2 * form_margin + 20,
            y + 18 - form_margin + 10, 1.4);
  page.gray = sheet.gray();
  return page;
}

}  // namespace ocrtune::examples
