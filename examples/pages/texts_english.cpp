#include <array>

#include "pages/texts.h"

namespace ocrtune::examples {
namespace {

constexpr std::array<std::string_view, 4> ferry{
    "The ferry crossed the river four times a day, and in all the years that Tobias Wren held the "
    "rope it never left early. He kept a brass watch in his waistcoat and a second one, which was "
    "slow, in a drawer at home. When people complained that he was late, he said that the river "
    "had no timetable and that he only followed it.",
    "In spring the water came up brown and fast, carrying fence posts, hen coops and once a whole "
    "kitchen table with its drawer still shut. The boys on the bank bet on what would pass next. "
    "Tobias took no bets, but he wrote each object down in a ledger, with the date and the height "
    "of the water against the third step.",
    "The bridge was opened on a Saturday in October. The mayor cut a ribbon, a band from the next "
    "valley played two marches, and by noon more carts had gone over than the ferry had carried in "
    "a month. Tobias was invited to be the first to walk across. He thanked them, and went round "
    "by boat.",
    "His ledger is in the town library now, between a history of the salt tax and a book of hymns. "
    "Engineers who come to measure the piers ask for it by name. Nobody else ever noted how high "
    "the river stood on 9 March 1887, and nobody else thought of the kitchen table.",
};

constexpr std::array<std::string_view, 4> orchard{
    "An old orchard is not a tidy place. The trees lean toward each other like neighbours over a "
    "wall, and the grass below is full of wasps from August on. Whoever wants straight rows and "
    "clean fruit should plant something else; whoever wants to know what an apple can taste like "
    "should bring a ladder.",
    "Of the 62 trees that stood here before the war, 41 are left. Nine of them have no name that "
    "anyone remembers. We sent leaves, bark and two baskets of fruit to the station at Harnwell, "
    "and after half a year a letter came back: “Five are known to us, four are not. Please keep "
    "them alive.”",
    "Pruning is done in February, on dry days, by people who have been told not to hurry. A branch "
    "that took twelve years to grow is gone in a minute. Mrs Adair, who taught most of us, asks "
    "three questions before every cut: does it rub, does it shade, does it look sad? Two answers "
    "out of three are enough.",
    "The harvest goes to the press behind the school. One hundred kilograms give about sixty "
    "litres of juice, a little more in wet years. Children get the first glass, because they were "
    "promised it, and the teachers get the second, because they asked for it.",
};

constexpr std::array<std::string_view, 4> clocks{
    "A tower clock loses its temper with the weather. In frost the oil thickens and the pendulum "
    "swings a hair less; in July the rod grows longer and the hour comes late. For that reason the "
    "keeper climbs 118 steps every Monday and lays a penny on the bob, or takes one off.",
    "One penny makes the clock gain two fifths of a second a day. It is not much, but a week has "
    "seven days and a village has a railway station. Before the wireless came, the station master "
    "would look up from the platform, look at his own watch, and send a boy with a note: “Two "
    "pennies, if you please.”",
    "The works were made by a smith who had never seen a clock of that size. He copied the wheels "
    "of a roasting jack, doubled everything twice, and filed the teeth by eye. When a professor "
    "measured them a century later, he found the spacing true to the thickness of a sheet of "
    "paper.",
    "Today a small grey box in the cellar could strike the hours without any help. It was "
    "installed, tested and praised, and then the council voted to leave it switched off. The "
    "minutes of that meeting give the reason in a single line: we should miss the footsteps on "
    "the stairs.",
};

constexpr std::array<std::string_view, 4> letters{
    "Whoever opens a box of old letters should first wash their hands and then do nothing for a "
    "while. The order of the sheets is itself a message: someone put the bills below and the "
    "birthdays on top, and tied both with the same green string. Take a photograph before you "
    "take the first page.",
    "Ink fades from the edges inward, and pencil hardly at all. A stain that looks like tea is "
    "usually damp, and what looks like damp is sometimes tea. We describe what we see and keep our "
    "guesses in a separate column, so that the next reader may disagree with us without having to "
    "start again.",
    "Copying by machine is quick where the paper is white and the hand is even. It stumbles over "
    "rules, folds and the shadow of the binding, and it cannot tell writing from the writing that "
    "shines through from the back. Clean the picture with care: every speck removed may have been "
    "a comma.",
    "At the end of the first winter we had read 1,340 sheets and returned 1,338 of them to their "
    "places. The other two had stuck together since 1911. On the outside stood a recipe for plum "
    "cake; on the inside, when the steam had done its work, we found the other half of the recipe.",
};

constexpr std::array<std::string_view, 4> lighthouse{
    "The lamp at Corran Head burns 1,000 watts and is seen at twenty miles, which surprises "
    "visitors, who expect a fire. What carries the light is glass: eleven rings of prisms, each "
    "ground to its own angle, stacked around the bulb like the skins of an onion. A cloth and "
    "patience are all the keeper needs.",
    "Fog is another matter. When the far buoy disappears, the horn is started and the log is "
    "opened, and somebody stays awake. In the wet summer of 1954 it sounded for sixty-one hours "
    "without a pause; the hens stopped laying, and the postman spoke in short sentences between "
    "the blasts until September.",
    "Supplies arrive on the first Tuesday of each month, if the landing is dry. The list has not "
    "changed a great deal: flour, tea, lamp oil for the spare, wool, books. Books are returned "
    "read. A previous keeper wrote his opinion on the last page of every novel, and crews still "
    "turn to the end first.",
    "People ask whether it is lonely. The honest answer is that the rock has more callers than a "
    "city flat: seals at breakfast, surveyors in May, a school class in June, and gannets always. "
    "What one misses is not company but trees. There is a photograph of a beech in the kitchen.",
};

constexpr std::array<std::string_view, 4> bakery{
    "Bread begins the evening before. Flour, water and a spoon of yesterday’s dough are stirred "
    "together and left under a damp cloth, and from then on the baker is the slowest worker in the "
    "room. At three in the morning the bowl has doubled; at four it is shaped; at half past five "
    "the street begins to smell of it.",
    "The oven was built in 1926 from 4,200 bricks, and it has never been quite cold since. It is "
    "fired with beech, swept with a wet broom and judged with a handful of flour thrown on the "
    "floor: if it turns brown while you count to ten, put the rye in. If it turns black, wait and "
    "have some coffee.",
    "Customers believe that bakers eat cake. In truth Mr Okafor eats the ends: the crust that came "
    "out too dark, the roll that met its neighbour, the loaf with a hole. He says that any fool "
    "can make a good loaf on a good day, and that the ends tell you what the day was really like.",
    "There have been offers. A chain wanted the recipe, a museum wanted the oven, and a young man "
    "with a camera wanted both of them to look older. They were each given a warm roll, wrapped in "
    "paper, and shown the way to the bus stop.",
};

constexpr std::array<Topic, 6> all_english{{
    {"The Ferryman’s Ledger", ferry},
    {"Notes from an Old Orchard", orchard},
    {"A Penny on the Pendulum", clocks},
    {"On Reading Old Letters", letters},
    {"The Light at Corran Head", lighthouse},
    {"Before the Street Wakes", bakery},
}};

}  // namespace

std::span<const Topic> english_topics() { return all_english; }

}  // namespace ocrtune::examples
