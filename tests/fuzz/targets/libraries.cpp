// What libraries serve: IIIF manifests, image informations, METS files.

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/corpus/canvas_names.h"
#include "ocrtune/corpus/iiif_manifest.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/mets.h"
#include "ocrtune/corpus/mets_places.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune::fuzz {
namespace {

bool run_manifest(std::string_view input) {
  IiifManifest manifest;
  if (!is_taken({Errc::input_unreadable}, [&] { manifest = parse_iiif_manifest(input); }))
    return false;
  for (const CanvasImage& image : manifest.images) {
    require(is_url(image.url), "an image is not behind a URL");
    const std::string name = canvas_name(image.number, image.label);
    require(name.find_first_of("./\\") == std::string::npos, "a name leads elsewhere");
  }
  return true;
}

bool run_mets(std::string_view input) {
  MetsPages mets;
  if (!is_taken({Errc::input_unreadable}, [&] { mets = parse_mets(input, ""); })) return false;
  for (const MetsPage& page : mets.pages) {
    MetsPlace place;
    if (!is_taken({Errc::input_unreadable}, [&] { place = place_of_page(page, "/w/mets.xml"); }))
      continue;
    require(is_url(place.path.native()) || place.path.native().starts_with("/w/"),
            "a page is outside of the folder");
  }
  return true;
}

/// Whether it says more than nothing does.
bool run_image_information(std::string_view input) {
  const std::string url = "https://a.example.org/1/info.json";
  const std::vector<std::string> urls = image_urls(url, input, {});
  for (const std::string& one : urls) check_url(one);
  return urls != image_urls(url, "", {});
}

bool run_libraries(std::string_view input) {
  const bool is_information = run_image_information(input);
  return run_manifest(input) || run_mets(input) || is_information;
}

std::vector<std::string> libraries_seeds() {
  return {R"({"@type": "sc:Manifest", "sequences": [{"canvases": [{"label": "f. 1r", "images":
             [{"resource": {"@id": "https://a.example.org/1.jpg", "@type": "dctypes:Image",
             "service": {"@context": "http://iiif.io/api/image/2/context.json",
             "@id": "https://a.example.org/1",
             "profile": "http://iiif.io/api/image/2/level2.json"}}}]}]}]})",
          R"({"type": "Manifest", "items": [{"type": "Canvas", "label": {"none": ["1"]}, "items":
             [{"items": [{"motivation": "painting", "body": {"type": "Choice", "items": [{"type":
             "Image", "id": "https://a.example.org/1.jpg", "service": [{"type": "ImageService3",
             "id": "https://a.example.org/1"}]}]}}]}]}]})",
          R"({"@context": "http://iiif.io/api/image/2/context.json", "width": 4000, "height": 6000,
             "profile": ["http://iiif.io/api/image/2/level0.json", {"maxWidth": 900, "maxArea":
             1000}], "sizes": [{"width": 500, "height": 750}]})",
          R"(<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
             <fileSec><fileGrp USE="MAX"><file ID="F1" MIMETYPE="image/jpeg"><FLocat LOCTYPE="URL"
             xlink:href="img/1.jpg"/></file></fileGrp></fileSec><structMap TYPE="PHYSICAL">
             <div TYPE="physSequence"><div TYPE="page" ORDER="1" ORDERLABEL="f. 1r">
             <fptr FILEID="F1"/></div></div></structMap></mets>)"};
}

const Registered kLibraries{{"libraries", run_libraries, libraries_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
