#include <fmt/format.h>

#include <utility>

#include "pages/layouts.h"
#include "pages/pick.h"
#include "pages/sheet.h"
#include "pages/words.h"

namespace ocrtune::examples {
namespace {

constexpr double receipt_width = 216;
constexpr double receipt_height = 480;
constexpr double receipt_margin = 18;
constexpr double pitch = 1.65;  // distance of lines as a multiple of the size

/// Prints line after line, like a cash register.
class Roll {
 public:
  Roll(Sheet& sheet, Style style, std::vector<std::string>& rows)
      : sheet_(sheet), style_(std::move(style)), rows_(rows) {}

  void centered(std::string_view text, double size = 1.0) {
    Style style = style_;
    style.align = Align::center;
    style.size_pt *= size;
    style.bold = size > 1.0;
    rows_.push_back(sheet_.line(text, style, here(receipt_width - 2 * receipt_margin)));
    y_ += pitch * style.size_pt;
  }

  void entry(std::string_view left, std::string_view right, bool bold = false) {
    Style style = style_;
    style.bold = bold;
    constexpr double left_share = 0.66;
    const double width = receipt_width - 2 * receipt_margin;
    const std::string name = sheet_.line(left, style, here(left_share * width));
    style.align = Align::right;
    Area beside = here((1 - left_share) * width);
    beside.x += left_share * width;
    rows_.push_back(name + " " + sheet_.line(right, style, beside));
    y_ += pitch * style.size_pt;
  }

  void rule() {
    sheet_.rule(receipt_margin, y_ + 4, receipt_width - receipt_margin, y_ + 4, 0.9);
    y_ += 10;
  }

  void space(double points) { y_ += points; }

 private:
  [[nodiscard]] Area here(double width) const {
    return {.x = receipt_margin, .y = y_, .width = width, .bottom = receipt_height};
  }

  Sheet& sheet_;
  Style style_;
  std::vector<std::string>& rows_;
  double y_ = receipt_margin + 6;
};

// Random numbers are drawn in separate statements: the order of evaluation of arguments is
// unspecified.
std::string date_and_time(Random& random) {
  const int day = random.integer(1, 28);
  const int month = random.integer(1, 12);
  const int year = random.integer(2004, 2023);
  const int hour = random.integer(8, 19);
  const int minute = random.integer(0, 59);
  return fmt::format("{:02}.{:02}.{} {:02}:{:02}", day, month, year, hour, minute);
}

/// Prints the articles; returns their sum in hundredths.
int print_articles(Roll& roll, Language language, Random& random) {
  const Words& w = words(language);
  const int articles = random.integer(9, 12);
  const int first = random.integer(0, 23);
  int total = 0;
  for (int i = 0; i < articles; ++i) {
    const int quantity = random.chance(0.3) ? random.integer(2, 6) : 1;
    const int price = 5 * random.integer(10, 380);
    total += quantity * price;
    roll.entry(fmt::format("{} {}", quantity, nth_of(w.goods, first + i)),
               amount(language, quantity * price));
  }
  return total;
}

}  // namespace

Typeset typeset_receipt(const LayoutJob& job, Random& random) {
  Sheet sheet(receipt_width, receipt_height, job.dpi, job.language);
  const Words& w = words(job.language);
  Typeset page;
  Roll roll(sheet, {.family = job.family, .size_pt = job.size_pt}, page.rows);

  roll.centered(pick(w.shops, random), 1.25);
  const int house = random.integer(2, 98);
  roll.centered(fmt::format("{} {}", house, pick(w.streets, random)));
  roll.centered(pick(w.towns, random));
  roll.space(6);
  const int till = random.integer(2, 9);
  roll.centered(fmt::format("{} {} {}", w.receipt_till, till, date_and_time(random)));
  roll.rule();
  const int total = print_articles(roll, job.language, random);
  roll.rule();
  const int cash = (total / 1000 + 1) * 1000;
  roll.entry(w.receipt_subtotal, amount(job.language, total));
  roll.entry(w.receipt_tax, amount(job.language, total * 10 / 110));
  roll.entry(w.receipt_total, amount(job.language, total), true);
  roll.rule();
  roll.entry(w.receipt_cash, amount(job.language, cash));
  roll.entry(w.receipt_change, amount(job.language, cash - total));
  roll.space(10);
  roll.centered(w.receipt_thanks);
  page.gray = sheet.gray();
  return page;
}

}  // namespace ocrtune::examples
