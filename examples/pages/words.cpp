#include "pages/words.h"

#include <fmt/format.h>

#include <array>

namespace ocrtune::examples {
namespace {

template <std::size_t N>
using List = std::array<std::string_view, N>;

constexpr List<12> english_surnames{"Marlow",  "Pennington",   "Adair",  "Whitcombe",
                                    "Okafor",  "Brandreth",    "Larkin", "Thistlewood",
                                    "Hartley", "Quillfeather", "Moss",   "Delacourt"};
constexpr List<10> english_first_names{"Edith",   "Samuel",   "Rosalind", "Geoffrey", "Hannah",
                                       "Winston", "Beatrice", "Leonard",  "Margaret", "Julian"};
constexpr List<8> english_streets{"Mill Lane",   "Harbour Road", "Castle Street", "Elm Avenue",
                                  "Quarry Hill", "Station Road", "Bishop Gate",   "Orchard Close"};
constexpr List<7> english_towns{"Harnwell",  "Corranmouth", "Upper Weald", "Eastbridge",
                                "Saltmarsh", "Dunford",     "Market Lyle"};
constexpr List<8> english_trades{"Bookbinder", "Joiner",   "Teacher", "Lens grinder",
                                 "Nurse",      "Surveyor", "Baker",   "Watchmaker"};
constexpr List<24> english_goods{
    "Candles",       "Brown paper",  "Copper wire", "Garden twine", "Lamp oil",      "Linen thread",
    "Rye flour",     "Sea salt",     "Green tea",   "Window glass", "Beeswax",       "Writing ink",
    "Blotting pads", "Plum jam",     "Oak boards",  "Roofing felt", "White vinegar", "Soap flakes",
    "Barley malt",   "Chalk sticks", "Wool yarn",   "Honey",        "Coffee beans",  "Matches"};
constexpr List<6> english_units{"box", "kg", "pack", "roll", "litre", "sack"};
constexpr List<16> english_labels{"Surname",   "First name", "Date of birth", "Occupation",
                                  "Street",    "House no.",  "Town",          "Postcode",
                                  "Telephone", "File no.",   "Monthly rent",  "Tenant since",
                                  "Rooms",     "Persons",    "Received on",   "Clerk"};
constexpr List<4> english_titles{"Stock of the Harbour Store", "Deliveries to the Mill",
                                 "Inventory of the East Wing", "Orders for the Spring Fair"};
constexpr List<5> english_heads{"Article", "Qty", "Unit", "Price", "Amount"};
constexpr List<5> english_shops{"THE CORNER LARDER", "HARBOUR STORES", "GREENGATE GROCERS",
                                "OLD MILL PROVISIONS", "LANTERN MARKET"};

constexpr List<12> french_surnames{"Lefèvre", "Hébrard", "Chênevert", "Mérigaud",
                                   "Vernet",  "Brûlé",   "Desforêts", "Gauthier",
                                   "Périssé", "Lacroix", "Bréchet",   "Saint-Aubin"};
constexpr List<10> french_first_names{"Édith",  "Rémi",  "Hélène",   "Benoît", "Thérèse",
                                      "Jérôme", "Agnès", "François", "Zoé",    "Mathieu"};
constexpr List<8> french_streets{"rue du Moulin",   "quai des Pêcheurs", "avenue des Tilleuls",
                                 "place du Marché", "rue de l’Évêché",   "chemin des Prés",
                                 "rue des Écoles",  "impasse du Four"};
constexpr List<7> french_towns{"Valmorel",   "Saint-Éloi",    "Port-Hébert", "Les Aulnes",
                               "Beaurivage", "Crécy-le-Haut", "Montségret"};
constexpr List<8> french_trades{"Relieur",    "Menuisier", "Institutrice", "Opticien",
                                "Infirmière", "Géomètre",  "Boulanger",    "Horlogère"};
constexpr List<24> french_goods{
    "Bougies",       "Papier kraft",  "Fil de cuivre", "Ficelle",        "Pétrole",
    "Fil de lin",    "Farine seigle", "Sel gris",      "Thé vert",       "Verre à vitre",
    "Cire dorée",    "Encre bleue",   "Buvards",       "Gelée de coing", "Lames de chêne",
    "Brosse à main", "Vinaigre",      "Savon râpé",    "Malt d’orge",    "Craies",
    "Laine écrue",   "Miel de forêt", "Café moulu",    "Pâtes fraîches"};
constexpr List<6> french_units{"boîte", "kg", "paquet", "rouleau", "litre", "sac"};
constexpr List<16> french_labels{"Nom",       "Prénom",     "Né(e) le",      "Métier",
                                 "Rue",       "Numéro",     "Commune",       "Code postal",
                                 "Téléphone", "Dossier n°", "Loyer mensuel", "Locataire dès",
                                 "Pièces",    "Personnes",  "Reçu le",       "Employé"};
constexpr List<4> french_titles{"Réserve du magasin du port", "Livraisons au moulin",
                                "Inventaire de l’aile est", "Commandes pour la foire"};
constexpr List<5> french_heads{"Désignation", "Qté", "Unité", "Prix", "Montant"};
constexpr List<5> french_shops{"ÉPICERIE DU QUAI", "AU PANIER DORÉ", "LE MARCHÉ DES HALLES",
                               "MAISON HÉBRARD", "AUX DEUX MOULINS"};

constexpr Words english{
    .surnames = english_surnames,
    .first_names = english_first_names,
    .streets = english_streets,
    .towns = english_towns,
    .trades = english_trades,
    .goods = english_goods,
    .units = english_units,
    .form_title = "Application for Housing Support",
    .form_intro =
        "Please complete every box in capital or typed letters. Applications without a "
        "file number are returned to the sender.",
    .form_note =
        "I declare that the above is complete and correct, and that I shall report any "
        "change to the office within fourteen days.",
    .form_labels = english_labels,
    .table_titles = english_titles,
    .table_heads = english_heads,
    .table_total = "Total",
    .table_note = "Prices include carriage. Counted and found correct by the keeper of the store.",
    .shops = english_shops,
    .receipt_till = "Till",
    .receipt_subtotal = "Subtotal",
    .receipt_tax = "Tax included",
    .receipt_total = "TOTAL EUR",
    .receipt_cash = "Cash",
    .receipt_change = "Change",
    .receipt_thanks = "Thank you for your visit",
};

constexpr Words french{
    .surnames = french_surnames,
    .first_names = french_first_names,
    .streets = french_streets,
    .towns = french_towns,
    .trades = french_trades,
    .goods = french_goods,
    .units = french_units,
    .form_title = "Demande d’aide au logement",
    .form_intro =
        "Veuillez remplir chaque case à la machine ou en capitales. Toute demande sans "
        "numéro de dossier sera renvoyée à l’expéditeur.",
    .form_note =
        "Je déclare que ces renseignements sont complets et exacts, et je m’engage à "
        "signaler tout changement au bureau sous quatorze jours.",
    .form_labels = french_labels,
    .table_titles = french_titles,
    .table_heads = french_heads,
    .table_total = "Total",
    .table_note = "Prix port compris. Compté et trouvé exact par le gardien de la réserve.",
    .shops = french_shops,
    .receipt_till = "Caisse",
    .receipt_subtotal = "Sous-total",
    .receipt_tax = "TVA comprise",
    .receipt_total = "TOTAL EUR",
    .receipt_cash = "Espèces",
    .receipt_change = "Rendu",
    .receipt_thanks = "Merci de votre visite",
};

}  // namespace

const Words& words(Language language) { return language == Language::english ? english : french; }

std::string amount(Language language, int hundredths) {
  const bool is_english = language == Language::english;
  const int whole = hundredths / 100;
  const std::string_view point = is_english ? "." : ",";
  const std::string_view group = is_english ? "," : "~";
  const std::string head = whole < 1000
                               ? fmt::format("{}", whole)
                               : fmt::format("{}{}{:03}", whole / 1000, group, whole % 1000);
  return fmt::format("{}{}{:02}", head, point, hundredths % 100);
}

}  // namespace ocrtune::examples
