import { expect, it } from "vitest";
import { errorCurveChart, type ErrorCurve } from "../../src/charts/error_curve.ts";
import { languages } from "../../src/shared/i18n.ts";

const curves: ErrorCurve[] = [
  { name: "Tesseract", values: [0.0597, 0.031, 0.0239, 0.025], chosen: 2 },
  { name: "PP-OCRv6", values: [0.0471, 0.048], chosen: null },
];
const look = { language: "en", dark: false, width: 600 } as const;

it("errors are a line for each engine, by epoch, in percent, with the epoch that was chosen", () => {
  const view = errorCurveChart(curves, look)!;
  const { series, xAxis, yAxis } = view.option as {
    series: { name: string; data: { value: number[]; symbol: string }[]; lineStyle: { color: string } }[]; xAxis: { max: number }; yAxis: { min: number };
  };
  expect(series.map((one) => one.name)).toEqual(["Tesseract", "PP-OCRv6"]);
  expect(series[0]!.data.map((one) => one.value[0])).toEqual([0, 1, 2, 3]);
  expect(series[0]!.data[2]!.value[1]).toBeCloseTo(2.39, 9);
  expect(series.map((one) => one.data.map((point) => point.symbol).indexOf("diamond"))).toEqual([2, -1]);
  expect(new Set(series.map((one) => one.lineStyle.color)).size).toBe(2);
  expect([xAxis.max, yAxis.min]).toEqual([3, 0]);
});

it("say what they are, and are a table, in every language", () => {
  expect(errorCurveChart(curves, look)?.label).toBe(
    "Tesseract: wrong characters on pages left out from 5.97\u202f% to 2.39\u202f%. PP-OCRv6: wrong characters on pages left out from 4.71\u202f% to 4.80\u202f%.");
  for (const language of languages) {
    const { label, table } = errorCurveChart(curves, { language, dark: true, width: 320 })!;
    expect(label).not.toMatch(/undefined|NaN/);
    expect(table!.rows).toHaveLength(4);
    expect(table!.rows[3]![2]).toBe("");
    for (const row of table!.rows) expect(row).toHaveLength(table!.columns.length);
  }
});

it("are not drawn before there are any", () => {
  expect(errorCurveChart([], look)).toBeNull();
  expect(errorCurveChart([{ name: "Tesseract", values: [], chosen: null }], look)).toBeNull();
});
