#include "ocrtune/pdf/program/page_texts.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/pdf/program/content.h"

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;

constexpr std::size_t kMaxContents = 10'000;
constexpr std::size_t kMaxContentBytes = 64'000'000;

bool has_hidden(const PdfPageText& text, int stream) {
  const auto found = text.shown.hidden.find(stream);
  return found != text.shown.hidden.end() &&
         std::ranges::find(found->second, true) != found->second.end();
}

}  // namespace

std::optional<std::string> PageTexts::content_of(Object page) {
  std::string joined;
  const std::vector<Object> streams = pdf_.items(pdf_.key(page, "/Contents"));
  if (streams.size() > kMaxContents) return std::nullopt;
  for (const Object stream : streams) {
    if (!pdf_.is_stream(stream)) continue;
    const std::optional<std::string> bytes = pdf_.decoded(stream);
    if (!bytes || joined.size() > kMaxContentBytes) return std::nullopt;
    joined += *bytes + "\n";
  }
  return joined;
}

PdfPageText PageTexts::text_of(Object page, const PdfBox& box, const Lightness& lightness) {
  PdfPageText text{.content = content_of(page)};
  if (!text.content) return text;
  PageDrawing drawing =
      page_drawing(pdf_, layers_, pdf_.key(page, "/Resources"), *text.content, box);
  text.shown = shown_text(drawing, box, lightness);
  text.forms = std::move(drawing.forms);
  text.forms_share_resources = drawing.forms_share_resources;
  return text;
}

std::set<std::string> PageTexts::strip(Object page, const PdfPageText& text) {
  std::set<std::string> gone;
  stripped_.clear();
  if (has_hidden(text, 0)) {
    RestOfContent rest = without_text(text.content.value(), text.shown.hidden.at(0));
    pdf_.set(page, "/Contents", pdf_.stream(rest.content));
    if (!text.forms_share_resources) gone = std::move(rest.gone);
  }
  pdf_.set(page, "/Resources", stripped_resources(pdf_.key(page, "/Resources"), 0, text));
  return gone;
}

/// The resources with stripped copies of their forms: other pages may show their text.
Object PageTexts::stripped_resources(Object resources, int owner, const PdfPageText& text) {
  const auto found = text.forms.find(owner);
  if (found == text.forms.end()) return resources;
  std::optional<Object> changed;
  for (const auto& [name, id] : found->second) {
    const Object form = pdf_.key(pdf_.key(resources, "/XObject"), name.c_str());
    // Names of forms without resources of their own need not be in those of the page.
    if (!pdf_.is_stream(form) || pdf_.id(form) != id) continue;
    const Object stripped = stripped_form(form, text);
    if (pdf_.id(stripped) == id) continue;
    if (!changed) changed = pdf_.copied(pdf_.key(resources, "/XObject"));
    pdf_.set(*changed, name, stripped);
  }
  if (!changed) return resources;
  const Object copy = pdf_.copied(resources);
  pdf_.set(copy, "/XObject", *changed);
  return copy;
}

Object PageTexts::stripped_form(Object form, const PdfPageText& text) {
  const int id = pdf_.id(form);
  // A form may draw itself: then that is what it was.
  const auto [known, is_new] = stripped_.emplace(id, form);
  if (!is_new) return known->second;
  const Object own = pdf_.key(pdf_.entries_of(form), "/Resources");
  const Object resources = pdf_.is_dictionary(own) ? stripped_resources(own, id, text) : own;
  const bool is_changed = pdf_.is_dictionary(own) && resources != own;
  if (!has_hidden(text, id) && !is_changed) return form;
  const std::optional<std::string> content = pdf_.decoded(form);
  if (!content) return form;
  const Object made = pdf_.stream_like(
      form,
      has_hidden(text, id) ? without_text(*content, text.shown.hidden.at(id)).content : *content);
  if (is_changed) pdf_.set(pdf_.entries_of(made), "/Resources", resources);
  return stripped_[id] = made;
}

void PageTexts::keep_invisible(Object page) {
  const std::string content = content_of(page).value_or("");
  pdf_.set(page, "/Contents", pdf_.stream(invisible_content(content)));
  // What places text may name all but what is drawn.
  const Object resources = pdf_.copied(pdf_.key(page, "/Resources"));
  for (const char* drawn : {"/XObject", "/Shading", "/Pattern"}) pdf_.remove(resources, drawn);
  pdf_.set(page, "/Resources", resources);
}

void PageTexts::remove_all(Object page) {
  pdf_.set(page, "/Contents", pdf_.stream(""));
  pdf_.set(page, "/Resources", pdf_.dictionary());
}

void PageTexts::lay_under(Object page, QpdfFile& layers, Object layer,
                          const std::set<std::string>& gone) {
  std::vector<Object> contents{pdf_.copied_from(layers, layers.key(layer, "/Contents"))};
  for (const Object stream : pdf_.items(pdf_.key(page, "/Contents"))) {
    if (pdf_.is_stream(stream)) contents.push_back(stream);
  }
  pdf_.set(page, "/Contents", pdf_.array(contents));
  const Object resources = pdf_.copied(pdf_.key(page, "/Resources"));
  const Object added = layers.key(layer, "/Resources");
  for (const char* kind : {"/Font", "/XObject"}) {
    const Object all = pdf_.copied(pdf_.key(resources, kind));
    if (std::string_view(kind) == "/Font") {
      for (const std::string& font : gone) pdf_.remove(all, font);
    }
    const Object more = layers.key(added, kind);
    for (const std::string& name : layers.keys(more))
      pdf_.set(all, name, pdf_.copied_from(layers, layers.key(more, name.c_str())));
    if (!pdf_.keys(all).empty()) pdf_.set(resources, kind, all);
  }
  pdf_.set(page, "/Resources", resources);
}

}  // namespace ocrtune
