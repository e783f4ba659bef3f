import { describe, expect, it } from "vitest";
import { correlationsChart } from "../../src/charts/correlations.ts";
import { cellsOf, contourChart, smoothedMeans } from "../../src/charts/contour.ts";
import { frontChart } from "../../src/charts/front.ts";
import { gainChart } from "../../src/charts/gain.ts";
import { historyChart, historyData } from "../../src/charts/history.ts";
import { hasImportance, importanceChart, intervalsNote } from "../../src/charts/importance.ts";
import { endLabels, roundRange, shortened, smallestText, tickStep, type ChartView, type Look } from "../../src/charts/look.ts";
import { parallelAxes, parallelChart } from "../../src/charts/parallel.ts";
import { columnName, scatterChart, scatterColumns, usualPair } from "../../src/charts/scatter.ts";
import { inRectangle } from "../../src/charts/selection.ts";
import { sliceChart } from "../../src/charts/slices.ts";
import { trialCount } from "../../src/charts/study.ts";
import { timingChart, timingSpreadChart } from "../../src/charts/timing.ts";
import type { StudyData } from "contract";
import { languages } from "../../src/shared/i18n.ts";
import { makeStudy } from "../make_study.ts";

const look: Look = { language: "en", dark: false, width: 900 };

interface Series {
  id?: string;
  data: unknown[];
  [key: string]: unknown;
}
const seriesOf = (view: ChartView | null, id?: string): Series => {
  const all = (view?.option.series ?? []) as Series[];
  const found = id === undefined ? all[0] : all.find((one) => one.id === id);
  if (!found) throw new Error(`no series ${id}`);
  return found;
};

const views: Record<string, (data: StudyData, at: Look) => ChartView | null> = {
  history: (data, at) => historyChart(historyData(data), at),
  gain: gainChart,
  importance: importanceChart,
  correlations: (data, at) => correlationsChart(data, at, "pearson"),
  scatter: (data, at) => scatterChart(data, at, usualPair(data)),
  parallel: parallelChart,
  slice: (data, at) => sliceChart(data, 1, at),
  contour: contourChart,
  front: frontChart,
  timing: timingChart,
  timingSpread: timingSpreadChart,
};

describe.each(Object.entries(views))("%s", (_name, view) => {
  it("says what it shows, in every language, on narrow and dark pages too", () => {
    for (const language of languages) {
      const made = view(makeStudy(), { language, dark: true, width: 320 });
      expect(made?.label.length).toBeGreaterThan(10);
      expect(made?.label).not.toMatch(/undefined|NaN|null/);
      expect(made?.height).toBeGreaterThan(50);
      for (const row of made?.table?.rows ?? []) expect(row).toHaveLength(made?.table?.columns.length ?? -1);
    }
  });
  it("has no text that is smaller than 12 px", () => {
    expect(smallestText).toBeGreaterThanOrEqual(12);
    for (const width of [320, 900]) {
      const sizes: number[] = [];
      JSON.stringify(view(makeStudy(), { ...look, width })?.option, (key, value: unknown) => {
        if (key === "fontSize") sizes.push(value as number);
        return value;
      });
      expect(sizes.length).toBeGreaterThan(0);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(smallestText);
    }
  });
  it("bears a study that has only its baseline", () => {
    const data = makeStudy({ trials: 0, gains: false, objectives: 1, pictures: 0 });
    data.importance = data.timings = null;
    expect(() => view(data, look)).not.toThrow();
  });
  it("bears columns without a value", () => {
    const data = makeStudy();
    data.trials.scores = Object.fromEntries(Object.entries(data.trials.scores).map(([name, column]) => [name, column?.map(() => null) ?? []]));
    expect(() => view(data, look)).not.toThrow();
  });
});

describe("the history", () => {
  it("shows the pages held out as the gain on the baseline", () => {
    const data = makeStudy();
    const history = historyData(data);
    expect(history.heldOut).toBeCloseTo((history.baseline ?? 0) + (data.summary.held_out?.gain.mean ?? 0), 8);
  });
  it("puts stopped trials where they would have come to", () => {
    const data = makeStudy({ screening: false });
    const history = historyData(data);
    expect(history.pruned[0]).toEqual([97, (history.baseline ?? 0) - 20]);
  });
  it("has every trial's point, so that any can be selected", () => {
    expect(seriesOf(historyChart(historyData(makeStudy({ trials: 10_000, pages: 1 })), look), "trials").data).toHaveLength(10_001);
  });
});

describe("importance", () => {
  const without = (points: number) => {
    const data = makeStudy();
    const none = (share: { mean: number }) => ({ mean: share.mean, low: null, high: null });
    const parameters = data.importance!.parameters.map((one) => ({ ...one, first_order: none(one.first_order), total_order: none(one.total_order) }));
    return { ...data, importance: { ...data.importance!, points, parameters } };
  };
  it("of too few points has no intervals, and says so", () => {
    const data = without(32);
    expect(intervalsNote(data, "en")).toBe("Too few points for confidence intervals: they need 64 or more.");
    expect(intervalsNote(data, "fr")).toContain("64");
    const view = importanceChart(data, look)!;
    expect((view.option.series as Series[]).map((one) => one.id)).toEqual(["first_order", "total_order"]);
    expect(view.table!.rows[0]!.slice(1).join()).not.toMatch(/[(–]|null|NaN/);
  });
  it("has intervals otherwise", () => {
    expect(intervalsNote(makeStudy(), "en")).toBe("");
    expect(importanceChart(makeStudy(), look)!.option.series).toHaveLength(4);
    expect(intervalsNote(without(128), "en")).toBe("No confidence intervals: one parameter alone explains anything.");
  });
});

describe("correlations", () => {
  it("are a matrix with sign, of values or of ranks", () => {
    const data = makeStudy();
    const { pearson, spearman, parameters, scores } = data.correlations!;
    const cells = seriesOf(correlationsChart(data, look, "pearson")).data as { value: number[] }[];
    expect(cells).toHaveLength(parameters.length * scores.length - 1);
    expect(cells.find((cell) => cell.value[0] === 1 && cell.value[1] === 0)?.value[2]).toBe(pearson[0]![1]);
    expect(cells.some((cell) => cell.value[2]! < 0)).toBe(true);
    const table = correlationsChart(data, look, "spearman")!.table!;
    expect(table.rows[1]![1]).toBe(spearman[1]![0]!.toFixed(2));
    expect(correlationsChart({ ...data, correlations: null }, look, "pearson")).toBeNull();
  });
});

describe("two columns of the trials", () => {
  const data = makeStudy();
  it("begin with the objective by the parameter that matters most, and may be any", () => {
    const [x, y] = usualPair(data);
    expect(y).toBe("score reference_quality");
    expect(x).toBe(`parameter ${data.importance!.parameters[0]!.name}`);
    const ids = scatterColumns(data).map((column) => column.id);
    expect(ids).toHaveLength(data.scores.length + data.parameters.length + 1);
    for (const a of ids) for (const b of ids) expect(() => scatterChart(data, look, [a, b])).not.toThrow();
  });
  it("have the values of each trial that has both", () => {
    const points = seriesOf(scatterChart(data, look, ["score confidence", "score time"]), "trials").data as number[][];
    expect(points).toHaveLength(data.trials.number.length);
    expect(points[5]).toEqual([data.trials.scores.confidence![5], data.trials.scores.time![5], 5]);
    expect(scatterChart(data, look, ["trial", "score time"])?.label).toMatch(/by Trial, \d+ trials/);
    expect(columnName(scatterColumns(data).at(-1)!, { language: "fr" })).toBe("Essai");
    expect(scatterChart(data, look, ["trial", "score none"])).toBeNull();
  });
});

it("importance is of all trials, not of those that a large search shows", () => {
  const search = { ...makeStudy({ screening: false }), importance: null };
  expect(importanceChart(search, look)).not.toBeNull();
  expect(importanceChart({ ...search, trial_count: 1_000_000 }, look)).toBeNull();
  expect(importanceChart({ ...makeStudy(), trial_count: 1_000_000 }, look)).not.toBeNull();
});

it("gains have a bar a page, and what lost another colour", () => {
  const bars = seriesOf(gainChart(makeStudy(), look)).data as { value: number; itemStyle: { color: string } }[];
  expect(bars).toHaveLength(12);
  const colours = new Set(bars.map((bar) => `${bar.value < 0} ${bar.itemStyle.color}`));
  expect(colours.size).toBe(2);
});

it("parallel coordinates draw a sample, the best last, on as many axes as fit", () => {
  const view = parallelChart(makeStudy({ trials: 5000, pages: 1, parameters: 24 }), look);
  const lines = seriesOf(view).data as { value: number[] }[];
  expect(lines).toHaveLength(600);
  const ends = lines.map((line) => line.value[line.value.length - 1] ?? 0);
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  expect(view?.option.parallelAxis).toHaveLength(parallelAxes(900));
});

it("a slice leaves out trials where the parameter doesn't exist", () => {
  const data = makeStudy();
  const at = data.parameters.findIndex((parameter) => parameter.name === "sauvola_k");
  const existing = data.trials.values[at]?.filter((value) => value !== null).length;
  expect(seriesOf(sliceChart(data, at, look), "trials").data).toHaveLength(existing ?? -1);
});

describe("cells", () => {
  const parameter = makeStudy().parameters;
  it("have each value of an odd parameter in its own, or share them", () => {
    const odd = cellsOf({ ...(parameter[1] as StudyData["parameters"][number]), low: 3, high: 9 });
    expect([odd.count, odd.of(3), odd.of(5), odd.of(9), odd.middle(1)]).toEqual([4, 0, 1, 3, 5]);
    expect(cellsOf(parameter[1] as StudyData["parameters"][number]).count).toBe(24);
  });
  it("of a logarithmic parameter cut its logarithm", () => {
    const log = cellsOf({ ...(parameter[3] as StudyData["parameters"][number]), low: 1, high: 100 });
    expect(log.of(10)).toBe(12);
    expect(log.of(100)).toBe(23);
    expect(log.middle(0)).toBeGreaterThan(1);
  });
  it("have a mean where trials are near, and none elsewhere; categories don't mix", () => {
    const x = cellsOf(parameter[0] as StudyData["parameters"][number]);
    const y = cellsOf({ ...(parameter[5] as StudyData["parameters"][number]), low: 0, high: 9 });
    const means = smoothedMeans(x, y, [{ x: 0, y: 0, value: 10 }, { x: 0, y: 1, value: 20 }]);
    expect(means[0]?.[0]?.mean).toBeGreaterThan(10);
    expect(means[0]?.[0]?.mean).toBeLessThan(15);
    expect(means[0]?.[9]?.mean).toBeNull();
    expect(means[1]?.[0]?.mean).toBeNull();
  });
});

it("a rectangle selects the trials within, ends included", () => {
  expect(inRectangle([[1, 5], [2, 6], [3, 9]], [[1, 2], [5, 6]])).toEqual([1, 2]);
  expect(inRectangle([[0.5, 5, 77], [0.6, 5, 77]], [[0, 1], [0, 9]])).toEqual([77]);
  expect(inRectangle([[Number.NaN, 5]], [[0, 1], [0, 9]])).toEqual([]);
});

it("ranges of axes are widened to numbers with few digits", () => {
  expect(roundRange(442.1034, 455.901)).toEqual({ min: 442, max: 456 });
  const range = roundRange(-0.0123, 0.634);
  expect(range.min).toBeLessThanOrEqual(-0.0123);
  expect(range.max).toBeGreaterThanOrEqual(0.634);
  expect(String(range.max).length).toBeLessThan(6);
  expect(roundRange(5, 5).max).toBeGreaterThanOrEqual(5);
});

it("long names lose their middle, and never a part of a character", () => {
  expect(shortened("binarize_sauvola", 11)).toBe("binar…uvola");
  expect(shortened("none", 5)).toBe("none");
  expect([...shortened("𝒂𝒃𝒄𝒅𝒆𝒇", 4)]).toEqual(["𝒂", "…", "𝒆", "𝒇"]);
});

it("ticks are round, and an end that would touch one has no label", () => {
  for (const [low, high] of [[0, 1], [429, 450], [0, 0.63], [-12, 30], [0, 96], [1e-7, 3e-6], [0, 1e6]] as const) {
    const step = tickStep(low, high, 5);
    expect((high - low) / step).toBeGreaterThan(2);
    expect((high - low) / step).toBeLessThan(9);
    expect([1, 2, 3, 5, 10].some((one) => Math.abs(one - step / 10 ** Math.floor(Math.log10(step) + 1e-9)) < 1e-6)).toBe(true);
  }
  expect(endLabels(0, 100, 5)).toEqual({ showMinLabel: true, showMaxLabel: true });
  expect(endLabels(429, 450, 5)).toEqual({ showMinLabel: false, showMaxLabel: true });
  expect(endLabels(0, 0.63, 5)).toMatchObject({ showMinLabel: true, showMaxLabel: false });
  expect(endLabels(0, 96, 5).showMaxLabel).toBe(true);
});

it("a search with nothing that matters has no chart of what matters", () => {
  const data = makeStudy({ trials: 40, pages: 3, pictures: 0 });
  expect(hasImportance({ ...data, importance: { ...data.importance!, parameters: [] } })).toBe(false);
  expect(hasImportance({ ...data, importance: null, parameters: [] })).toBe(false);
});

it("trials are counted without the original, pruned ones among them", () => {
  expect(trialCount({ trial_count: 97, pruned_count: 3 })).toBe(99);
  expect(trialCount({ trial_count: 0, pruned_count: 0 })).toBe(0);
});
