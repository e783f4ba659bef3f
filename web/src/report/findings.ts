/** The findings of a study in sentences, and its warnings: what its verdict says, where it has one. Pure. */
import { heldOutOf, objectiveOf, pageGains, scoreOf, trialCount, type HeldOut } from "../charts/study.ts";
import type { Score, Scores, StudyData, ToldVerdict, Warning, WarningCode } from "contract";
import { count, scoreDifference, scoreInterval, scoreValue } from "../shared/format.ts";
import type { Language } from "../shared/i18n.ts";
import { scoreName } from "../shared/scores.ts";
import { texts } from "./texts.ts";

/** A score before and after. */
export interface Change {
  score: Score;
  before: number;
  after: number;
  /** Positive is better. */
  gain: number;
}

export interface Findings {
  /** Whether what was found is recommended. */
  gained: boolean;
  sentences: string[];
  /** First the errors, where there is truth, then the objective, on the validation pages where there are some. */
  changes: Change[];
  /** How many pages `changes` is of, and whether the search didn't see them. */
  pages: number;
  heldOut: boolean;
  warnings: string[];
}

function changesOf(data: StudyData, before: Scores, after: Scores): Change[] {
  const objective = objectiveOf(data);
  const names = ["cer", "wer", objective.name, "confidence", "words"];
  return [...new Set(names)].flatMap((name) => {
    const score = scoreOf(data, name);
    const [a, b] = [before[name], after[name]];
    if (!score || a === undefined || b === undefined) return [];
    return [{ score, before: a, after: b, gain: score.minimized ? a - b : b - a }];
  });
}

/** CER where pages have truth, or else the objective. */
function firstChange(data: StudyData, before: Scores, after: Scores): Change | null {
  const changes = changesOf(data, before, after);
  const objective = objectiveOf(data).name;
  const wanted = (name: string) => changes.find((change) => change.score.name === name);
  return wanted("cer") ?? wanted(objective) ?? null;
}

function changeText(change: Change | null, language: Language): string {
  if (!change) return "";
  return texts[language].change(
    scoreName(change.score.name, language),
    scoreValue(change.before, change.score, language),
    scoreValue(change.after, change.score, language),
  );
}

function nothingFound(data: StudyData, language: Language): string[] {
  const t = texts[language];
  const { summary } = data;
  const sentences = [t.nothing(count(trialCount(data), language), count(summary.pages, language))];
  const refused = summary.held_out !== null || summary.unsteady !== null || summary.confirmation === "refused";
  if (summary.confirmation === "refused") sentences.push(t.refused);
  else if (summary.unsteady !== null) sentences.push(t.unsteady(count(summary.unsteady, language)));
  else if (refused) sentences.push(t.validationRefused);
  else sentences.push(t.nothingBetter);
  sentences.push(t.keepPages);
  return sentences;
}

function heldOutSentence(data: StudyData, heldOut: HeldOut | null, language: Language): string {
  const t = texts[language];
  const score = objectiveOf(data);
  const gain = heldOut?.gain ?? data.summary.gain;
  const isSure = gain.low > 0 && gain.high > gain.low;
  const gainText = t.gain(
    scoreName(score.name, language),
    scoreDifference(score.minimized ? -gain.mean : gain.mean, score, language),
    scoreInterval(score.minimized ? { mean: -gain.mean, low: -gain.high, high: -gain.low } : gain, score, language),
  );
  if (!heldOut) return t.noValidation(gainText);
  const change = firstChange(data, heldOut.baseline, heldOut.scores);
  const errors = change && change.score.name !== score.name ? `${changeText(change, language)}; ` : "";
  return t.onValidation(count(heldOut.pages, language), errors + gainText, isSure ? t.sure : t.unsure);
}

function pagesSentence(data: StudyData, language: Language): string {
  const t = texts[language];
  const gains = pageGains(data);
  const better = gains.filter((gain) => gain.gain > 0).length;
  const worse = gains.filter((gain) => gain.gain < 0).length;
  return t.pageCounts(count(gains.length, language), count(better, language), count(worse, language));
}

function warningText(warning: Warning, language: Language): string {
  const text = texts[language].warning(warning);
  return warning.pages.length === 0 ? text : texts[language].onPages(text.replace(/\.$/, ""), named(warning.pages));
}

/** The first of them. */
function named(pages: string[]): string {
  const most = 5;
  return pages.slice(0, most).join(", ") + (pages.length > most ? ", …" : "");
}

/** Warnings about the best single trial, which a verdict does not recommend. */
const ofBestTrial: readonly WarningCode[] = ["more_errors", "fewer_words", "gain_may_be_chance", "unconfirmed", "worse_pages"];

/** The verdict's words as the program says them everywhere; the figures are those of its chart. */
function verdictFindings(data: StudyData, verdict: ToldVerdict, language: Language): Findings {
  return {
    gained: verdict.recommends,
    sentences: verdict.text[language].trim().split("\n"),
    changes: [],
    pages: verdict.pages,
    heldOut: verdict.kept_aside,
    warnings: data.summary.warnings.filter((one) => !ofBestTrial.includes(one.code)).map((one) => warningText(one, language)),
  };
}

/** Three sentences, the figures that they rest on, and warnings. */
export function findings(data: StudyData, language: Language): Findings {
  if (data.verdict) return verdictFindings(data, data.verdict, language);
  const t = texts[language];
  const { summary } = data;
  const gained = summary.best.trial !== 0;
  const heldOut = heldOutOf(data);
  const change = firstChange(data, summary.baseline, summary.best.scores);
  return {
    gained,
    sentences: gained
      ? [
          t.found(count(trialCount(data), language), count(summary.pages, language), count(summary.best.trial, language), changeText(change, language)),
          heldOutSentence(data, heldOut, language),
          pagesSentence(data, language),
        ]
      : nothingFound(data, language),
    changes: gained ? changesOf(data, heldOut?.baseline ?? summary.baseline, heldOut?.scores ?? summary.best.scores) : [],
    pages: heldOut?.pages ?? summary.pages,
    heldOut: heldOut !== null,
    warnings: summary.warnings.map((warning) => warningText(warning, language)),
  };
}
