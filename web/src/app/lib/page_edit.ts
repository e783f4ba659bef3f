/** Edits of a page by hand: their steps, and the handles that are moved on the page. Pure. */
import type { PageEdit, Point } from "contract";
import type { Size } from "./view_of_page.ts";

/** In the order in which they are done. */
export const editSteps = ["rotate", "corners", "crop", "split"] as const;
export type EditStep = (typeof editSteps)[number];

export const noEdit: PageEdit = { exclude: false, rotate: 0, corners: null, crop: null, split: null };

/** Whether the step changes the page. */
export function hasStep(edit: PageEdit, step: EditStep): boolean {
  return step === "rotate" ? edit.rotate !== 0 : edit[step] !== null;
}

export function isEdited(edit: PageEdit): boolean {
  return edit.exclude || editSteps.some((step) => hasStep(edit, step));
}

export function sameEdit(a: PageEdit, b: PageEdit): boolean {
  const values = (edit: PageEdit) => [edit.exclude, edit.rotate, edit.corners, edit.crop, edit.split];
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

/** A quarter turn; what was drawn on the page before it is no longer anywhere. */
export function turned(edit: PageEdit, degrees: 90 | -90): PageEdit {
  return { ...noEdit, exclude: edit.exclude, rotate: (edit.rotate + degrees + 360) % 360 };
}

/** With a step that begins near the page's edges, or without it. */
export function withStep(edit: PageEdit, step: Exclude<EditStep, "rotate">, on: boolean, { width, height }: Size): PageEdit {
  if (!on) return { ...edit, [step]: null };
  const [left, top] = [Math.round(width * 0.05), Math.round(height * 0.05)];
  const [right, bottom] = [width - left, height - top];
  if (step === "corners") return { ...edit, corners: [[left, top], [right, top], [right, bottom], [left, bottom]] };
  if (step === "crop") return { ...edit, crop: [left, top, right, bottom] };
  return { ...edit, split: Math.max(1, Math.round(width / 2)) };
}

/** With the points of a step that are there to be moved before the step is used. */
export function withPoints(edit: PageEdit, step: EditStep, size: Size): PageEdit {
  return step === "rotate" || hasStep(edit, step) || size.width < 2 ? edit : withStep(edit, step, true, size);
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
