import type { FreeParameter, StudyData } from "contract";
import { count, scoreValue, stated } from "../shared/format.ts";
import { translated } from "../shared/program_texts.ts";
import { scoreName } from "../shared/scores.ts";
import { axisNumber, base, palette, plain, shortened, type ChartView, type Look } from "./look.ts";
import { objectiveOf, quantile, rankedParameters, rowOf, shownColumn, valueName } from "./study.ts";
import { texts } from "./texts.ts";

/** Cells along a parameter with many values. */
const mostCells = 24;

/** A parameter cut into cells. */
export interface Cells {
  parameter: FreeParameter;
  count: number;
  /** Cell of a value. */
  of: (value: number) => number;
  /** Value in the middle of a cell. */
  middle: (cell: number) => number;
  /** Whether neighbouring cells have to do with each other. */
  ordered: boolean;
}

export function cellsOf(parameter: FreeParameter): Cells {
  if (parameter.type === "category" || parameter.type === "boolean") {
    const count = parameter.type === "boolean" ? 2 : Math.max(1, parameter.choices.length);
    return { parameter, count, of: (value) => Math.max(0, Math.min(count - 1, value)), middle: (cell) => cell, ordered: false };
  }
  const step = parameter.type === "odd" ? 2 : 1;
  const values = Math.floor((parameter.high - parameter.low) / step) + 1;
  const whole = parameter.type !== "real";
  if (whole && values <= mostCells) {
    const of = (value: number) => Math.max(0, Math.min(values - 1, Math.round((value - parameter.low) / step)));
    return { parameter, count: values, of, middle: (cell) => parameter.low + cell * step, ordered: true };
  }
  const log = parameter.log && parameter.low > 0;
  const [into, back] = log ? [Math.log, Math.exp] : [(value: number) => value, (value: number) => value];
  const [low, span] = [into(parameter.low), into(parameter.high) - into(parameter.low) || 1];
  const of = (value: number) => Math.max(0, Math.min(mostCells - 1, Math.floor(((into(value) - low) / span) * mostCells)));
  return { parameter, count: mostCells, of, middle: (cell) => back(low + ((cell + 0.5) / mostCells) * span), ordered: true };
}

/**
 * Means of cells, each with what its neighbours have within a bell of one and a half cells, where there is at least
 * one trial in the cell or beside it; null in the others. [x][y]
 */
export function smoothedMeans(
  x: Cells,
  y: Cells,
  points: readonly { x: number; y: number; value: number }[],
): { mean: number | null; count: number }[][] {
  const sums = Array.from({ length: x.count }, () => Array.from({ length: y.count }, () => ({ sum: 0, count: 0 })));
  for (const point of points) {
    const cell = sums[x.of(point.x)]?.[y.of(point.y)];
    if (!cell) continue;
    cell.sum += point.value;
    ++cell.count;
  }
  // Where many trials are, a cell tells enough by itself.
  const width = points.length > 40 * x.count * y.count ? 0.5 : 1.2;
  const reach = (cells: Cells) => (cells.ordered ? Math.ceil(2 * width) : 0);
  return sums.map((column, cx) =>
    column.map((cell, cy) => {
      let [sum, weight, near] = [0, 0, 0];
      for (let dx = -reach(x); dx <= reach(x); ++dx) {
        for (let dy = -reach(y); dy <= reach(y); ++dy) {
          const other = sums[cx + dx]?.[cy + dy];
          if (!other || other.count === 0) continue;
          const bell = Math.exp(-(dx * dx + dy * dy) / (2 * width * width));
          sum += bell * other.sum;
          weight += bell * other.count;
          if (Math.abs(dx) <= 1 && Math.abs(dy) <= 1) near += other.count;
        }
      }
      return { mean: near > 0 && weight > 0 ? sum / weight : null, count: cell.count };
    }),
  );
}

/** Mean objective over the two parameters; by default those that matter most. */
export function contourChart(data: StudyData, look: Look, chosen?: [number, number]): ChartView | null {
  const ranked = rankedParameters(data);
  const [first, second] = chosen ?? [ranked[0]?.index ?? -1, ranked[1]?.index ?? -1];
  const [a, b] = [data.parameters[first], data.parameters[second]];
  if (!a || !b || first === second) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const score = objectiveOf(data);
  const values = shownColumn(data, score);
  const [x, y] = [cellsOf(a), cellsOf(b)];
  const points = values.flatMap((value, row) => {
    const [px, py] = [data.trials.values[first]?.[row] ?? null, data.trials.values[second]?.[row] ?? null];
    return value === null || px === null || py === null ? [] : [{ x: px, y: py, value }];
  });
  const means = smoothedMeans(x, y, points);
  const cells = means.flatMap((column, cx) =>
    column.flatMap((cell, cy) => (cell.mean === null ? [] : [[cx, cy, cell.mean, cell.count]])),
  );
  if (cells.length < 2) return null;
  const sorted = cells.map((cell) => cell[2] ?? 0).sort((p, q) => p - q);
  const [low = 0, high = 0] = score.minimized
    ? [quantile(sorted, 0), quantile(sorted, 0.9)]
    : [quantile(sorted, 0.1), quantile(sorted, 1)];
  const name = scoreName(score.name, look.language);
  const cellName = (of: Cells, cell: number) => plain(valueName(of.parameter, rounded(of, cell), t.yes, t.no));
  const top = cells.reduce((best, cell) => ((score.minimized ? (cell[2] ?? 0) < (best[2] ?? 0) : (cell[2] ?? 0) > (best[2] ?? 0)) ? cell : best));
  const best = rowOf(data, data.summary.best.trial);
  const [bx, by] = [data.trials.values[first]?.[best] ?? null, data.trials.values[second]?.[best] ?? null];
  // Of names each has a label, of numbers some.
  const room = (of: Cells) => (of === x ? (look.width - 130) / of.count / 6.5 : look.width < 500 ? 12 : 24);
  const axis = (of: Cells) => ({
    type: "category",
    data: Array.from({ length: of.count }, (_, cell) => cellName(of, cell)),
    name: plain(of.parameter.name) + (of.parameter.unit ? ` (${translated(of.parameter.unit, look.language)})` : ""),
    nameTextStyle: { color: colours.soft },
    axisLabel: { color: colours.soft, hideOverlap: true, interval: of.ordered ? "auto" : 0, formatter: (name: string) => shortened(name, Math.max(6, Math.floor(room(of)))) },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    splitArea: { show: false },
  });
  const ramp = score.minimized ? [...colours.ramp].reverse() : colours.ramp;
  return {
    option: {
      ...base(look),
      grid: { left: 8, right: look.width < 500 ? 16 : 84, top: 34, bottom: look.width < 500 ? 76 : 28, containLabel: true },
      xAxis: { ...axis(x), nameLocation: "middle", nameGap: 26 },
      yAxis: { ...axis(y), nameLocation: "end", nameTextStyle: { color: colours.soft, align: "left", padding: [0, 0, 0, -30] } },
      visualMap: {
        type: "continuous",
        dimension: 2,
        seriesIndex: 0,
        min: low,
        max: high === low ? (high ?? 0) + 1 : high,
        inRange: { color: ramp },
        calculable: false,
        text: [axisNumber(look)(high ?? 0), axisNumber(look)(low ?? 0)],
        orient: look.width < 500 ? "horizontal" : "vertical",
        ...(look.width < 500 ? { left: "center", bottom: 0 } : { right: 4, top: "middle" }),
        itemHeight: 140,
        itemWidth: 14,
        textStyle: { color: colours.soft },
      },
      series: [
        {
          type: "heatmap",
          data: cells,
          progressive: 0,
          tooltip: {
            formatter: (item: { value: number[] }) => {
              const [cx = 0, cy = 0, mean = 0, trials = 0] = item.value;
              return [
                `${plain(a.name)} ${cellName(x, cx)}`,
                `${plain(b.name)} ${cellName(y, cy)}`,
                `${t.mean} ${name} ${scoreValue(mean / score.scale, score, look.language)}`,
                stated(t.count, count(trials, look.language), look.language),
              ].join("\n");
            },
          },
        },
        {
          type: "scatter",
          silent: true,
          symbol: "diamond",
          symbolSize: 16,
          data: bx === null || by === null || data.summary.best.trial === 0 ? [] : [[x.of(bx), y.of(by)]],
          itemStyle: { color: "#ffffff", borderColor: "#000000", borderWidth: 1.5 },
        },
      ],
    },
    label: t.contourLabel(name, a.name, b.name, `${cellName(x, top[0] ?? 0)}, ${cellName(y, top[1] ?? 0)}`),
    table: null,
    height: look.width < 500 ? 400 : 420,
  };

  function rounded(of: Cells, cell: number): number {
    const middle = of.middle(cell);
    return of.parameter.type === "real" ? Number(middle.toPrecision(3)) : Math.round(middle);
  }
}
