import { describe, expect, it } from "vitest";
import type { Word } from "contract";
import {
  forgetCorrection, hasCorrection, keepCorrection, loadCorrection, nextWord, openWords, placeOfWord, typedWords, wordAt, wordNear, type Forgetter,
} from "../../src/app/lib/correction.ts";
import { drawnSize, lookAt, visiblePart, wholePage, type Look } from "../../src/app/lib/view_of_page.ts";

const word = (text: string, confidence: number): Word => [text, confidence, 0, 0, 10, 10];
const ocrResult = [word("the", 96), word("harbonr", 40), word("office,", 93), word("pald", 60), word("in", 95)];
const text = "the harbonr office,\npald in";

describe("words of a corrected text", () => {
  it("are those of the OCR result, at their places", () => {
    const words = typedWords(text, ocrResult);
    expect(words.map((one) => text.slice(one.start, one.end))).toEqual(ocrResult.map((one) => one[0]));
    expect(words.map((one) => one.at)).toEqual([0, 1, 2, 3, 4]);
    expect(openWords(words, ocrResult, []).map((one) => one.at)).toEqual([1, 3]);
    expect(openWords(words, ocrResult, [1]).map((one) => one.at)).toEqual([3]);
  });
  it("are no longer open once they are typed anew, and those around stay what they were", () => {
    const typed = "the old harbour office, pald in full";
    const words = typedWords(typed, ocrResult);
    expect(words.map((one) => one.at)).toEqual([0, null, null, 2, 3, 4, null]);
    expect(openWords(words, ocrResult, []).map((one) => typed.slice(one.start, one.end))).toEqual(["pald"]);
    expect(typedWords("", ocrResult)).toEqual([]);
    expect(typedWords("a b", []).map((one) => one.at)).toEqual([null, null]);
  });
  it("keep their text whatever is typed", () => {
    for (const typed of ["  the\t\n harbonr", "x the the the", "in pald office, harbonr the", "…", "the harbonr office, pald in the"]) {
      const words = typedWords(typed, ocrResult);
      expect(words.map((one) => typed.slice(one.start, one.end))).toEqual(typed.trim().split(/\s+/u));
      for (const one of words) if (one.at !== null) expect(typed.slice(one.start, one.end)).toBe(ocrResult[one.at]![0]);
    }
  });
  it("are found by those of the page, and those of the page by them", () => {
    const typed = "the old harbour office, pald in full";
    const words = typedWords(typed, ocrResult);
    const found = (at: number) => words.indexOf(placeOfWord(words, at)!);
    expect([0, 1, 2, 3, 4].map(found)).toEqual([0, 1, 3, 4, 5]);
    expect(placeOfWord([], 2)).toBeUndefined();
    const near = (caret: number) => wordNear(words, ocrResult, caret)?.[0];
    expect([0, 9, typed.indexOf("office"), typed.length].map(near)).toEqual(["the", "the", "office,", "in"]);
    expect(wordNear(typedWords("x y", ocrResult), ocrResult, 2)?.[0]).toBe("the");
    expect(wordNear([], [], 0)).toBeUndefined();
  });
  it("follow each other, and begin anew", () => {
    const open = openWords(typedWords(text, ocrResult), ocrResult, []);
    const at = (start: number, end = start, back = false) => nextWord(open, { start, end }, back)?.at;
    expect(at(0)).toBe(1);
    expect(at(4, 11)).toBe(3);
    expect(at(20, 24)).toBe(1);
    expect(at(20, 24, true)).toBe(1);
    expect(at(4, 11, true)).toBe(3);
    expect(nextWord([], { start: 0, end: 0 }, false)).toBeUndefined();
    expect(wordAt(open, 6)?.at).toBe(1);
    expect(wordAt(open, 0)).toBeUndefined();
  });
});

describe("drafts of corrections", () => {
  const keeper = (room = true): Forgetter & { map: Map<string, string> } => {
    const map = new Map<string, string>();
    return {
      map,
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => {
        if (!room) throw new Error("QuotaExceededError");
        map.set(key, value);
      },
      removeItem: (key) => void map.delete(key),
    };
  };
  it("are kept, found in this window first, and forgotten", () => {
    const [own, shared] = [keeper(), keeper()];
    const draft = { text: "mine", version: "a", accepted: [3] };
    expect(keepCorrection([own, shared], "c1", "4.png", draft)).toBe(true);
    shared.map.forEach((_, key) => shared.map.set(key, JSON.stringify({ ...draft, text: "theirs" })));
    expect(loadCorrection([own, shared], "c1", "4.png")).toEqual(draft);
    expect(loadCorrection([keeper(), shared], "c1", "4.png")?.text).toBe("theirs");
    expect(loadCorrection([own, shared], "c1", "5.png")).toBeNull();
    expect(["4.png", "5.png"].map((page) => hasCorrection([own, shared], "c1", page))).toEqual([true, false]);
    forgetCorrection([own, shared], "c1", "4.png");
    expect(loadCorrection([own, shared], "c1", "4.png")).toBeNull();
  });
  it("need one keeper with room, and nothing damaged is taken", () => {
    const [full, other] = [keeper(false), keeper()];
    const draft = { text: "x", version: "", accepted: [] };
    expect(keepCorrection([full, other], "c", "1.png", draft)).toBe(true);
    expect(keepCorrection([full], "c", "1.png", draft)).toBe(false);
    for (const damaged of ["{", "3", "{}", '{"text":1,"version":"","accepted":[]}', '{"text":"","version":"","accepted":["x"]}']) {
      other.map.forEach((_, key) => other.map.set(key, damaged));
      expect(loadCorrection([other], "c", "1.png")).toBeNull();
    }
  });
});

describe("a look at a word", () => {
  const [frame, page] = [{ width: 500, height: 600 }, { width: 2000, height: 3000 }];
  const part = { x: 0.7, y: 0.8, width: 0.05, height: 0.01 };
  const at = (look: Look, of = part, usual = 0.01) => lookAt(look, of, usual, frame, page);
  it("shows it large enough to be read", () => {
    const look = at(wholePage);
    const seen = visiblePart(look, frame, page);
    expect(drawnSize(frame, page, look.zoom).height * part.height).toBeCloseTo(30);
    expect(seen.x).toBeLessThanOrEqual(part.x);
    expect(seen.y + seen.height).toBeGreaterThanOrEqual(part.y + part.height);
    expect(at(look, { ...part, x: 0.72 })).toBe(look);
    expect(at(wholePage, { ...part, height: 0.001 }).zoom).toBe(look.zoom);
  });
  it("stays as near as it was, but for one that is too near", () => {
    const near = at(wholePage);
    expect(at(near, { ...part, y: 0.1 }).zoom).toBe(near.zoom);
    expect(at({ ...near, zoom: 16 }).zoom).toBe(near.zoom);
    expect(at(wholePage, { x: 0, y: 0, width: 1, height: 1 }, 0.05)).toBe(wholePage);
    expect(at(wholePage, part, 0).zoom).toBeLessThanOrEqual(16);
  });
});
