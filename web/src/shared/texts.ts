import { dictionary } from "./i18n.ts";

/** Texts that several parts of the page need. */
export const texts = dictionary(
  {
    unit: (unit: string) => unit,
    differenceUnit: (unit: string) => (unit === "%" ? "percentage points" : unit),
    range: (low: string, high: string) => `${low} to ${high}`,
    byteUnits: ["B", "kB", "MB", "GB", "TB"],
    language: "Language",
    theme: "Colours",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    copy: "Copy",
    copied: "Copied",
    copyFailed: "The browser doesn't let the page copy; select the text instead.",
    tableOf: "As a table",
    rowsShown: (shown: string, all: string) => `${shown} of ${all} rows`,
    allRows: "All rows",
  },
  {
    unit: (unit: string) => units[unit] ?? unit,
    differenceUnit: (unit: string) => (unit === "%" ? "points de pourcentage" : (units[unit] ?? unit)),
    range: (low: string, high: string) => `${low} à ${high}`,
    byteUnits: ["o", "ko", "Mo", "Go", "To"],
    language: "Langue",
    theme: "Couleurs",
    themes: { system: "Comme le système", light: "Clair", dark: "Sombre" },
    copy: "Copier",
    copied: "Copié",
    copyFailed: "Le navigateur ne permet pas de copier ; sélectionnez le texte.",
    tableOf: "En tableau",
    rowsShown: (shown: string, all: string) => `${shown} lignes sur ${all}`,
    allRows: "Toutes les lignes",
  },
);

/** The contract's units in French. */
const units: Record<string, string> = {
  "ms a page": "ms par page",
  "words a page": "mots par page",
  "characters a page": "caractères par page",
  "gray levels": "niveaux de gris",
};
