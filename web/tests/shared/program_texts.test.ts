import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { translations } from "../../po.js";
import { languageOf, translated } from "../../src/shared/program_texts.ts";

const catalogue = translations(readFileSync(new URL("../../../po/fr.po", import.meta.url)));

describe("a sentence of the program", () => {
  it("is in the language of the page", () => {
    expect(translated("The original page.", "fr")).toBe("La page originale.");
    expect(translated("The original page.", "en")).toBe("The original page.");
    expect(languageOf("The original page.", "fr")).toBe("fr");
  });
  it("stays English where there is no translation", () => {
    for (const sentence of ["A stage of tomorrow.", "constructor", ""]) {
      expect(translated(sentence, "fr")).toBe(sentence);
      expect(languageOf(sentence, "fr")).toBe("en");
    }
  });
});

describe("French translations", () => {
  it("keep commands and end as the English sentence does", () => {
    const commands = (text: string) => text.match(/`[^`]*`/g) ?? [];
    const wrong = Object.entries(catalogue).filter(
      ([english, [french = ""]]) => english.endsWith(".") !== french.endsWith(".") || String(commands(english)) !== String(commands(french)),
    );
    expect(wrong).toEqual([]);
  });
});
