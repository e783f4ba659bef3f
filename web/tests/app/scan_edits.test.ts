import { describe, expect, it } from "vitest";
import type { PageEdit, ScanEdit } from "contract";
import { ApiError } from "../../src/app/lib/api.ts";
import { noEdit } from "../../src/app/lib/page_edit.ts";
import { ScanEdits } from "../../src/app/lib/scan_edits.svelte.ts";

const rotated = (rotate: number): PageEdit => ({ ...noEdit, rotate });
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A server whose answers can be held back. */
function made() {
  const now: ScanEdit = { file: "1.png", number: 1, version: "", edit: noEdit };
  const saves: { page: number; edit: PageEdit; leaving: boolean }[] = [];
  let held: Promise<void> = Promise.resolve();
  const store = {
    scanEdit: async () => ({ ...now }),
    saveEdit: async (_corpus: string, page: number, edit: PageEdit, version: string, leaving = false) => {
      saves.push({ page, edit, leaving });
      await held;
      if (version !== now.version) throw new ApiError(409, "changed meanwhile");
      now.version = `v${saves.length}`;
      now.edit = edit;
      return { version: now.version };
    },
  };
  const hold = () => {
    let go = () => {};
    held = new Promise((done) => (go = done));
    return go;
  };
  return { now, saves, hold, scan: new ScanEdits("c1", 3, { ...now }, store, 5) };
}

describe("edits of a scan", () => {
  it("are saved when a movement rests, once", async () => {
    const { scan, saves } = made();
    for (const rotate of [90, 180, 270]) scan.change(rotated(rotate), true);
    await wait(20);
    expect(saves).toEqual([{ page: 3, edit: rotated(270), leaving: false }]);
    expect([scan.unsaved, scan.saying]).toEqual([false, "saved"]);
    scan.undo();
    await wait(20);
    expect(saves.at(-1)!.edit).toEqual(noEdit);
    expect(scan.canUndo).toBe(false);
  });
  it("are saved at once when the page is left, one after the other", async () => {
    const { scan, saves, hold } = made();
    const go = hold();
    scan.change(rotated(90));
    const first = scan.flush();
    await wait(1);
    scan.change(rotated(180));
    const second = scan.flush(true);
    await wait(1);
    expect(saves).toHaveLength(1);
    go();
    await Promise.all([first, second]);
    expect(saves.map((one) => [one.edit.rotate, one.leaving])).toEqual([[90, false], [180, true]]);
    expect([scan.unsaved, scan.problem, scan.conflict]).toEqual([false, "", null]);
  });
  it("that are undone before they are saved are not sent", async () => {
    const { scan, saves } = made();
    scan.change(rotated(90));
    scan.undo();
    await scan.flush();
    expect(saves).toEqual([]);
    scan.change(rotated(90));
    scan.change(rotated(180));
    scan.undo();
    expect(scan.edit).toEqual(rotated(90));
  });
  it("wait while the number of the page may be another's", async () => {
    const { scan, saves } = made();
    scan.hold();
    scan.change(rotated(90));
    await wait(20);
    expect(saves).toEqual([]);
    scan.index = 4;
    scan.release();
    await scan.flush();
    expect(saves.map((one) => one.page)).toEqual([4]);
  });
  it("of another window are not overwritten unasked", async () => {
    const { scan, now } = made();
    Object.assign(now, { version: "theirs", edit: rotated(180) });
    scan.change(rotated(90));
    await scan.flush();
    expect(now.edit).toEqual(rotated(180));
    expect(scan.conflict?.edit).toEqual(rotated(180));
    await scan.replaceTheirs();
    expect(now.edit).toEqual(rotated(90));
    Object.assign(now, { version: "theirs again", edit: rotated(270) });
    scan.change(noEdit);
    await scan.flush();
    scan.takeTheirs();
    expect([scan.edit, scan.unsaved, scan.conflict]).toEqual([rotated(270), false, null]);
  });
  it("are kept when the server has others, and taken over when nothing is unsaved", () => {
    const { scan } = made();
    const theirs = { file: "1.png", number: 1, version: "x", edit: rotated(180) };
    scan.change(rotated(90));
    scan.refresh(theirs);
    expect(scan.edit).toEqual(rotated(90));
    scan.undo();
    scan.refresh(theirs);
    expect(scan.edit).toEqual(rotated(180));
    expect([scan.isOf(theirs), scan.isOf({ ...theirs, number: 2 })]).toEqual([true, false]);
  });
  it("say why they could not be saved, and are tried again", async () => {
    const { scan, now, saves } = made();
    const refusing = new ScanEdits("c1", 3, now, {
      scanEdit: async () => now,
      saveEdit: async () => {
        throw new ApiError(500, "the disk is full");
      },
    }, 5);
    refusing.change(rotated(90));
    await refusing.flush();
    expect([refusing.problem, refusing.unsaved]).toEqual(["the disk is full", true]);
    expect([scan.problem, saves.length]).toEqual(["", 0]);
  });
});
