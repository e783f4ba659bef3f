import { describe, expect, it } from "vitest";
import type { PageEdit } from "contract";
import { before, editSteps, handles, hasStep, isEdited, leaning, levelled, levelLine, moved, noEdit, quarterTurns, rotatedTo, sameEdit, tilted, tiltOf, turned, withPoints, withStep } from "../../src/app/lib/page_edit.ts";
import { random } from "../make_study.ts";

const size = { width: 1000, height: 1400 };
const whole: PageEdit = { exclude: false, lang: "fra", rotate: 90, corners: [[1, 2], [9, 2], [9, 8], [1, 8]], crop: [1, 1, 5, 5], split: 3 };

describe("edits of a page by hand", () => {
  it("are drawn on the page that the steps before give", () => {
    expect(before(whole, "rotate")).toEqual({ ...noEdit, rotate: 90 });
    expect(before(whole, "corners")).toEqual({ ...noEdit, rotate: 90 });
    expect(before(whole, "crop")).toEqual({ ...noEdit, rotate: 90, corners: whole.corners });
    expect(before(whole, "split")).toEqual({ ...whole, lang: null, split: null });
  });
  it("are taken back where the page is rotated", () => {
    expect(turned(whole, 90)).toEqual({ ...noEdit, lang: "fra", rotate: 180 });
    expect(turned({ ...noEdit, exclude: true }, -90)).toEqual({ ...noEdit, exclude: true, rotate: 270 });
    expect(turned(turned(noEdit, -90), 90)).toEqual(noEdit);
  });
  it("have quarter turns that are the same on both sides of none", () => {
    expect([0, 359, 1, 89, 271, 180].map((rotate) => quarterTurns({ ...noEdit, rotate }))).toEqual([0, 0, 0, 90, 270, 180]);
  });
  it("rotate by an angle beside the quarters", () => {
    expect(tilted(whole, -1.5)).toEqual({ ...noEdit, lang: "fra", rotate: 88.5 });
    expect(tiltOf(tilted(noEdit, -1.5))).toBe(-1.5);
    expect(tilted(noEdit, -1.5).rotate).toBe(358.5);
    expect(tilted(tilted(noEdit, -1.5), 0)).toEqual(noEdit);
    expect(turned(tilted(noEdit, 2.25), 90)).toEqual({ ...noEdit, rotate: 92.25 });
    for (const degrees of [-45, -44.9, 0, 44.9, 45, 90]) {
      const edit = tilted({ ...noEdit, rotate: 270 }, degrees);
      expect(edit.rotate >= 0 && edit.rotate < 360).toBe(true);
      expect(tiltOf(edit)).toBe(Math.min(44.99, degrees));
    }
  });
  it("make a line level, or upright if it nearly is", () => {
    expect(levelled(noEdit, [[0, 0], [100, 100 * Math.tan(Math.PI / 60)]]).rotate).toBe(357);
    expect(levelled(noEdit, [[100, 0], [0, 0]])).toEqual(noEdit);
    expect(levelled(noEdit, [[0, 0], [-100 * Math.tan(Math.PI / 90), 100]]).rotate).toBe(358);
    expect(levelled(whole, [[5, 5], [5, 5]])).toBe(whole);
    expect(levelLine(size)).toHaveLength(2);
    expect(levelLine({ width: 1, height: 1 })).toEqual([]);
  });
  it("are rotated as detection proposes it", () => {
    expect(leaning(noEdit, 358.9)).toBeCloseTo(1.1);
    expect(leaning({ ...noEdit, rotate: 90 }, 92.25)).toBeCloseTo(-2.25);
    expect(rotatedTo(whole, 358.9)).toEqual({ ...noEdit, exclude: whole.exclude, lang: whole.lang, rotate: 358.9 });
  });
  it("begin where detection proposes it", () => {
    const corners: [number, number][] = [[10, 12], [900, 20], [910, 1300], [8, 1290]];
    const proposal = { rotate: null, corners, split: 480 };
    expect(withPoints(noEdit, "corners", size, proposal).corners).toEqual(corners);
    expect(withStep(noEdit, "split", true, size, proposal).split).toBe(480);
    expect(withStep(noEdit, "split", true, size, { rotate: null, corners, split: null }).split).toBe(500);
    expect(withPoints(whole, "corners", size, proposal)).toBe(whole);
  });
  it("are the same whatever the order of their fields", () => {
    const { rotate, ...rest } = whole;
    expect(sameEdit({ rotate, ...rest }, whole)).toBe(true);
    expect(sameEdit(whole, { ...whole, split: 4 })).toBe(false);
    expect(isEdited(noEdit)).toBe(false);
    expect(isEdited({ ...noEdit, exclude: true })).toBe(true);
  });
  it("stay on the page wherever a point is moved", () => {
    const next = random(5);
    for (const step of ["corners", "crop", "split"] as const) {
      let edit = withStep(noEdit, step, true, size);
      expect(hasStep(edit, step)).toBe(true);
      for (let i = 0; i < 500; i += 1) {
        const points = handles(edit, step, size);
        edit = moved(edit, step, Math.floor(next() * points.length), [3000 * next() - 1000, 4000 * next() - 1000], size);
        for (const [x, y] of handles(edit, step, size)) {
          expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true);
          expect(x >= 0 && x <= size.width && y >= 0 && y <= size.height).toBe(true);
        }
        const [left = 0, top = 0, right = 1, bottom = 1] = edit.crop ?? [];
        expect(left < right && top < bottom).toBe(true);
        if (edit.split !== null) expect(edit.split > 0 && edit.split < size.width).toBe(true);
      }
      expect(withStep(edit, step, false, size)).toEqual(noEdit);
    }
    expect(editSteps.map((step) => handles(noEdit, step, size))).toEqual([[], [], [], []]);
  });
  it("have their points before they are used, as soon as the page is there", () => {
    const count = (edit: PageEdit, of = size) => editSteps.map((step) => handles(withPoints(edit, step, of), step, of).length);
    expect(count(noEdit)).toEqual([0, 4, 4, 1]);
    expect(count(noEdit, { width: 0, height: 0 })).toEqual([0, 0, 0, 0]);
    expect(withPoints(whole, "corners", size)).toBe(whole);
  });
});
