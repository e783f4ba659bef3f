import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunHistory, RunInfo } from "contract";
import { addTrials, emptyState, knownTrials, replaceAll, retryDelay, runsInOrder, Stream, type Source } from "../../src/app/lib/events.ts";

const trial = (number: number) => ({ number, value: number, scores: {}, delta: null, settings: [], finished_ms: number, pruned: false });
const history = (from: number, ...numbers: number[]): RunHistory => ({ id: "r", from, trials: numbers.map(trial) });
const run = (id: string, started_ms: number) => ({ id, started_ms }) as RunInfo;

describe("trials", () => {
  it("are added where they follow", () => {
    const state = emptyState();
    expect(addTrials(state, history(0, 1, 2))).toBe(true);
    expect(addTrials(state, history(2, 3))).toBe(true);
    expect(state.trials.get("r")!.map((one) => one.number)).toEqual([1, 2, 3]);
  });
  it("are refused where some between are missing", () => {
    const state = emptyState();
    expect(addTrials(state, history(1, 2))).toBe(false);
    addTrials(state, history(0, 1));
    expect(addTrials(state, history(5, 6))).toBe(false);
    expect(knownTrials(state, "r")).toBe(1);
  });
  it("an answer that is older than an event loses none of it", () => {
    const state = emptyState();
    addTrials(state, history(0, 1, 2, 3, 4));
    addTrials(state, history(1, 2, 3));
    expect(state.trials.get("r")!.map((one) => one.number)).toEqual([1, 2, 3, 4]);
  });
});

describe("the lists", () => {
  it("forget what the server doesn't have any more", () => {
    const state = emptyState();
    addTrials(state, history(0, 1));
    state.runs.set("r", run("r", 1));
    replaceAll(state, [run("s", 2)], []);
    expect([...state.runs.keys()]).toEqual(["s"]);
    expect(knownTrials(state, "r")).toBe(0);
  });
  it("have the newest run first", () => {
    expect(runsInOrder([run("a", 1), run("b", 3), run("c", 2)]).map((one) => one.id)).toEqual(["b", "c", "a"]);
  });
});

class FakeSource implements Source {
  readonly listeners = new Map<string, (event: { data?: string }) => void>();
  closed = false;
  addEventListener(type: string, listener: (event: { data?: string }) => void) {
    this.listeners.set(type, listener);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data?: unknown) {
    this.listeners.get(type)?.({ data: JSON.stringify(data) });
  }
}

describe("the stream", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const sources: FakeSource[] = [];
    const states: string[] = [];
    const events: unknown[] = [];
    let begins = 0;
    const stream = new Stream({
      open: () => {
        sources.push(new FakeSource());
        return sources.at(-1)!;
      },
      event: (name, data) => events.push([name, data]),
      state: (state) => states.push(state),
      begin: () => (begins += 1),
    });
    stream.start();
    return { stream, sources, states, events, begins: () => begins };
  }

  it("tells events", () => {
    const { sources, events, states } = open();
    sources[0]!.say("open");
    sources[0]!.say("run", { id: "r" });
    sources[0]!.say("studies", []);
    sources[0]!.say("ping", {});
    expect(events).toEqual([["run", { id: "r" }], ["studies", []]]);
    expect(states).toEqual(["connecting", "live"]);
  });
  it("is opened again when it breaks, and begins anew", () => {
    const { sources, states, begins } = open();
    sources[0]!.say("open");
    sources[0]!.say("error");
    expect(sources[0]!.closed).toBe(true);
    expect(states.at(-1)).toBe("lost");
    vi.advanceTimersByTime(500);
    sources[1]!.say("open");
    expect(states.at(-1)).toBe("live");
    expect(begins()).toBe(2);
  });
  it("counts as lost when it falls silent", () => {
    const { sources, states } = open();
    sources[0]!.say("open");
    vi.advanceTimersByTime(39_000);
    sources[0]!.say("ping");
    vi.advanceTimersByTime(39_000);
    expect(states.at(-1)).toBe("live");
    vi.advanceTimersByTime(2_000);
    expect(states).toContain("lost");
  });
  it("stays closed when it was stopped", () => {
    const { stream, sources } = open();
    sources[0]!.say("error");
    stream.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources.length).toBe(1);
  });
  it("waits longer each time, 10 s at most", () => {
    expect([1, 2, 3, 4].map(retryDelay)).toEqual([500, 1000, 2000, 4000]);
    expect(retryDelay(50)).toBe(10_000);
  });
});
