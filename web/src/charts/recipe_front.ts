/** Where the points of a verdict stand in a chart: seconds a page to the right, wrong characters of 100 upwards. Pure. */
import type { Verdict } from "contract";

export interface RecipeMark {
  name: string;
  tuned: boolean;
  /** What the verdict recommends. */
  recommended: boolean;
  x: number;
  y: number;
  /** Of the name beside it. */
  labelX: number;
  labelY: number;
  anchor: "start" | "end";
}

export interface Tick {
  at: number;
  value: number;
}

export interface RecipeFront {
  width: number;
  height: number;
  /** The ground that points stand on. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  marks: RecipeMark[];
  /** Of the front, from the fastest point on. */
  line: { x: number; y: number }[];
  xTicks: Tick[];
  yTicks: Tick[];
}

const margin = { left: 44, right: 16, top: 16, bottom: 44 };
const lineHeight = 15;
const characterWidth = 7.5;

/** Steps of 1, 2 or 5 times a power of ten, about `most` of them from 0 to `high`. */
function evenTicks(high: number, most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(high / most));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power * most >= high) ?? 10);
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** 1, 2 and 5 times powers of ten from `low` to `high`. */
function logTicks(low: number, high: number): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); ++power)
    for (const factor of [1, 2, 5]) found.push(Number((factor * 10 ** power).toPrecision(12)));
  return found.filter((value) => value >= low && value <= high);
}

interface Box {
  from: number;
  to: number;
  top: number;
  bottom: number;
}

const meet = (a: Box, b: Box) => a.from < b.to && b.from < a.to && a.top < b.bottom && b.top < a.bottom;

/** The box of a name whose baseline begins, or ends, at a place. */
function nameBox(mark: RecipeMark): Box {
  const width = characterWidth * mark.name.length;
  const from = mark.anchor === "start" ? mark.labelX : mark.labelX - width;
  return { from, to: from + width, top: mark.labelY - lineHeight + 4, bottom: mark.labelY + 4 };
}

/** Names stand beside their points, where they meet neither other points nor other names, or else below all that they meet. */
function placeNames(marks: RecipeMark[], left: number, right: number): void {
  const taken: Box[] = marks.map(({ x, y }) => ({ from: x - 6, to: x + 6, top: y - 6, bottom: y + 6 }));
  const places = [
    { dx: 10, dy: 4 }, { dx: 6, dy: -9 }, { dx: -10, dy: 4 }, { dx: -6, dy: 19 }, { dx: -6, dy: -9 }, { dx: 6, dy: 19 },
  ];
  for (const mark of marks) {
    const fits = places.some(({ dx, dy }) => {
      mark.anchor = dx > 0 ? "start" : "end";
      [mark.labelX, mark.labelY] = [mark.x + dx, mark.y + dy];
      const box = nameBox(mark);
      return box.from >= left && box.to <= right && !taken.some((one) => meet(one, box));
    });
    if (!fits) {
      mark.anchor = mark.x > (left + right) / 2 ? "end" : "start";
      mark.labelX = mark.x;
      for (let met; (met = taken.find((one) => meet(one, nameBox(mark)))); ) mark.labelY = met.bottom + lineHeight - 3;
    }
    taken.push(nameBox(mark));
  }
}

/** A chart of a width in px. Seconds are on a logarithmic scale, as efforts differ by factors. `nameOf` gives the name that is shown. */
export function recipeFront(verdict: Verdict, width: number, nameOf: (name: string) => string): RecipeFront {
  const height = 320;
  const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
  const least = 1e-3;
  const seconds = verdict.points.map((point) => Math.max(least, point.seconds));
  const [low, high] = [Math.min(...seconds) / 1.3, Math.max(...seconds) * 1.3];
  const most = 1.1 * Math.max(1, ...verdict.points.map((point) => point.wrong));
  const x = (value: number) => left + ((right - left) * Math.log(Math.max(least, value) / low)) / Math.log(high / low);
  const y = (value: number) => bottom - ((bottom - top) * value) / most;
  const recommended = verdict.recommends ? verdict.found : verdict.untuned;
  const marks = verdict.points.map((point): RecipeMark => ({
    name: nameOf(point.name), tuned: point.tuned, recommended: point.name === recommended,
    x: x(point.seconds), y: y(point.wrong), labelX: 0, labelY: 0, anchor: "start",
  }));
  placeNames(marks, left, right);
  return {
    width, height, left, right, top, bottom, marks,
    line: verdict.points.filter((point) => point.on_front).sort((a, b) => a.seconds - b.seconds)
      .map((point) => ({ x: x(point.seconds), y: y(point.wrong) })),
    xTicks: logTicks(low, high).map((value) => ({ at: x(value), value })),
    yTicks: evenTicks(most, 5).map((value) => ({ at: y(value), value })),
  };
}
