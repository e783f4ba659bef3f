import { describe, expect, it } from "vitest";
import {
  advantage,
  bestSoFar,
  correlationRatio,
  pageGains,
  rankedParameters,
  robustRange,
  rowOf,
  sampleRows,
  shownColumn,
} from "../../src/charts/study.ts";
import { cer, checkedQuality, makeStudy, random } from "../make_study.ts";

describe("the best so far", () => {
  it("only gets better, and ends at the last trial", () => {
    expect(bestSoFar([0, 1, 2, 3, 5], [3, 5, null, 4, 4], checkedQuality)).toEqual([[0, 3], [1, 5], [5, 5]]);
    expect(bestSoFar([0, 1, 2], [3, 5, 1], cer)).toEqual([[0, 3], [2, 1]]);
  });
  it("of nothing is nothing", () => {
    expect(bestSoFar([], [], cer)).toEqual([]);
    expect(bestSoFar([0], [null], cer)).toEqual([]);
  });
});

describe("gains of pages", () => {
  it("have the worst first, and positive is better for what is to be small too", () => {
    const data = makeStudy();
    const gains = pageGains(data);
    expect(gains).toHaveLength(12);
    for (let at = 1; at < gains.length; ++at) expect(gains[at]?.gain).toBeGreaterThanOrEqual(gains[at - 1]?.gain ?? 0);
    data.objectives[0] = cer;
    const turned = pageGains(data);
    expect(turned[0]?.gain).toBe(-(gains[11]?.gain ?? 0));
  });
  it("are none where the original pages are best", () => {
    expect(pageGains(makeStudy({ gains: false }))).toEqual([]);
  });
});

describe("rows", () => {
  it("are found where numbers have gaps", () => {
    const data = makeStudy({ trials: 4 });
    data.trials.number = [0, 1, 3, 4, 7];
    expect(rowOf(data, 3)).toBe(2);
    expect(rowOf(data, 7)).toBe(4);
    expect(rowOf(data, 2)).toBe(-1);
  });
  it("of a sample are the best ones and an even choice of the others, each once", () => {
    const next = random(7);
    const values = Array.from({ length: 5000 }, () => (next() < 0.1 ? null : next()));
    const rows = sampleRows(values, checkedQuality, 300, 40);
    expect(rows).toHaveLength(300);
    expect(new Set(rows).size).toBe(300);
    const order = values.flatMap((value, row) => (value === null ? [] : [row])).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
    for (const row of order.slice(0, 40)) expect(rows).toContain(row);
    for (const row of rows) expect(values[row]).not.toBeNull();
    // Spread over the whole study.
    for (let tenth = 0; tenth < 10; ++tenth) expect(rows.filter((row) => Math.floor(row / 500) === tenth).length).toBeGreaterThan(10);
  });
  it("of few values are all of them", () => {
    expect(sampleRows([1, null, 3], cer, 10, 2)).toEqual([0, 2]);
  });
});

describe("an axis", () => {
  it("isn't pressed together by a few far worse values", () => {
    const values = [...Array.from({ length: 97 }, (_, at) => 100 + (at % 10)), -5000, -4000, -6000];
    const range = robustRange(values, false, [100]);
    expect(range.low).toBeGreaterThan(90);
    expect(range.outside).toBe(3);
    expect(range.high).toBeGreaterThan(109);
  });
  it("has all values where they lie together, and what it must show", () => {
    const range = robustRange([1, 2, 3, 4], true, [9]);
    expect([range.low < 1, range.high > 9, range.outside]).toEqual([true, true, 0]);
  });
});

describe("what goes with the objective", () => {
  it("is 1 for what decides alone and about 0 for chance", () => {
    const next = random(3);
    const x = Array.from({ length: 400 }, () => Math.floor(4 * next()));
    expect(correlationRatio(x, x)).toBeCloseTo(1, 5);
    expect(correlationRatio(Array.from({ length: 400 }, () => next()), Array.from({ length: 400 }, () => next()))).toBeLessThan(0.05);
    expect(correlationRatio(x, x.map(() => 3))).toBe(0);
    expect(correlationRatio([1, 2], [1, 2])).toBe(0);
  });
  it("orders parameters by the screening's indices, or by the trials", () => {
    const data = makeStudy();
    data.importance?.parameters.reverse().forEach((entry, at) => (entry.total_order.mean = at));
    expect(rankedParameters(data)[0]?.parameter.name).toBe(data.importance?.parameters[7]?.name);
    const searched = makeStudy({ screening: false, trials: 600 });
    searched.trials.scores.reference_quality = (searched.trials.values[5] ?? []).map((value) => value ?? 0);
    expect(rankedParameters(searched)[0]?.index).toBe(5);
  });
});

it("scores are shown multiplied, and nulls stay", () => {
  const data = makeStudy({ trials: 2 });
  data.trials.scores.cer = [0.25, null, 0.5];
  expect(shownColumn(data, cer)).toEqual([25, null, 50]);
  expect(shownColumn(data, { ...cer, name: "unknown" })).toEqual([null, null, null]);
  expect(advantage(cer, 1, 3)).toBe(2);
});
