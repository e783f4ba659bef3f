import type { StudyData } from "contract";
import { count, number } from "../shared/format.ts";
import { base, nameAxis, palette, plain, valueAxis, type ChartView, type Look } from "./look.ts";
import { texts } from "./texts.ts";

/** Share of the workers' time that each kind of step takes, the largest first. */
export function timingChart(data: StudyData, look: Look): ChartView | null {
  const steps = (data.timings?.steps ?? []).filter((step) => step.share !== null && step.share > 0);
  if (steps.length === 0) return null;
  steps.sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  const t = texts[look.language];
  const colours = palette(look);
  const name = (step: string) => t.stepNames[step] ?? step;
  const percent = (share: number | null) => `${number(100 * (share ?? 0), look.language, 1)}\u202f%`;
  const drawn = steps.filter((step) => (step.share ?? 0) >= 0.002);
  return {
    option: {
      ...base(look),
      grid: { left: 12, right: 56, top: 4, bottom: 28, containLabel: true },
      xAxis: valueAxis(look, `${t.share} (%)`, { nameGap: 26, scale: false, min: 0 }),
      yAxis: nameAxis(look, drawn.map((step) => name(step.name)), { inverse: true }),
      series: [
        {
          type: "bar",
          barMaxWidth: 16,
          itemStyle: { color: colours.best },
          label: { show: true, position: "right", color: colours.text, formatter: (item: { value: number }) => percent(item.value / 100) },
          data: drawn.map((step) => 100 * (step.share ?? 0)),
          tooltip: {
            formatter: (item: { dataIndex: number }) => {
              const step = drawn[item.dataIndex];
              if (!step) return "";
              return `${plain(name(step.name))}\n${percent(step.share)}\n${t.runs} ${count(step.count, look.language)}, ${t.cached} ${count(step.cached, look.language)}`;
            },
          },
        },
      ],
    },
    label: t.timingLabel(name(steps[0]?.name ?? ""), percent(steps[0]?.share ?? null)),
    table: {
      columns: [t.steps, t.share, t.runs, t.cached],
      rows: steps.map((step) => [
        name(step.name),
        percent(step.share),
        count(step.count, look.language),
        count(step.cached, look.language),
      ]),
    },
    height: drawn.length * 26 + 56,
  };
}

/** Milliseconds of a page in each kind of step that was run: least, quartiles and most, on a logarithmic scale. */
export function timingSpreadChart(data: StudyData, look: Look): ChartView | null {
  const steps = (data.timings?.steps ?? []).filter((step) => step.mean_ms !== null && step.max_ms !== null && step.max_ms > 0);
  if (steps.length === 0) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const name = (step: string) => t.stepNames[step] ?? step;
  const ms = (value: number | null) => (value === null ? "" : number(value, look.language, value < 10 ? 2 : 0));
  /** A logarithmic axis has no 0. */
  const shown = (value: number | null) => Math.max(value ?? 0, 0.001);
  const columns = [t.mean, t.deviation, t.least, t.median, t.p95, t.most];
  const values = (step: (typeof steps)[number]) => [step.mean_ms, step.sd_ms, step.min_ms, step.median_ms, step.p95_ms, step.max_ms].map(ms);
  return {
    option: {
      ...base(look),
      grid: { left: 12, right: 24, top: 4, bottom: 28, containLabel: true },
      xAxis: valueAxis(look, t.msPerPage, { type: "log", nameGap: 26 }),
      yAxis: nameAxis(look, steps.map((step) => name(step.name)), { inverse: true }),
      series: [
        {
          type: "boxplot",
          boxWidth: [6, 14],
          itemStyle: { color: colours.surface, borderColor: colours.best },
          data: steps.map((step) => [step.min_ms, step.p25_ms, step.median_ms, step.p75_ms, step.max_ms].map(shown)),
          tooltip: {
            formatter: (item: { dataIndex: number }) => {
              const step = steps[item.dataIndex];
              if (!step) return "";
              const lines = values(step).map((value, at) => `${columns[at]} ${value}`);
              return [plain(name(step.name)), ...lines].join("\n");
            },
          },
        },
      ],
    },
    label: t.timingSpreadLabel(String(steps.length)),
    table: { columns: [t.steps, ...columns], rows: steps.map((step) => [name(step.name), ...values(step)]) },
    height: steps.length * 26 + 56,
  };
}
