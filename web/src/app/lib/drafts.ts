/** Pipelines that somebody is at work on, kept in the browser. */
import type { PipelineForm } from "contract";

export interface Draft {
  id: string;
  form: PipelineForm;
  changedMs: number;
}

/** The part of localStorage that is used. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "ocrtune.drafts";
/** So that a browser's few megabytes last. */
const mostDrafts = 50;

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<Draft>;
  return typeof draft.id === "string" && typeof draft.changedMs === "number"
    && Array.isArray(draft.form?.uses) && Array.isArray(draft.form?.slots) && Array.isArray(draft.form?.ocr);
}

/** All drafts, the one changed last first; none where the browser keeps nothing or something else. */
export function loadDrafts(keeper: Keeper): Draft[] {
  try {
    const found: unknown = JSON.parse(keeper.getItem(key) ?? "[]");
    if (!Array.isArray(found)) return [];
    return found.filter(isDraft).sort((a, b) => b.changedMs - a.changedMs);
  } catch {
    return [];
  }
}

/** False where the browser has no room or forbids it. */
export function saveDrafts(keeper: Keeper, drafts: Draft[]): boolean {
  try {
    keeper.setItem(key, JSON.stringify(drafts.slice(0, mostDrafts)));
    return true;
  } catch {
    return false;
  }
}

/** The list with `draft` in its place, or first where it is new. */
export function withDraft(drafts: Draft[], draft: Draft): Draft[] {
  return [draft, ...drafts.filter((one) => one.id !== draft.id)];
}

/** A name that no other draft has: "NAME", "NAME 2" and so on. */
export function newDraftName(drafts: Draft[], name: string): string {
  const taken = new Set(drafts.map((draft) => draft.form.name));
  let count = 1;
  let candidate = name;
  while (taken.has(candidate)) {
    count += 1;
    candidate = `${name} ${count}`;
  }
  return candidate;
}
