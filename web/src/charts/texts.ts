import { dictionary } from "../shared/dictionary.ts";

export const texts = dictionary((t) => ({
  trial: t("trial"),
  trials: t("trials"),
  trialNumber: (number: string) => t("Trial {}", number),
  best: t("best so far"),
  baseline: t("original"),
  baselinePages: t("Original pages"),
  recommended: t("recommended"),
  onValidation: t("recommended, on the validation pages"),
  pruned: t("pruned"),
  outside: (count: string) => t("{} worse trials are not shown", count),
  historyLabel: (trials: string, objective: string, first: string, last: string) =>
    t("{} trials; the best {} changes from {} to {}.", trials, objective, first, last),
  gain: t("gain"),
  page: t("page"),
  pages: t("pages"),
  before: t("original"),
  after: t("recommended"),
  gainLabel: (better: string, worse: string, all: string) =>
    t("Of {} pages, {} improved and {} got worse.", all, better, worse),
  importance: t("share of the variance"),
  firstOrder: t("first order"),
  totalOrder: t("total"),
  importanceLabel: (names: string) => t("Most important parameters: {}.", names),
  related: t("correlation ratio with the rank of the trials"),
  parameter: t("parameter"),
  interval: t("confidence interval"),
  parallelLabel: (shown: string, all: string, parameters: string) =>
    t("{} of {} trials as lines over {} parameters; stronger colours are better.", shown, all, parameters),
  sliceLabel: (parameter: string, objective: string) => t("Trials: {} by {}.", objective, parameter),
  contourLabel: (objective: string, a: string, b: string, best: string) =>
    t("Mean {} of the trials by {} and {}; best near {}.", objective, a, b, best),
  mean: t("mean"),
  count: t("trials in this cell"),
  front: t("on the Pareto front"),
  frontLabel: (count: string, a: string, b: string) =>
    t("Pareto front of {} and {}: {} trials.", a, b, count),
  share: t("share of the time"),
  steps: t("step"),
  runs: t("runs"),
  cached: t("from the cache"),
  timingLabel: (step: string, share: string) => t("The step that takes longest: {}, {}.", step, share),
  stepNames: {
    wait: t("waiting"),
    load: t("loading pages"),
    read: t("OCR"),
    errors: t("comparing with the ground truth"),
  } as Record<string, string>,
  yes: t("on"),
  no: t("off"),
}));
