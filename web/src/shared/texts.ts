import { dictionary } from "./dictionary.ts";
import { translated } from "./program_texts.ts";

/** Texts that several parts of the page need. */
export const texts = dictionary((t, language) => ({
  unit: (unit: string) => translated(unit, language),
  differenceUnit: (unit: string) => (unit === "%" ? t("percentage points") : translated(unit, language)),
  range: (low: string, high: string) => t("{} to {}", low, high),
  byteUnits: [t("B"), t("kB"), t("MB"), t("GB"), t("TB")],
  language: t("Language"),
  theme: t("Colours"),
  themes: { system: t("System"), light: t("Light"), dark: t("Dark") },
  copy: t("Copy"),
  copied: t("Copied"),
  copyFailed: t("The browser does not allow copying; select the text instead."),
  tableOf: t("Show as a table"),
  rowsShown: (shown: string, all: string) => t("{} of {} rows", shown, all),
  allRows: t("All rows"),
  trialsShown: (shown: string, all: string) => t("{} of {} trials are shown: the best, the last and an even sample of the others.", shown, all),
}));
