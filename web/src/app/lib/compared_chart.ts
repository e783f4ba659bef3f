import type { Score } from "contract";
import { base, lineStyle, palette, valueAxis, verticalAxis, type ChartView, type Look } from "../../charts/look.ts";
import { number, scoreDigits, scoreValue } from "../../shared/format.ts";
import { scoreName } from "../../shared/scores.ts";

/** The best so far of several studies over the number of trials. */
export function comparedChart(
  histories: readonly { id: string; steps: [number, number][] }[], score: Score, trial: string, look: Look,
): ChartView {
  const colours = palette(look);
  const name = scoreName(score.name, look.language);
  const show = (value: number | undefined) => scoreValue((value ?? Number.NaN) / score.scale, score, look.language);
  const last = histories.map((one) => one.steps[one.steps.length - 1]?.[1]);
  const option = {
    ...base(look),
    grid: { left: 8, right: 16, top: 48, bottom: 36, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colours.text }, data: histories.map((one) => one.id) },
    xAxis: valueAxis(look, trial, { nameGap: 24, min: 0, minInterval: 1, scale: false }),
    yAxis: verticalAxis(look, name, {
      scale: true,
      axisLabel: {
        color: colours.soft,
        formatter: (value: number) => number(value, look.language, Math.abs(value) >= 100 ? 0 : Math.max(0, scoreDigits(score) - 1)),
      },
    }),
    series: histories.map((one, at) => {
      const { colour, type } = lineStyle(look, at);
      return {
        id: one.id, name: one.id, type: "line", step: "end", data: one.steps, showSymbol: false,
        lineStyle: { color: colour, width: 2.5, type }, itemStyle: { color: colour },
      };
    }),
  };
  return {
    option,
    label: histories.map((one, at) => `${one.id}: ${name} ${show(last[at])}`).join("; "),
    table: { columns: ["", name], rows: histories.map((one, at) => [one.id, show(last[at])]) },
    height: 360,
  };
}
