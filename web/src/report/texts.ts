import type { Warning, WarningCode } from "contract";
import { count, number } from "../shared/format.ts";
import { dictionary } from "../shared/dictionary.ts";
import type { Language, Translator } from "../shared/i18n.ts";

type Values = Record<string, number>;

/** What the report says of a warning in another language than English, in which the program has said it. */
function translatedWarnings(t: Translator, language: Language): Record<WarningCode, (values: Values) => string> {
  const counted = (value: number | undefined) => count(value ?? 0, language);
  const pages = (value: number | undefined) => t.count(counted(value), "{} page", "{} pages", counted(value));
  const spearman = (values: Values) => number(values.spearman ?? 0, language, 2);
  return {
    more_errors: () => t("The objective improved, but the character error rate increased; consider the objective `cer`."),
    fewer_words: () => t("At least a fifth of the words were lost; the higher confidence may come from omitted words."),
    gain_may_be_chance: (values) =>
      t("The confidence interval of the gain on the validation pages includes 0: other pages may not gain.") +
      (values.pages_needed === undefined
        ? ""
        : ` ${t("To confirm a gain of this size takes about {} for validation (--hold-out).", pages(values.pages_needed))}`),
    objective_parts_from_errors: (values) =>
      t("On {} with ground truth, the objective correlates weakly with the character error rate (Spearman {}); consider the objective `cer`.", pages(values.pages), spearman(values)),
    objective_parts_from_agreement: (values) =>
      t("The objective correlates weakly with the agreement of the OCR results (Spearman {}); consider the objective `agreement`.", spearman(values)),
    unconfirmed: () => t("The scores are those of the OCR engine of the study; they are not confirmed with Tesseract yet."),
    worse_pages: ({ count }) => t.count(counted(count), "{} page got worse.", "{} pages got worse.", counted(count)),
    poorly_recognized_pages: ({ count }) =>
      t.count(counted(count), "{} page is poorly recognized with any settings.", "{} pages are poorly recognized with any settings.", counted(count)),
    doubtful_pages: ({ count }) =>
      t.count(
        counted(count),
        "{} page has OCR results that differ so much that its text cannot be trusted.",
        "{} pages have OCR results that differ so much that their text cannot be trusted.",
        counted(count),
      ),
    failed_pages: ({ count }) =>
      t("A pipeline failed on a page, or turned it into noise, {} times; such a page has the worst score.", counted(count)),
  };
}

export const texts = dictionary((t, language) => ({
  title: (study: string) => t("Report of the study {}", study),
  skip: t("Skip to the findings"),
  contents: t("Contents"),
  unreadable: t("This file contains no study, or a study of another version of ocrtune. Create the report again: ocrtune report STUDY -o report.html"),
  found: (points: string, pages: string, id: string, change: string) =>
    t.count(pages, "Of {} trials on {} page, trial {} is recommended: {}.", "Of {} trials on {} pages, trial {} is recommended: {}.", points, pages, id, change),
  change: (name: string, before: string, after: string) => t("{} from {} to {}", name, before, after),
  gain: (name: string, gain: string, interval: string) => t("{} changes by {} (95 % confidence interval {})", name, gain, interval),
  onValidation: (pages: string, text: string, sure: string) =>
    t.count(pages, "On {} validation page, {}; {}.", "On {} validation pages, {}; {}.", pages, text, sure),
  noValidation: (text: string) => t("On the same pages {}; there were no validation pages, so the gain is optimistic.", text),
  sure: t("the gain is significant"),
  unsure: t("the gain may be due to chance"),
  pageCounts: (all: string, better: string, worse: string) => {
    const improved = t.count(better, "{} improved", "{} improved", better);
    const degraded = t.count(worse, "{} got worse", "{} got worse", worse);
    return t.count(all, "Of the {} page of the search, {} and {}.", "Of the {} pages of the search, {} and {}.", all, improved, degraded);
  },
  nothing: (points: string, pages: string) =>
    t.count(pages, "No gain: of {} trials on {} page, none is recommended.", "No gain: of {} trials on {} pages, none is recommended.", points, pages),
  nothingBetter: t("No trial has a better mean than the original pages."),
  unsteady: (id: string) => t("Trial {} had a better mean, but only because of a few pages.", id),
  validationRefused: t("The trials that improved the pages of the search did not improve the validation pages."),
  refused: t("The gain with the OCR engine of the study was not confirmed with Tesseract."),
  keepPages: t("Use the original pages."),
  figuresValidation: (pages: string) =>
    t.count(pages, "On {} validation page", "On {} validation pages", pages),
  figuresTuned: (pages: string) =>
    t.count(pages, "On the {} page of the search", "On the {} pages of the search", pages),
  score: t("Score"),
  before: t("Original"),
  after: t("Recommended"),
  difference: t("Difference"),
  better: t("better"),
  worse: t("worse"),
  warnings: t("Warnings"),
  onPages: (warning: string, pages: string) => t("{}: {}.", warning, pages),
  warning: (warning: Warning) =>
    language === "en" ? warning.text.charAt(0).toUpperCase() + warning.text.slice(1) : translatedWarnings(t, language)[warning.code](warning.values),
  findings: t("Findings"),
  pages: t("Pages before and after preprocessing"),
  pagesHelp: t("The pages with the largest gains and losses. Move the slider with the mouse or the arrow keys."),
  choosePage: t("Page"),
  validationMark: t("validation"),
  sliderLabel: (page: string) => t("Share of {} shown as original", page),
  sliderValue: (percent: string) => t("{} % original, the rest preprocessed", percent),
  imageBefore: (page: string) => t("{}, original", page),
  imageAfter: (page: string) => t("{} after the recommended pipeline", page),
  imageAfterBest: (page: string) => t("{} after the best pipeline of the search", page),
  showWords: t("Colour words by confidence"),
  textBefore: t("OCR of the original"),
  textAfter: t("OCR after preprocessing"),
  asWords: t("Confidence"),
  asDifferences: t("Compared with the ground truth"),
  legend: t("Confidence"),
  wrongCharacters: t("wrong characters"),
  below: (end: number) => t("below {}", end),
  from: (end: number) => t("{} and more", end),
  between: (low: number, high: number) => t("{} to {}", low, high),
  missing: t("missing"),
  extra: t("wrongly recognized"),
  same: t("identical to the ground truth"),
  noText: t("No text was recognized."),
  gainPerPage: t("Gain of each page"),
  gainHelp: t("The score of each page with the recommended pipeline, minus that of the original page. The worst pages come first."),
  gainHelpBest: t("The score of each page with the best pipeline of the search, minus that of the original page. The worst pages come first."),
  history: t("History"),
  historyHelp: t("The mean score of every trial, and the best value so far."),
  importance: t("Parameter importance"),
  importanceHelp: t("Sobol indices: the share of the objective's variance that a parameter explains alone (first order) and including interactions (total), with 95 % confidence intervals."),
  relatedHelp: t("Correlation ratio of each parameter and the rank of the trials. A search samples good regions more densely, so this is less reliable than a screening (ocrtune screen)."),
  parallel: t("Parallel coordinates"),
  parallelHelp: t("One line per trial; stronger colours are better trials. Drag along an axis to keep only the lines that cross the selected range."),
  slices: t("One parameter at a time"),
  slicesHelp: t("The most important parameters come first. The dashed line marks the original pages, the diamond the recommended trial."),
  slicesHelpBest: t("The most important parameters come first. The dashed line marks the original pages, the diamond the best trial."),
  moreSlices: (count: string) => t("Show {} more", count),
  correlations: t("Correlations"),
  correlationsHelp: t("How each parameter and each score rise together over the trials: 1 always, −1 one falls when the other rises, 0 neither. Of a search, whose points are close to the best ones, they say less than of a screening (ocrtune screen)."),
  scatter: t("Any two columns of the trials"),
  scatterHelp: t("Each point is a trial, the diamond the best one."),
  contour: t("Two parameters together"),
  contourHelp: t("Smoothed means of the trials. Empty cells have no trial nearby."),
  front: t("Pareto front"),
  frontHelp: t("The trials that no other trial dominates."),
  timing: t("Time by step"),
  timingHelp: (busy: string, workers: string) => t("The workers were busy for {} of {}.", busy, workers),
  pipeline: t("Pipeline"),
  pipelineBest: t("Recommended for all pages. Save it as a file for `ocrtune apply --pipeline`."),
  pipelineBestOnly: t("The best single pipeline of the search. The findings say what is recommended."),
  pipelineRaw: t("No pipeline beats the original pages; this one leaves them unchanged."),
  pipelineRecipe: t("The recipe that was found: pipelines, OCR engines and choices by the time that a page may take. Save it as a file for `ocrtune apply --recipe`."),
  pipelineSearched: t("The pipeline that was searched, with its free parameters."),
  recommendedTab: t.in("pipeline", "Recommended"),
  bestTab: t("Best pipeline"),
  recipeTab: t("Recipe"),
  searchedTab: t("Searched"),
  copyPipeline: t("Copy"),
  save: t("Save as a file"),
  measured: t("Settings of the study"),
  study: t("Study"),
  program: t("Program"),
  engine: t("OCR engine"),
  referenceEngine: t("Further OCR engine of the references"),
  models: t("Models"),
  language: t("Language"),
  modes: t("Page segmentation mode and OCR engine mode"),
  objectives: t("Objectives"),
  constraints: t("Constraints"),
  sampler: t("Sampler"),
  design: t("screening (Sobol points)"),
  pruner: t("Pruner"),
  seed: t("Random seed"),
  trials: t("Trials"),
  trialsText: (finished: string, pruned: string, first: string) =>
    t("{} finished, {} pruned; {} initial points", finished, pruned, first),
  corpus: t("Pages"),
  corpusText: (tuned: string, validation: string, withGroundTruth: string) => t("{} for the search, {} for validation; {} with ground truth", tuned, validation, withGroundTruth),
  begun: t("Start"),
  ended: t("End"),
  searched: t("Searched pipeline"),
  none: t("none"),
  pageList: t("All pages"),
  pageName: t("Page"),
  pageSize: t("Size, px"),
  pageUse: t("Used for"),
  tunedOn: t("search"),
  groundTruth: t("Ground truth"),
  yes: t("yes"),
  no: t("no"),
}));
