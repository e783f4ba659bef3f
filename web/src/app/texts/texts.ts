/** All texts of the server's page. */
import type { Language } from "../../shared/i18n.ts";
import { applied } from "./applied.ts";
import { common } from "./common.ts";
import { correction } from "./correction.ts";
import { corpus } from "./corpus.ts";
import { edits } from "./edits.ts";
import { pipeline } from "./pipeline.ts";
import { run } from "./run.ts";
import { study } from "./study.ts";
import { training } from "./training.ts";

function of(language: Language) {
  return {
    ...common[language],
    applied: applied[language],
    correction: correction[language],
    corpus: corpus[language],
    edits: edits[language],
    pipeline: pipeline[language],
    run: run[language],
    study: study[language],
    training: training[language],
  };
}

export const texts: Record<Language, ReturnType<typeof of>> = { en: of("en"), fr: of("fr") };
