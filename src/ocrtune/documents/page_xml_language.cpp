#include "ocrtune/documents/page_xml_language.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ocrtune {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// By codes of ISO 639: PAGE has names, not all of them those of other lists.
constexpr std::array<Pair, 108> kNames{
    {{"af", "Afrikaans"},  {"am", "Amharic"},         {"ar", "Arabic"},
     {"as", "Assamese"},   {"az", "Azerbaijani"},     {"be", "Belarusian"},
     {"bg", "Bulgarian"},  {"bn", "Bengali"},         {"bo", "Tibetan"},
     {"br", "Breton"},     {"bs", "Bosnian"},         {"ca", "Catalan"},
     {"ce", "Chechen"},    {"co", "Corsican"},        {"cs", "Czech"},
     {"cy", "Welsh"},      {"da", "Danish"},          {"de", "German"},
     {"dv", "Divehi"},     {"dz", "Dzongkha"},        {"el", "Greek"},
     {"en", "English"},    {"eo", "Esperanto"},       {"es", "Spanish"},
     {"et", "Estonian"},   {"eu", "Basque"},          {"fa", "Persian"},
     {"fi", "Finnish"},    {"fil", "Tagalog"},        {"fo", "Faroese"},
     {"fr", "French"},     {"fy", "Western Frisian"}, {"ga", "Irish"},
     {"gd", "Gaelic"},     {"gl", "Galician"},        {"gu", "Gujarati"},
     {"he", "Hebrew"},     {"hi", "Hindi"},           {"hr", "Croatian"},
     {"ht", "Haitian"},    {"hu", "Hungarian"},       {"hy", "Armenian"},
     {"id", "Indonesian"}, {"is", "Icelandic"},       {"it", "Italian"},
     {"iu", "Inuktitut"},  {"ja", "Japanese"},        {"jv", "Javanese"},
     {"ka", "Georgian"},   {"kk", "Kazakh"},          {"km", "Khmer"},
     {"kn", "Kannada"},    {"ko", "Korean"},          {"ku", "Kurdish"},
     {"ky", "Kyrgyz"},     {"la", "Latin"},           {"lb", "Luxembourgish"},
     {"lo", "Lao"},        {"lt", "Lithuanian"},      {"lv", "Latvian"},
     {"mi", "Māori"},      {"mk", "Macedonian"},      {"ml", "Malayalam"},
     {"mn", "Mongolian"},  {"mr", "Marathi"},         {"ms", "Malay"},
     {"mt", "Maltese"},    {"my", "Burmese"},         {"nb", "Norwegian Bokmål"},
     {"ne", "Nepali"},     {"nl", "Dutch"},           {"nn", "Norwegian Nynorsk"},
     {"no", "Norwegian"},  {"oc", "Occitan"},         {"or", "Oriya"},
     {"pa", "Punjabi"},    {"pl", "Polish"},          {"ps", "Pashto"},
     {"pt", "Portuguese"}, {"qu", "Quechua"},         {"ro", "Romanian"},
     {"ru", "Russian"},    {"sa", "Sanskrit"},        {"sd", "Sindhi"},
     {"si", "Sinhala"},    {"sk", "Slovak"},          {"sl", "Slovene"},
     {"sq", "Albanian"},   {"sr", "Serbian"},         {"su", "Sundanese"},
     {"sv", "Swedish"},    {"sw", "Swahili"},         {"ta", "Tamil"},
     {"te", "Telugu"},     {"tg", "Tajik"},           {"th", "Thai"},
     {"ti", "Tigrinya"},   {"to", "Tonga"},           {"tr", "Turkish"},
     {"tt", "Tatar"},      {"ug", "Uighur"},          {"uk", "Ukrainian"},
     {"ur", "Urdu"},       {"uz", "Uzbek"},           {"vi", "Vietnamese"},
     {"yi", "Yiddish"},    {"yo", "Yoruba"},          {"zh", "Chinese"}}};

}  // namespace

std::string_view page_xml_language(std::string_view tag) {
  if (tag.empty()) return "";
  const std::string_view code = tag.substr(0, tag.find('-'));
  const auto* found = std::ranges::find(kNames, code, &Pair::first);
  return found == kNames.end() ? "other" : found->second;
}

}  // namespace ocrtune
