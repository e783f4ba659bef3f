#include "ocrtune/pdf/program/page_texts.h"

#include <set>
#include <string_view>
#include <utility>

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;

/// Forms in forms are looked at to this depth.
constexpr int kDeepestForm = 4;
constexpr std::size_t kMaxContents = 10'000;

}  // namespace

PdfPageContent PageTexts::content_of(Object page) {
  PdfPageContent content;
  std::string joined;
  const std::vector<Object> streams = pdf_.items(pdf_.key(page, "/Contents"));
  if (streams.size() > kMaxContents) return content;
  for (const Object stream : streams) {
    if (!pdf_.is_stream(stream)) continue;
    const std::optional<std::string> bytes = pdf_.decoded(stream);
    if (!bytes) return content;
    joined += *bytes + "\n";
  }
  content.own = visible_content(joined);
  content.invisible = invisible_content(joined);
  content.shown = content.own->shown;
  seen_.clear();
  look_at_forms(pdf_.key(page, "/Resources"), content.own->drawn, content, 0);
  return content;
}

void PageTexts::strip(Object page, const PdfPageContent& content) {
  for (const StrippedForm& form : content.forms) pdf_.replace(form.stream, form.content);
  if (content.own && content.own->changed)
    pdf_.set(page, "/Contents", pdf_.stream(content.own->content));
}

void PageTexts::keep_invisible(Object page, const PdfPageContent& content) {
  pdf_.set(page, "/Contents", pdf_.stream(content.invisible));
  const Object resources = pdf_.dictionary();
  const Object fonts = pdf_.key(pdf_.key(page, "/Resources"), "/Font");
  if (pdf_.is_dictionary(fonts)) pdf_.set(resources, "/Font", fonts);
  pdf_.set(page, "/Resources", resources);
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
      for (const std::string& font : gone) pdf_.remove(all, "/" + font);
    }
    const Object more = layers.key(added, kind);
    for (const std::string& name : layers.keys(more))
      pdf_.set(all, name, pdf_.copied_from(layers, layers.key(more, name.c_str())));
    if (!pdf_.keys(all).empty()) pdf_.set(resources, kind, all);
  }
  pdf_.set(page, "/Resources", resources);
}

void PageTexts::look_at_forms(Object resources, const std::set<std::string>& drawn,
                              PdfPageContent& content, int depth) {
  if (depth == kDeepestForm) return;
  const Object objects = pdf_.key(resources, "/XObject");
  for (const std::string& name : drawn) {
    const Object form = pdf_.key(objects, ("/" + name).c_str());
    if (!pdf_.is_stream(form) || !seen_.insert(pdf_.id(form)).second) continue;
    const Object entries = pdf_.entries_of(form);
    if (!pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Form")) continue;
    const std::optional<std::string> bytes = pdf_.decoded(form);
    if (!bytes) continue;
    VisibleContent visible = visible_content(*bytes);
    content.shown += visible.shown;
    look_at_forms(pdf_.key(entries, "/Resources"), visible.drawn, content, depth + 1);
    if (visible.changed) content.forms.push_back({form, std::move(visible.content)});
  }
}

}  // namespace ocrtune
