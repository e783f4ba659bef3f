/** The form that does what a study recommends. Pure. */
import type { ToldVerdict } from "contract";
import { newRunAddress } from "./route.ts";

interface Known {
  corpus?: string;
  study: string;
}

/** The form that applies what the search found, which is the study's recipe, or its best pipeline if it has none. */
export function foundResultAddress({ corpus, study }: Known): string {
  return newRunAddress({ ...(corpus === undefined ? {} : { corpus }), study, method: "apply" });
}

/** Where pages are recognized as the verdict recommends; a study without one has what it found. */
export function recommendedRunAddress(verdict: ToldVerdict | null, known: Known): string {
  if (!verdict || verdict.recommends) return foundResultAddress(known);
  const { corpus } = known;
  return newRunAddress({ ...(corpus === undefined ? {} : { corpus }), method: "apply", effort: verdict.untuned });
}
