import { dictionary } from "../../shared/i18n.ts";

export const correction = dictionary(
  {
    label: (name: string) => `Correct the text of ${name}`,
    help: "F8 accepts the word at the cursor and selects the next doubtful word; type to replace it. Shift+F8 goes back, Ctrl+S saves, Ctrl+Z undoes.",
    left: (count: string) => `Doubtful words left: ${count}`,
    next: "Accept, next doubtful word",
    nothingLeft: "No doubtful word is left.",
    save: "Save as ground truth",
    saved: (file: string) => `Saved as ${file}. Runs of tune that start from now on use it.`,
    restored: "Your corrections that were not saved are here again.",
    discard: "Discard them",
    unkept: "this browser cannot keep unsaved corrections: save them before you leave",
    conflict: "This page was corrected meanwhile, in another window or by another program. Nothing was overwritten.",
    theirs: "Take the saved text",
    mine: "Replace it with mine",
  },
  {
    label: (name: string) => `Corriger le texte de ${name}`,
    help: "F8 accepte le mot sous le curseur et sélectionne le prochain mot douteux ; tapez pour le remplacer. Maj+F8 revient en arrière, Ctrl+S enregistre, Ctrl+Z annule.",
    left: (count: string) => `Mots douteux restants : ${count}`,
    next: "Accepter, mot douteux suivant",
    nothingLeft: "Il ne reste aucun mot douteux.",
    save: "Enregistrer comme vérité terrain",
    saved: (file: string) => `Enregistré sous ${file}. Les exécutions de tune lancées désormais en tiennent compte.`,
    restored: "Vos corrections non enregistrées ont été retrouvées.",
    discard: "Les abandonner",
    unkept: "ce navigateur ne peut pas garder de corrections non enregistrées : enregistrez-les avant de partir",
    conflict: "Cette page a été corrigée entre-temps, dans une autre fenêtre ou par un autre programme. Rien n’a été écrasé.",
    theirs: "Prendre le texte enregistré",
    mine: "Le remplacer par le mien",
  },
);
