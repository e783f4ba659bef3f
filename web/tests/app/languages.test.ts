import { describe, expect, it } from "vitest";
import { languageTag } from "../../src/app/lib/format.ts";
import { foremost, textLanguages, usualLanguage } from "../../src/app/lib/languages.ts";

const installed = ["afr", "ara", "bul", "cat", "ces", "chi_sim", "dan", "deu", "eng", "fra", "frk", "osd", "equ"];

describe("the languages that are seen first", () => {
  it("are those that are chosen, then the reader's, then others", () => {
    expect(foremost(installed, ["eng"], ["fr", "de-CH"])).toEqual(["eng", "fra", "deu", "frk", "afr", "ara", "bul", "cat"]);
    expect(foremost(installed, [], [])).toEqual(["afr", "ara", "bul", "cat", "ces", "chi_sim", "dan", "deu"]);
  });
  it("have all that are chosen, and nothing that is no language", () => {
    const texts = installed.slice(0, 11);
    expect(foremost(installed, texts, ["zh"])).toEqual(texts);
    expect(textLanguages(installed)).toEqual(texts);
    expect(foremost(["osd", "equ"], [], ["en"])).toEqual([]);
  });
  it("begin with English where it is installed", () => {
    expect([usualLanguage(installed), usualLanguage(["osd", "lat"]), usualLanguage([])]).toEqual(["eng", "lat", ""]);
  });
  it("have tags where they have names", () => {
    expect(["eng", "chi_sim", "fre", "frk", "x_y_z!"].map(languageTag)).toEqual(["en", "zh-Hans", "fr", "de", null]);
  });
});
