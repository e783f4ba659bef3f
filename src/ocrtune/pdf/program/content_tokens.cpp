#include "ocrtune/pdf/program/content_tokens.h"

namespace ocrtune {
namespace {

bool is_pdf_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

}  // namespace

std::string_view ContentTokens::next() {
  skip_space();
  const std::size_t begin = at_;
  if (at_ == text_.size()) return {};
  const char c = text_[at_++];
  if (c == '(') {
    skip_string();
  } else if (c == '<' && peek() != '<') {
    while (at_ < text_.size() && text_[at_++] != '>') continue;
  } else if ((c == '<' || c == '>') && peek() == c) {
    ++at_;
  } else if (c == '/' || !is_delimiter(c)) {
    while (at_ < text_.size() && !is_pdf_space(text_[at_]) && !is_delimiter(text_[at_])) ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

void ContentTokens::skip_image() {
  while (at_ < text_.size()) {
    const std::size_t found = text_.find("EI", at_);
    if (found == std::string_view::npos) break;
    at_ = found + 2;
    const bool begins = found > 0 && is_pdf_space(text_[found - 1]);
    if (begins && (at_ == text_.size() || is_pdf_space(text_[at_]))) return;
  }
  at_ = text_.size();
}

void ContentTokens::skip_space() {
  for (; at_ < text_.size(); ++at_) {
    if (text_[at_] == '%') {
      while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      if (at_ == text_.size()) return;
    } else if (!is_pdf_space(text_[at_])) {
      return;
    }
  }
}

void ContentTokens::skip_string() {
  for (int depth = 1; at_ < text_.size() && depth > 0; ++at_) {
    if (text_[at_] == '\\') {
      if (at_ + 1 < text_.size()) ++at_;
    } else if (text_[at_] == '(') {
      ++depth;
    } else if (text_[at_] == ')') {
      --depth;
    }
  }
}

bool is_operator(std::string_view token) {
  const char c = token.front();
  if (std::string_view("()<>[]{}/+-.0123456789").find(c) != std::string_view::npos) return false;
  return token != "true" && token != "false" && token != "null";
}

bool shows_strings(std::string_view name) {
  return name == "Tj" || name == "TJ" || name == "'" || name == "\"";
}

}  // namespace ocrtune
