import { dictionary } from "./i18n.ts";
import { translated } from "./program_texts.ts";

/** Texts that several parts of the page need. */
export const texts = dictionary(
  {
    unit: (unit: string) => unit,
    differenceUnit: (unit: string) => (unit === "%" ? "percentage points" : unit),
    range: (low: string, high: string) => `${low} to ${high}`,
    byteUnits: ["B", "kB", "MB", "GB", "TB"],
    language: "Language",
    theme: "Colours",
    themes: { system: "System", light: "Light", dark: "Dark" },
    copy: "Copy",
    copied: "Copied",
    copyFailed: "The browser does not allow copying; select the text instead.",
    tableOf: "Show as a table",
    rowsShown: (shown: string, all: string) => `${shown} of ${all} rows`,
    allRows: "All rows",
    trialsShown: (shown: string, all: string) => `${shown} of ${all} trials are shown: the best, the last and an even sample of the others.`,
  },
  {
    unit: (unit: string) => translated(unit, "fr"),
    differenceUnit: (unit: string) => (unit === "%" ? "points de pourcentage" : translated(unit, "fr")),
    range: (low: string, high: string) => `${low} à ${high}`,
    byteUnits: ["o", "ko", "Mo", "Go", "To"],
    language: "Langue",
    theme: "Couleurs",
    themes: { system: "Système", light: "Clair", dark: "Sombre" },
    copy: "Copier",
    copied: "Copié",
    copyFailed: "Le navigateur ne permet pas de copier ; sélectionnez le texte.",
    tableOf: "Afficher en tableau",
    rowsShown: (shown: string, all: string) => `${shown} lignes sur ${all}`,
    allRows: "Toutes les lignes",
    trialsShown: (shown: string, all: string) => `${shown} essais sur ${all} sont affichés : les meilleurs, les derniers et un échantillon régulier des autres.`,
  },
);
