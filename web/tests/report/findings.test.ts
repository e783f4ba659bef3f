import { describe, expect, it } from "vitest";
import { findings } from "../../src/report/findings.ts";
import { readStudy } from "../../src/report/read_study.ts";
import { linesOf } from "../../src/report/words.ts";
import { confidenceClass } from "../../src/shared/ocr_result.ts";
import { cer, makeStudy } from "../make_study.ts";

describe("findings", () => {
  it("say in three sentences what was gained on pages held out, errors first", () => {
    const found = findings(makeStudy(), "en");
    expect(found.sentences).toHaveLength(3);
    expect(found.sentences[1]).toMatch(/^On 8 validation pages, wrong characters \(CER\) from .*; reference quality changes by \+/);
    expect(found.changes[0]?.score.name).toBe("cer");
    expect(found.heldOut).toBe(true);
  });
  it("call a gain chance where its interval holds 0, and not where it doesn't", () => {
    const data = makeStudy();
    const heldOut = data.summary.held_out;
    if (!heldOut) throw new Error("no pages held out");
    heldOut.gain = { mean: 4, low: 1, high: 7 };
    expect(findings(data, "en").sentences[1]).toContain("is significant");
    heldOut.gain = { mean: 4, low: -1, high: 7 };
    expect(findings(data, "en").sentences[1]).toContain("may be due to chance");
  });
  it("turn the sign of what is to be small", () => {
    const data = makeStudy({ heldOut: 0 });
    data.objectives = [cer];
    data.summary.gain = { mean: 0.03, low: 0.01, high: 0.05 };
    expect(findings(data, "en").sentences[1]).toMatch(/by -3\.00.*-5\.00 to -1\.00/);
  });
  it("say that the gain looks too good where no page was held out", () => {
    expect(findings(makeStudy({ heldOut: 0 }), "en").sentences[1]).toContain("optimistic");
  });
  it("say that nothing was gained, and why", () => {
    const data = makeStudy({ gains: false, heldOut: 0 });
    expect(findings(data, "en")).toMatchObject({ gained: false, changes: [] });
    expect(findings(data, "en").sentences[1]).toContain("better mean");
    data.summary.unsteady = 7;
    expect(findings(data, "en").sentences[1]).toContain("Trial 7");
    data.summary.confirmation = "refused";
    expect(findings(data, "en").sentences[1]).toContain("Tesseract");
  });
  it("say the program's warnings, with the pages that they are about", () => {
    const data = makeStudy();
    data.summary.warnings = [
      { code: "objective_parts_from_errors", severity: "caution", text: "on 5 pages it parts.", values: { pages: 5, spearman: 0.1 }, pages: [] },
      { code: "worse_pages", severity: "note", text: "7 pages got worse.", values: { count: 7 }, pages: ["a", "b", "c", "d", "e", "f", "g"] },
    ];
    expect(findings(data, "en").warnings).toEqual(["On 5 pages it parts.", "7 pages got worse: a, b, c, d, e, …."]);
    expect(findings(data, "fr").warnings[0]).toContain("Sur 5 pages avec vérité terrain");
    expect(findings(data, "fr").warnings[1]).toContain("7 pages se sont dégradées\u00a0: a, b");
  });
  it("are the program's words where there is a verdict, and nothing that recommends otherwise", () => {
    for (const [verdict, gained] of [["found", true], ["untuned", false]] as const)
      for (const gains of [true, false]) {
        const data = makeStudy({ verdict, gains });
        for (const language of ["en", "fr"] as const) {
          const found = findings(data, language);
          expect(found.sentences.join("\n") + "\n").toBe(data.verdict?.text[language]);
          expect(found).toMatchObject({ gained, changes: [], pages: 13, heldOut: true });
          expect(found.warnings).toHaveLength(1);
        }
      }
  });
  it("have no hole in any language", () => {
    for (const language of ["en", "fr"] as const)
      for (const gains of [true, false])
        for (const truth of [true, false])
          for (const heldOut of [0, 1, 8]) {
            const found = findings(makeStudy({ gains, truth, heldOut }), language);
            expect([...found.sentences, ...found.warnings].join(" ")).not.toMatch(/undefined|NaN|null|–/);
          }
  });
});

describe("words", () => {
  it("begin a line where they stand left of or below the one before", () => {
    const lines = linesOf([["a", 90, 0, 0, 10, 10], ["b", 90, 12, 1, 20, 11], ["c", 90, 0, 20, 10, 30], ["d", 9, 30, 40, 40, 50]]);
    expect(lines.map((line) => line.map((word) => word[0]).join(""))).toEqual(["ab", "c", "d"]);
    expect(linesOf([])).toEqual([]);
  });
  it("have a class of confidence whose ends belong to the higher one", () => {
    expect([0, 49.9, 50, 75, 89.9, 90, 100].map(confidenceClass)).toEqual([0, 0, 1, 2, 2, 3, 3]);
  });
});

it("reads only a study of its own format", () => {
  const data = makeStudy({ trials: 2 });
  expect(readStudy(JSON.stringify(data))).toEqual(data);
  for (const text of ["", "__STUDY_DATA__", "null", "[]", '{"format":2}', '{"format":1}']) expect(readStudy(text)).toBeNull();
});
