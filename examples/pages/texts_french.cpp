#include <array>

#include "pages/texts.h"

namespace ocrtune::examples {
namespace {

constexpr std::array<std::string_view, 4> bac{
    "Le bac traversait la rivière quatre fois par jour et, durant toutes les années où Tobie "
    "Vernet tint la corde, il ne partit jamais en avance. Il portait une montre de laiton dans son "
    "gilet et en gardait une seconde, qui retardait, dans un tiroir. Quand on se plaignait, il "
    "répondait que l’eau n’avait pas d’horaire.",
    "Au printemps, la crue descendait brune et rapide, chargée de piquets, de cages à poules et "
    "même, une fois, d’une table de cuisine au tiroir encore fermé. Les enfants pariaient sur ce "
    "qui allait passer. Tobie ne pariait pas~; il notait chaque objet dans un cahier, avec la date "
    "et la hauteur de l’eau.",
    "On ouvrit le pont un samedi d’octobre. Le maire coupa un ruban, une fanfare joua deux marches "
    "et, dès midi, il était passé plus de charrettes que le bac n’en portait en un mois. Tobie fut "
    "invité à traverser le premier. «~Merci bien~», dit-il, et il prit sa barque.",
    "Son cahier se trouve aujourd’hui à la bibliothèque, entre une histoire de la gabelle et un "
    "recueil de cantiques. Les ingénieurs qui viennent mesurer les piles le demandent par son "
    "nom. Personne d’autre n’a noté jusqu’où la rivière était montée le 9~mars 1887.",
};

constexpr std::array<std::string_view, 4> verger{
    "Un vieux verger n’est pas un lieu bien rangé. Les arbres s’y penchent l’un vers l’autre comme "
    "des voisins au-dessus d’un mur, et l’herbe, dès le mois d’août, est pleine de guêpes. Que "
    "celui qui veut des rangs droits plante autre chose~; que celui qui veut savoir le goût d’une "
    "pomme apporte une échelle.",
    "Des 62 arbres qui se dressaient ici avant la guerre, il en reste 41. Neuf d’entre eux n’ont "
    "plus de nom. Nous avons envoyé des feuilles, de l’écorce et deux paniers de fruits à la "
    "station~; au bout de six mois vint la réponse~: «~Cinq nous sont connus, quatre ne le sont "
    "pas. Gardez-les en vie.~»",
    "On taille en février, par temps sec, et sans se presser. Une branche qui a mis douze ans à "
    "pousser disparaît en une minute. Madame Hébrard, qui a formé la plupart d’entre nous, pose "
    "trois questions avant chaque coupe~: frotte-t-elle~? fait-elle de l’ombre~? a-t-elle l’air "
    "triste~? Deux oui suffisent.",
    "La récolte va au pressoir, derrière l’école. Cent kilos donnent environ soixante litres de "
    "jus, un peu plus les années humides. Les élèves reçoivent le premier verre, parce qu’on le "
    "leur a promis, et les maîtres le deuxième, parce qu’ils l’ont réclamé.",
};

constexpr std::array<std::string_view, 4> horloge{
    "Une horloge de clocher se fâche avec le temps qu’il fait. Par grand gel, l’huile épaissit et "
    "le balancier se traîne~; en juillet, la tige s’allonge et l’heure arrive en retard. Voilà "
    "pourquoi le gardien monte 118 marches chaque lundi et pose un sou sur la lentille, ou bien en "
    "retire un.",
    "Un sou fait gagner deux cinquièmes de seconde par jour. C’est peu, mais la semaine a sept "
    "jours et le village possède une gare. Avant la radio, le chef de gare levait les yeux vers le "
    "cadran, consultait sa propre montre et envoyait un garçon avec un billet~: «~Deux sous, s’il "
    "vous plaît.~»",
    "Le mécanisme est l’œuvre d’un forgeron qui n’en avait jamais vu de cette taille. Il copia les "
    "roues d’un tournebroche, doubla tout deux fois et lima les dents à l’œil. Lorsqu’un savant "
    "les mesura un siècle plus tard, il les trouva régulières à l’épaisseur d’une feuille de "
    "papier.",
    "Aujourd’hui, une petite boîte grise installée à la cave pourrait sonner les heures sans aide. "
    "Elle fut essayée, louée, puis le conseil décida de la laisser éteinte. Le procès-verbal en "
    "donne la raison~: le bruit des pas dans l’escalier nous manquerait.",
};

constexpr std::array<std::string_view, 4> lettres{
    "Celui qui ouvre une boîte de vieilles lettres doit d’abord se laver les mains, puis ne rien "
    "faire pendant un moment. L’ordre des feuillets est déjà un message~: quelqu’un a mis les "
    "factures dessous, les anniversaires dessus, et noué le tout d’une même ficelle verte.",
    "L’encre pâlit par les bords, le crayon presque jamais. Une tache qui ressemble à du thé est "
    "souvent de l’humidité, et ce qui ressemble à de l’humidité est parfois du thé. Nous décrivons "
    "ce que nous voyons et gardons nos hypothèses à part, afin que le lecteur suivant puisse nous "
    "contredire.",
    "La copie par machine va vite quand le papier est blanc et l’écriture égale. Elle trébuche sur "
    "les lignes, les plis et l’ombre de la reliure, et ne distingue pas un mot de celui qui "
    "transparaît au verso. Nettoyez l’image avec prudence~: chaque point effacé était peut-être "
    "une virgule.",
    "À la fin du premier hiver, nous avions lu 1~340 feuillets et remis en place 1~338 d’entre "
    "eux. Les deux autres étaient collés depuis 1911. Au dehors se lisait une recette de gâteau "
    "aux prunes~; au dedans, après un peu de vapeur, nous en trouvâmes la seconde moitié.",
};

constexpr std::array<std::string_view, 4> phare{
    "La lampe du cap Morvan ne consomme que 1~000 watts et se voit à vingt milles, ce qui étonne "
    "les visiteurs~: ils s’attendaient à un brasier. C’est le verre qui porte la lumière, onze "
    "anneaux de prismes, taillés chacun selon son angle, empilés comme les pelures d’un oignon.",
    "La brume est une autre affaire. Dès que la bouée du large disparaît, on lance la corne, on "
    "ouvre le journal de bord et quelqu’un veille. Durant l’été pluvieux de 1954, elle sonna "
    "soixante et une heures d’affilée~; les poules cessèrent de pondre et le facteur ne parla plus "
    "que par phrases brèves.",
    "Le ravitaillement arrive le premier mardi du mois, si la cale est sèche. La liste n’a guère "
    "changé~: farine, thé, pétrole pour la lampe de secours, laine, livres. Les livres repartent "
    "lus. Un ancien gardien inscrivait son avis à la dernière page de chaque roman~; on commence "
    "encore par là.",
    "On demande s’il n’est pas trop seul. À vrai dire, le rocher reçoit plus de visites qu’un "
    "logement en ville~: des phoques au déjeuner, des géomètres en mai, une école en juin, et des "
    "fous de Bassan toujours. Ce ne sont pas les gens qui manquent, ce sont les arbres.",
};

constexpr std::array<std::string_view, 4> fournil{
    "Le pain commence la veille. On mêle la farine, l’eau et une cuillerée de la pâte d’hier, on "
    "couvre d’un linge humide, et dès lors le boulanger est le plus lent de la maison. À trois "
    "heures, la pâte a doublé~; à quatre, on la façonne~; à cinq heures et demie, la rue en "
    "respire l’odeur.",
    "Le four fut bâti en 1926 avec 4~200 briques et, depuis, il n’a jamais été tout à fait froid. "
    "On le chauffe au hêtre, on le balaie d’un balai mouillé et on l’éprouve en jetant sur la sole "
    "une poignée de farine. Brunit-elle pendant qu’on compte jusqu’à dix~? Enfournez le seigle.",
    "Les clients croient que les boulangers mangent du gâteau. En vérité, monsieur Lefèvre mange "
    "les restes~: la croûte trop cuite, le petit pain qui a touché son voisin, la miche trouée. Il "
    "prétend que ce sont les restes qui disent comment la journée s’est passée.",
    "Il y eut des offres. Une chaîne voulait la recette, un musée voulait le four, et un jeune "
    "homme muni d’une caméra voulait que tous deux eussent l’air plus âgés. Chacun reçut un petit "
    "pain chaud, enveloppé de papier, et l’adresse de l’arrêt d’autobus.",
};

constexpr std::array<Topic, 6> all_french{{
    {"Le cahier du passeur", bac},
    {"Nouvelles d’un vieux verger", verger},
    {"Un sou sur le balancier", horloge},
    {"De la lecture des vieilles lettres", lettres},
    {"La lumière du cap Morvan", phare},
    {"Avant que la rue s’éveille", fournil},
}};

}  // namespace

std::span<const Topic> french_topics() { return all_french; }

}  // namespace ocrtune::examples
