/** Edits of a page by hand: their steps, and the handles that are moved on the page. Pure. */
import type { EditProposal, PageEdit, Point } from "contract";
import type { Size } from "./view_of_page.ts";

/** In the order in which they are done. */
export const editSteps = ["rotate", "corners", "crop", "split"] as const;
export type EditStep = (typeof editSteps)[number];

export const noEdit: PageEdit = { exclude: false, lang: null, rotate: 0, corners: null, crop: null, split: null };

/** Whether the step changes the page. */
export function hasStep(edit: PageEdit, step: EditStep): boolean {
  return step === "rotate" ? edit.rotate !== 0 : edit[step] !== null;
}

export function isEdited(edit: PageEdit): boolean {
  return edit.exclude || edit.lang !== null || editSteps.some((step) => hasStep(edit, step));
}

export function sameEdit(a: PageEdit, b: PageEdit): boolean {
  const values = (edit: PageEdit) => [edit.exclude, edit.lang, edit.rotate, edit.corners, edit.crop, edit.split];
  return JSON.stringify(values(a)) === JSON.stringify(values(b));
}

/** What is done before a step, which its pixels are those of; rotation is seen at once. */
export function before(edit: PageEdit, step: EditStep): PageEdit {
  const done = editSteps.indexOf(step);
  return {
    ...noEdit,
    rotate: edit.rotate,
    corners: done > editSteps.indexOf("corners") ? edit.corners : null,
    crop: done > editSteps.indexOf("crop") ? edit.crop : null,
  };
}

const quarter = 90;
const inHundredths = (degrees: number) => Math.round(degrees * 100) / 100;
/** From 0 to below 360; what was drawn on the page before it is rotated is no longer anywhere. */
export const rotatedTo = (edit: PageEdit, degrees: number): PageEdit => ({ ...noEdit, exclude: edit.exclude, lang: edit.lang, rotate: inHundredths((degrees + 720) % 360) % 360 });
const quartersOf = (edit: PageEdit) => Math.floor(edit.rotate / quarter + 0.5);

/** How far a page may be tilted beside its quarter turns, degrees. */
export const mostTilt = 45;

/** Its rotation by quarter turns alone, 0 to 270. */
export function quarterTurns(edit: PageEdit): number {
  return (quarter * quartersOf(edit)) % 360;
}

/** A quarter turn. */
export function turned(edit: PageEdit, degrees: 90 | -90): PageEdit {
  return rotatedTo(edit, edit.rotate + degrees);
}

/** What of a page's rotation is not quarter turns, degrees clockwise. */
export function tiltOf(edit: PageEdit): number {
  return inHundredths(edit.rotate - quarter * quartersOf(edit));
}

/** With this rotation beside the quarter turns. */
export function tilted(edit: PageEdit, degrees: number): PageEdit {
  // 45 would be a quarter turn more, and -45.
  const within = Math.min(mostTilt - 0.01, Math.max(-mostTilt, degrees));
  return rotatedTo(edit, quarter * quartersOf(edit) + within);
}

/** By how much the page leans, degrees clockwise, if it is level when rotated by `level`. */
export function leaning(edit: PageEdit, level: number): number {
  return inHundredths(((edit.rotate - level + 540) % 360) - 180);
}

/** Rotated further until the line between two points is level, or upright if it nearly is. */
export function levelled(edit: PageEdit, [from, to]: readonly Point[]): PageEdit {
  if (!from || !to || (from[0] === to[0] && from[1] === to[1])) return edit;
  const slope = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
  return rotatedTo(edit, edit.rotate - (slope - quarter * Math.round(slope / quarter)));
}

/** The ends of a line across the page, to be put onto what shall be level. */
export function levelLine({ width, height }: Size): Point[] {
  const middle = Math.round(height / 2);
  return width < 2 ? [] : [[Math.round(width * 0.15), middle], [Math.round(width * 0.85), middle]];
}

/** With a step that begins where detection proposes it, or else near the page's edges; or without it. */
export function withStep(edit: PageEdit, step: Exclude<EditStep, "rotate">, on: boolean, { width, height }: Size, proposal: EditProposal | null = null): PageEdit {
  if (!on) return { ...edit, [step]: null };
  if (step !== "crop" && proposal?.[step]) return { ...edit, [step]: proposal[step] };
  const [left, top] = [Math.round(width * 0.05), Math.round(height * 0.05)];
  const [right, bottom] = [width - left, height - top];
  if (step === "corners") return { ...edit, corners: [[left, top], [right, top], [right, bottom], [left, bottom]] };
  if (step === "crop") return { ...edit, crop: [left, top, right, bottom] };
  return { ...edit, split: Math.max(1, Math.round(width / 2)) };
}

/** With the points of a step that are there to be moved before the step is used. */
export function withPoints(edit: PageEdit, step: EditStep, size: Size, proposal: EditProposal | null = null): PageEdit {
  return step === "rotate" || hasStep(edit, step) || size.width < 2 ? edit : withStep(edit, step, true, size, proposal);
}

/** The points that are moved on the page, in the order of PageEdit.corners; of a split its middle. */
export function handles(edit: PageEdit, step: EditStep, size: Size): Point[] {
  if (step === "corners") return edit.corners ?? [];
  if (step === "split") return edit.split === null ? [] : [[edit.split, Math.round(size.height / 2)]];
  if (step === "rotate" || edit.crop === null) return [];
  const [left = 0, top = 0, right = 0, bottom = 0] = edit.crop;
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

const within = (value: number, low: number, high: number) => Math.round(Math.min(high, Math.max(low, value)));

/** The edit after one of the handles was moved, kept on the page. */
export function moved(edit: PageEdit, step: EditStep, handle: number, [x, y]: Point, { width, height }: Size): PageEdit {
  if (step === "split") return { ...edit, split: within(x, 1, width - 1) };
  if (step === "corners" && edit.corners) {
    const point: Point = [within(x, 0, width), within(y, 0, height)];
    return { ...edit, corners: edit.corners.map((corner, at) => (at === handle ? point : corner)) };
  }
  if (step !== "crop" || edit.crop === null) return edit;
  let [left = 0, top = 0, right = 0, bottom = 0] = edit.crop;
  if (handle === 0 || handle === 3) left = within(x, 0, right - 1);
  else right = within(x, left + 1, width);
  if (handle < 2) top = within(y, 0, bottom - 1);
  else bottom = within(y, top + 1, height);
  return { ...edit, crop: [left, top, right, bottom] };
}
