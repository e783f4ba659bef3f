/** Correlations of parameters with scores as a matrix. */
import type { StudyData } from "contract";
import { count, number } from "../shared/format.ts";
import { scoreName } from "../shared/scores.ts";
import { base, palette, plain, shortened, type ChartView, type Look } from "./look.ts";
import { texts } from "./texts.ts";

export const correlationKinds = ["pearson", "spearman"] as const;
export type CorrelationKind = (typeof correlationKinds)[number];

/** Colours of -1, 0 and 1: their ends differ for colour-blind eyes too, and their middle is the ground. */
const ramps = { light: ["#b75300", "#ffffff", "#0b5cad"], dark: ["#f0a35a", "#1d2026", "#7db5f5"] };
/** From this strength on the text on the colour is that of the ground. */
const strong = 0.6;
const rowHeight = 26;

export function hasCorrelations(data: StudyData): boolean {
  return data.correlations !== null;
}

export function correlationsChart(data: StudyData, look: Look, kind: CorrelationKind): ChartView | null {
  const { correlations } = data;
  if (!correlations) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const ramp = look.dark ? ramps.dark : ramps.light;
  const rows = correlations[kind];
  const names = correlations.scores.map((name) => scoreName(name, look.language));
  const shown = (value: number | null) => (value === null ? "–" : number(value, look.language, 2));
  const cells = rows.flatMap((row, y) => row.map((value, x) => ({ x, y, value })));
  const known = cells.flatMap((cell) => (cell.value === null ? [] : [{ ...cell, value: cell.value }]));
  const strongest = [...known].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, 3)
    .map((cell) => `${correlations.parameters[cell.y]} – ${names[cell.x]} ${shown(cell.value)}`).join(", ");
  const narrow = look.width < 500;
  const left = narrow ? 96 : 160;
  const room = Math.max(2, Math.floor((look.width - left) / Math.max(1, names.length) / 6.5));
  // Where there is no room for the names of columns, they stand slanted.
  const slanted = names.some((name) => name.length > room);
  const top = slanted ? 104 : 34;
  const axis = { axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  return {
    option: {
      ...base(look),
      grid: { left, right: 8, top, bottom: 8 },
      xAxis: {
        ...axis, type: "category", data: names, position: "top",
        axisLabel: { color: colours.soft, interval: 0, rotate: slanted ? 50 : 0, formatter: (name: string) => plain(shortened(name, slanted ? 17 : room)) },
      },
      yAxis: {
        ...axis, type: "category", data: correlations.parameters, inverse: true,
        axisLabel: { color: colours.soft, interval: 0, formatter: (name: string) => plain(shortened(name, Math.floor((left - 12) / 6.8))) },
      },
      visualMap: { show: false, type: "continuous", dimension: 2, min: -1, max: 1, inRange: { color: ramp } },
      series: [
        {
          type: "heatmap",
          data: known.map((cell) => ({
            value: [cell.x, cell.y, cell.value],
            label: { color: Math.abs(cell.value) >= strong ? colours.surface : colours.text },
          })),
          progressive: 0,
          itemStyle: { borderColor: colours.surface, borderWidth: 1 },
          label: { show: room >= 4, formatter: (item: { value: number[] }) => shown(item.value[2] ?? 0) },
          tooltip: {
            formatter: (item: { value: number[] }) => {
              const [x = 0, y = 0, value = 0] = item.value;
              return `${plain(correlations.parameters[y] ?? "")}\n${names[x] ?? ""}\n${t.correlation} ${shown(value)}`;
            },
          },
        },
      ],
    },
    label: t.correlationsLabel(strongest, count(correlations.trials, look.language)),
    table: {
      columns: [t.parameter, ...names],
      rows: rows.map((row, y) => [correlations.parameters[y] ?? "", ...row.map((value) => (value === null ? t.noCorrelation : shown(value)))]),
    },
    height: rows.length * rowHeight + top + 12,
  };
}
