import { describe, expect, it } from "vitest";
import { recipeFront } from "../../src/charts/recipe_front.ts";
import { makeVerdict } from "../make_study.ts";

const same = (name: string) => name;

describe("the chart of a verdict", () => {
  it("has every point on its ground, slower ones further right and worse ones further up", () => {
    for (const width of [280, 720]) {
      const verdict = makeVerdict(true);
      const front = recipeFront(verdict, width, same);
      front.marks.forEach((mark, at) => {
        expect(mark.x).toBeGreaterThan(front.left);
        expect(mark.x).toBeLessThan(front.right);
        expect(mark.y).toBeGreaterThan(front.top);
        expect(mark.y).toBeLessThan(front.bottom);
        front.marks.forEach((other, than) => {
          const [a, b] = [verdict.points[at]!, verdict.points[than]!];
          if (a.seconds < b.seconds) expect(mark.x).toBeLessThan(other.x);
          if (a.wrong < b.wrong) expect(mark.y).toBeGreaterThan(other.y);
        });
      });
      for (const tick of [...front.xTicks, ...front.yTicks]) expect(Number.isFinite(tick.at)).toBe(true);
      expect(front.xTicks.length).toBeGreaterThan(1);
      expect(front.yTicks[0]).toMatchObject({ value: 0, at: front.bottom });
    }
  });
  it("joins the front from the fastest point on, and marks what is recommended", () => {
    for (const recommends of [true, false]) {
      const front = recipeFront(makeVerdict(recommends), 600, same);
      expect(front.line.map((one) => one.x)).toEqual([...front.line.map((one) => one.x)].sort((a, b) => a - b));
      expect(front.line).toHaveLength(4);
      expect(front.marks.filter((mark) => mark.recommended).map((mark) => mark.name)).toEqual([recommends ? "tuned-2" : "normal"]);
    }
  });
  it("keeps names apart, even where all points are one", () => {
    const verdict = makeVerdict(true);
    const one = { ...verdict, points: verdict.points.map((point) => ({ ...point, wrong: 4, seconds: 5 })) };
    for (const each of [verdict, one])
      for (const width of [280, 720]) {
        const names = recipeFront(each, width, same).marks.map((mark) => {
          const long = 7.5 * mark.name.length;
          return { from: mark.anchor === "start" ? mark.labelX : mark.labelX - long, long, y: mark.labelY };
        });
        names.forEach((a, at) => {
          for (const b of names.slice(at + 1))
            expect(a.from + a.long <= b.from || b.from + b.long <= a.from || Math.abs(a.y - b.y) >= 15, JSON.stringify([a, b])).toBe(true);
        });
      }
  });
  it("has a ground where nothing is wrong and nothing takes time", () => {
    const verdict = makeVerdict(false);
    verdict.points = verdict.points.map((point) => ({ ...point, wrong: 0, seconds: 0 }));
    for (const mark of recipeFront(verdict, 600, same).marks) {
      expect(Number.isFinite(mark.x)).toBe(true);
      expect(Number.isFinite(mark.y)).toBe(true);
    }
  });
});
