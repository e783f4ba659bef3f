import { describe, expect, it } from "vitest";
import type { RunInfo, RunRequest } from "contract";
import { expectedSeconds, wayOf, type Planned } from "../../src/app/lib/run_cost.ts";

const run = (method: RunRequest["method"], corpus: string, done: number, busy_s: number, request: Partial<RunRequest> = {}, state: RunInfo["state"] = "done") =>
  ({ method, corpus, done, busy_s, state, request: { study: "", pipeline: null, options: {}, ...request } }) as RunInfo;
const pagesOf = (corpus: string) => ({ few: 10, many: 400 })[corpus] ?? null;
const effort = (name: string) => ({ options: { effort: name } });
const expected = (changed: Partial<Planned>, runs: RunInfo[]) =>
  expectedSeconds({ method: "apply", corpus: "few", pages: 10, way: "effort normal", trials: 120, ...changed }, runs, pagesOf);

describe("the time of a run", () => {
  it("of pages that are recognized is that of the same way, rather of the same pages", () => {
    const runs = [run("apply", "many", 400, 400, effort("normal")), run("apply", "few", 10, 30, effort("normal")), run("apply", "few", 10, 90, effort("high"))];
    expect(expected({}, runs)).toBe(30);
    expect(expected({ corpus: "new", pages: 50 }, runs)).toBe(50);
    expect(expected({ way: "effort high" }, runs)).toBe(90);
    expect(expected({ way: "study a.db" }, runs)).toBeNull();
  });
  it("of a search grows with its trials, and with its pages up to 40 where it is tuned", () => {
    const runs = [run("tune", "few", 60, 600), run("optimize", "few", 60, 600)];
    expect(expected({ method: "tune" }, runs)).toBe(1200);
    expect(expected({ method: "tune", corpus: "many", pages: 400 }, runs)).toBe(4800);
    expect(expected({ method: "optimize", corpus: "many", pages: 400 }, runs)).toBe(48_000);
    expect(expected({ method: "tune", trials: null }, runs)).toBeNull();
  });
  it("is not told by runs that were stopped, have failed or are of pages that are gone", () => {
    const runs = [run("tune", "few", 60, 600, {}, "cancelled"), run("tune", "few", 0, 0, {}, "failed"), run("tune", "gone", 60, 600)];
    expect(expected({ method: "tune" }, runs)).toBeNull();
    expect(expected({}, [])).toBeNull();
    expect(expected({ pages: 0 }, [run("apply", "few", 10, 30, effort("normal"))])).toBeNull();
  });
  it("knows ways by what pages are recognized with", () => {
    const request = { study: "a.db", pipeline: null, options: {} };
    expect(wayOf(request)).toBe("study a.db");
    expect(wayOf({ ...request, study: "", options: { effort: "low" } })).toBe("effort low");
    expect(wayOf({ ...request, study: "", pipeline: { name: "mine" } as RunRequest["pipeline"] })).toBe("pipeline mine");
  });
});
