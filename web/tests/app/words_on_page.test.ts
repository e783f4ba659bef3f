import { describe, expect, it } from "vitest";
import type { Word } from "contract";
import { lineOfWord, stripOfLine, wordAtPlace } from "../../src/app/lib/words_on_page.ts";

const word = (text: string, left: number, top: number, width = 80, height = 20): Word => [text, 90, left, top, left + width, top + height];
// Two lines in a left column, one in a right one.
const page = [word("the", 0, 0), word("mill", 100, 4), word("of", 0, 40), word("wheat", 100, 38), word("paid", 600, 2), word("in", 700, 0)];
const textOf = (left: number, right: number) => page.filter((one) => one[2] >= left && one[4] <= right).map((one) => one[0]);

describe("a word that is clicked", () => {
  it("is the one at the place, or very near to it", () => {
    expect(wordAtPlace(page, 40, 10)?.[0]).toBe("the");
    expect(wordAtPlace(page, 182, 10)?.[0]).toBe("mill");
    expect(wordAtPlace(page, 400, 10)).toBeUndefined();
  });
  it("is the smaller of two that overlap", () => {
    expect(wordAtPlace([word("large", 0, 0, 500, 200), word("small", 100, 50)], 120, 60)?.[0]).toBe("small");
  });
});

describe("the line of a word", () => {
  it("is that of its column", () => {
    expect(lineOfWord(page, page[1]!)).toEqual({ left: 0, top: 0, right: 180, bottom: 24 });
    expect(lineOfWord(page, page[2]!)).toEqual({ left: 0, top: 38, right: 180, bottom: 60 });
    expect(textOf(600, 780)).toEqual(["paid", "in"]);
    expect(lineOfWord(page, page[5]!)).toEqual({ left: 600, top: 0, right: 780, bottom: 22 });
  });
  it("is the word alone where it is none of the page", () => {
    expect(lineOfWord(page, word("x", 5, 6))).toEqual({ left: 5, top: 6, right: 85, bottom: 26 });
  });
  it("fills its strip, with the word in sight", () => {
    const line = { left: 100, top: 200, right: 2100, bottom: 240 };
    const strip = { width: 600, height: 64 };
    for (const left of [100, 800, 2020]) {
      const box = { left, top: 205, right: left + 80, bottom: 235 };
      const at = stripOfLine(line, box, strip);
      expect(at.scale * 40).toBeCloseTo(40);
      expect(at.left + box.left * at.scale).toBeGreaterThanOrEqual(0);
      expect(at.left + box.right * at.scale).toBeLessThanOrEqual(strip.width);
      expect(at.top + line.top * at.scale).toBeGreaterThan(0);
      expect(at.top + line.bottom * at.scale).toBeLessThan(strip.height);
    }
    const short = stripOfLine({ ...line, right: 300 }, { left: 200, top: 205, right: 260, bottom: 235 }, strip);
    expect(short.left + 100 * short.scale).toBeCloseTo(12);
  });
});
