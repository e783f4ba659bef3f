import { dictionary } from "./dictionary.ts";

export const correction = dictionary((t) => ({
  label: (name: string) => t("Correct the text of {}", name),
  help: t("F8 accepts the word at the cursor and selects the next doubtful word; type to replace it, or click a word on the page. Shift+F8 goes back, Ctrl+S saves, Ctrl+Enter saves and opens the next page, Ctrl+Z undoes."),
  left: (count: string) => t("Doubtful words left: {}", count),
  alternatives: t("Other OCR results have here:"),
  next: t("Accept, next doubtful word"),
  nothingLeft: t("No doubtful word is left."),
  saveAndNext: t("Save, next page"),
  save: t("Save the correction"),
  saved: (file: string) => t("Saved as {}. Runs of tune and train that start from now on use it.", file),
  restored: t("Your corrections that were not saved are here again."),
  discard: t("Discard them"),
  unkept: t("this browser cannot keep unsaved corrections: save them before you leave"),
  conflict: t("This page was corrected meanwhile, in another window or by another program. Nothing was overwritten."),
  theirs: t("Take the saved text"),
  mine: t("Replace it with mine"),
}));
