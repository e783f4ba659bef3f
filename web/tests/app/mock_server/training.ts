/** Made-up training: what is to be expected of it, and what has come of it. */
import type { CorpusInfo, RunInfo, Train, TrainingEstimate } from "contract";
import { random } from "../../make_study.ts";
import type { Truths } from "./texts.ts";

/** Epochs that there may be, those that there are, and those of the first engine. */
export const epochs = { most: 40, all: 24, first: 14 };
const folds = 2;

export function estimateOf(corpus: CorpusInfo, truths: Truths): TrainingEstimate {
  const pages = corpus.pages!.filter((page) => page.truth || truths.of(corpus.id, page.index) !== null).length;
  const lines = 24 * pages;
  const problem = pages < 2 ? `${lines} lines of ${pages} page can be trained with; at least 10 lines of 2 pages are needed` : "";
  return { pages, lines, seconds: 1.1 * lines, problem };
}

type Engine = Train["engines"][number];

/** Falls from `before` and rises again a little where something is won. */
function curveOf(before: number, length: number, wins: boolean): number[] {
  const next = random(length);
  return Array.from({ length: length + 1 }, (_, epoch) =>
    epoch === 0 ? before : before * (wins ? 0.35 + 0.65 * 0.5 ** epoch + 0.004 * epoch : 0.95 + 0.1 * next()));
}

function engineOf(engine: Engine["engine"], before: number, length: number, wins: boolean, file: string): Engine {
  const curve = curveOf(before, length, wins);
  const after = wins ? Math.min(...curve) : before;
  const mean = before - after;
  return {
    engine, curve, epochs: wins ? curve.indexOf(after) : 0, cer_before: before, cer_after: after, wer_before: 4 * before, wer_after: 4 * after,
    gain: { mean, low: mean - 0.012, high: mean + 0.012 }, missing_characters: engine === "tesseract" ? ["ſ", "☞"] : [],
    ...(wins ? { file } : {}), seconds: 40,
  };
}

/** What has come of a run so far. */
export function trainingOf({ done, state, request }: RunInfo, lines: number, wins: boolean): Train {
  const reached = state === "done" ? epochs.all : done;
  const [first, second] = [Math.ceil(epochs.first / folds), Math.ceil((epochs.all - epochs.first) / folds)];
  const folder = `/home/reader/studies/${request.output}`;
  const trained = [
    ...(reached >= epochs.first ? [engineOf("tesseract", 0.0597, first, wins, `${folder}/eng.traineddata`)] : []),
    ...(reached >= epochs.all ? [engineOf("ppocr", 0.0471, second, false, "")] : []),
  ];
  const isFirst = reached < epochs.first;
  const working = {
    engine: isFirst ? ("tesseract" as const) : ("ppocr" as const), done: isFirst ? reached : reached - epochs.first, all: epochs.most / 2,
    curve: isFirst ? (reached >= first ? curveOf(0.061, first, wins) : []) : reached >= epochs.first + second ? curveOf(0.048, second, false) : [],
  };
  return {
    lang: "eng", pages: lines / 24, lines: lines - 4, truth_lines: lines, characters: 42 * (lines - 4), engines: trained, not_trained: [],
    ...(state === "done" ? {} : { at_work: working }),
  };
}
