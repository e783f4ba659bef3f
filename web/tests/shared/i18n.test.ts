import { describe, expect, it } from "vitest";
import { dictionaryOf } from "../../src/shared/i18n.ts";

const texts = dictionaryOf({
  "{} of {}": ["{1} fait {0}"],
  on: ["oui"],
  "switch\u0004on": ["activé"],
  "{} page": ["{} page", "{} pages en français"],
})((t, language) => ({
  language,
  share: (part: string, all: number) => t("{} of {}", part, all),
  on: t("on"),
  switch: t.in("switch", "on"),
  pages: (count: string) => t.count(count, "{} page", "{} pages", count),
  missing: (name: string) => t("constructor of {}", name),
  unknown: t("constructor"),
}));

describe("a dictionary", () => {
  it("is in English as it is written", () => {
    expect(texts.en).toMatchObject({ language: "en", on: "on", switch: "on" });
    expect(texts.en.share("2", 3)).toBe("2 of 3");
    expect([texts.en.pages("1"), texts.en.pages("0")]).toEqual(["1 page", "0 pages"]);
  });
  it("has the translations of its catalogue, by context and number, with values in their order", () => {
    expect(texts.fr).toMatchObject({ language: "fr", on: "oui", switch: "activé" });
    expect(texts.fr.share("{}", 3)).toBe("3 fait {}");
    expect(["0", "1", "1,5", "2", "10", "12"].map(texts.fr.pages)).toEqual([
      "0 page", "1 page", "1,5 page", "2 pages en français", "10 pages en français", "12 pages en français",
    ]);
  });
  it("is English where the catalogue has nothing", () => {
    expect(texts.fr.missing("a")).toBe("constructor of a");
    expect(texts.fr.unknown).toBe("constructor");
  });
});
