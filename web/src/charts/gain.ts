import type { StudyData } from "contract";
import { count, scoreDifference, scoreValue } from "../shared/format.ts";
import { base, nameAxis, palette, plain, valueAxis, type ChartView, type Look } from "./look.ts";
import { objectiveOf, pageGains } from "./study.ts";
import { texts } from "./texts.ts";

const rowHeight = 22;
/** Rows that are in view at once; of more pages the rest is scrolled to. */
const mostRows = 30;

/** A bar a page: how much better the best trial reads it, the worst on top. */
export function gainChart(data: StudyData, look: Look): ChartView | null {
  const gains = pageGains(data);
  if (gains.length === 0) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const score = objectiveOf(data);
  const shown = Math.min(gains.length, mostRows);
  const difference = (value: number) => scoreDifference(value, { ...score, minimized: false }, look.language);
  const option = {
    ...base(look),
    grid: { left: 12, right: 28, top: 8, bottom: 28, containLabel: true },
    xAxis: valueAxis(look, t.gain + unitOf(), { nameGap: 26, scale: false }),
    yAxis: nameAxis(look, gains.map((gain) => gain.name), { inverse: true }),
    dataZoom:
      gains.length > mostRows
        ? [
            { type: "slider", yAxisIndex: 0, startValue: 0, endValue: mostRows - 1, width: 14, right: 2, showDetail: false },
            { type: "inside", yAxisIndex: 0, startValue: 0, endValue: mostRows - 1, zoomOnMouseWheel: false, moveOnMouseWheel: true },
          ]
        : [],
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        data: gains.map((gain) => ({
          value: gain.gain * score.scale,
          itemStyle: { color: gain.gain < 0 ? colours.loss : colours.gain },
        })),
        tooltip: {
          formatter: (item: { dataIndex: number }) => {
            const gain = gains[item.dataIndex];
            if (!gain) return "";
            const values = [gain.baseline, gain.best].map((value) => scoreValue(value, score, look.language));
            return `${plain(gain.name)}\n${values.join(" → ")}\n${difference(gain.gain)}`;
          },
        },
      },
    ],
  };
  const number = (value: number) => count(value, look.language);
  return {
    option,
    label: t.gainLabel(
      number(gains.filter((gain) => gain.gain > 0).length),
      number(gains.filter((gain) => gain.gain < 0).length),
      number(gains.length),
    ),
    table: {
      columns: [t.page, t.before, data.verdict ? t.bestTrial : t.after, t.gain],
      rows: gains.map((gain) => [
        gain.name,
        scoreValue(gain.baseline, score, look.language),
        scoreValue(gain.best, score, look.language),
        difference(gain.gain),
      ]),
    },
    height: shown * rowHeight + 64,
  };

  function unitOf(): string {
    // The number of the sample is dropped, the unit stays.
    const text = scoreDifference(0, score, look.language).replace(/^[\d.,]+\s*/u, "");
    return text ? ` (${text})` : "";
  }
}
