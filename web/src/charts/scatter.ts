/** Any two columns of the trials against each other. */
import type { FreeParameter, Score, StudyData } from "contract";
import { count, scoreValue } from "../shared/format.ts";
import { translated } from "../shared/program_texts.ts";
import { scoreName } from "../shared/scores.ts";
import { axisNumber, base, letterWidth, palette, plain, roundRange, shortened, smallestText, valueAxis, verticalAxis, type ChartView, type Look } from "./look.ts";
import { jitter } from "./slices.ts";
import { objectiveOf, rankedParameters, rowOf, sampleRows, shownColumn, valueName } from "./study.ts";
import { texts } from "./texts.ts";

const mostPoints = 3000;
const bestPoints = 300;

/** A column of the table of trials. */
export type ScatterColumn =
  | { id: string; kind: "trial" }
  | { id: string; kind: "score"; score: Score }
  | { id: string; kind: "parameter"; parameter: FreeParameter; index: number };

/** All that can be chosen: number of the trial, scores, parameters. */
export function scatterColumns(data: StudyData): ScatterColumn[] {
  return [
    ...data.scores.map((score): ScatterColumn => ({ id: `score ${score.name}`, kind: "score", score })),
    ...data.parameters.map((parameter, index): ScatterColumn => ({ id: `parameter ${parameter.name}`, kind: "parameter", parameter, index })),
    { id: "trial", kind: "trial" },
  ];
}

/** What is shown until somebody chooses: the objective by the parameter that matters most. */
export function usualPair(data: StudyData): [string, string] {
  const parameter = rankedParameters(data)[0]?.parameter;
  return [parameter ? `parameter ${parameter.name}` : "trial", `score ${objectiveOf(data).name}`];
}

export function columnName(column: ScatterColumn, look: Pick<Look, "language">): string {
  if (column.kind === "trial") return texts[look.language].trialColumn;
  return column.kind === "score" ? scoreName(column.score.name, look.language) : column.parameter.name;
}

const choicesOf = (column: ScatterColumn, yes: string, no: string): string[] | null =>
  column.kind !== "parameter" ? null
    : column.parameter.type === "boolean" ? [no, yes]
      : column.parameter.type === "category" ? column.parameter.choices : null;

/** Values as they are shown, by row. */
function valuesOf(data: StudyData, column: ScatterColumn): readonly (number | null)[] {
  if (column.kind === "trial") return data.trials.number;
  return column.kind === "score" ? shownColumn(data, column.score) : (data.trials.values[column.index] ?? []);
}

export function scatterChart(data: StudyData, look: Look, chosen: readonly [string, string]): ChartView | null {
  const columns = scatterColumns(data);
  const [x, y] = chosen.map((id) => columns.find((column) => column.id === id));
  if (!x || !y) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const [xs, ys] = [valuesOf(data, x), valuesOf(data, y)];
  const both = xs.map((value, row) => (value === null || (ys[row] ?? null) === null ? null : value));
  const outcomes = shownColumn(data, objectiveOf(data)).map((value, row) => (both[row] === null ? null : value));
  const rows = sampleRows(outcomes, objectiveOf(data), mostPoints, bestPoints);
  if (rows.length === 0) return null;
  const apart = (column: ScatterColumn, value: number, seed: number) =>
    value + ((choicesOf(column, t.yes, t.no)?.length ?? 0) > 1 ? 0.5 * (jitter(seed) - 0.5) : 0);
  const point = (row: number) => [apart(x, xs[row] ?? 0, row), apart(y, ys[row] ?? 0, 2 * row + 1), data.trials.number[row] ?? 0];
  const points = rows.map(point);
  const best = rowOf(data, data.summary.best.trial);
  const valueText = (column: ScatterColumn, value: number) =>
    column.kind === "trial" ? count(value, look.language)
      : column.kind === "score" ? scoreValue(value / column.score.scale, column.score, look.language)
        : valueName(column.parameter, choicesOf(column, t.yes, t.no) ? Math.round(value) : value, t.yes, t.no);
  const tip = (item: { value: number[] }) => {
    const [a = 0, b = 0, trial = 0] = item.value;
    return [t.trialNumber(count(trial, look.language)), ...([[x, a], [y, b]] as const).map(([column, value]) => `${plain(columnName(column, look))} ${plain(valueText(column, value))}`)].join("\n");
  };
  const title = (column: ScatterColumn) =>
    plain(columnName(column, look)) + (column.kind === "parameter" && column.parameter.unit ? ` (${translated(column.parameter.unit, look.language)})` : "");
  const axis = (column: ScatterColumn, values: number[]) => {
    const names = choicesOf(column, t.yes, t.no);
    const axisLabel = { color: colours.soft, fontSize: smallestText, hideOverlap: true };
    if (names) {
      const most = column === x ? Math.max(5, Math.floor((look.width - 60) / (names.length + 1) / letterWidth) - 1) : 14;
      const formatter = (value: number) => plain(shortened(names[value] ?? "", most));
      return { scale: false, min: -1, max: names.length, interval: 1, axisLabel: { ...axisLabel, interval: 0, formatter } };
    }
    if (column.kind === "parameter" && column.parameter.log && Math.min(...values) > 0) return { type: "log", axisLabel };
    return { ...roundRange(Math.min(...values), Math.max(...values)), axisLabel: { ...axisLabel, formatter: axisNumber(look) } };
  };
  return {
    option: {
      ...base(look),
      grid: { left: 4, right: 18, top: 30, bottom: 26, containLabel: true },
      xAxis: valueAxis(look, title(x), { nameGap: 24, splitLine: { show: false }, ...axis(x, points.map((one) => one[0] ?? 0)) }),
      yAxis: verticalAxis(look, title(y), axis(y, points.map((one) => one[1] ?? 0))),
      brush: { xAxisIndex: 0, yAxisIndex: 0, brushType: "rect", inBrush: {}, outOfBrush: {} },
      series: [
        {
          id: "trials", type: "scatter", data: points, symbolSize: points.length > 400 ? 4 : 7, large: true, largeThreshold: 400,
          itemStyle: { color: colours.points, opacity: 0.75 }, tooltip: { formatter: tip },
        },
        {
          id: "recommended", type: "scatter", data: best < 0 || (both[best] ?? null) === null ? [] : [point(best)], symbol: "diamond", symbolSize: 14,
          itemStyle: { color: colours.best, borderColor: colours.surface, borderWidth: 1.5 }, tooltip: { formatter: tip },
        },
      ],
    },
    label: t.scatterLabel(columnName(y, look), columnName(x, look), count(points.length, look.language)),
    table: null,
    height: 360,
  };
}
