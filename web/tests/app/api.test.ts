import { afterEach, describe, expect, it, vi } from "vitest";
import { addresses, api, ApiError, timingOf, wasDropped } from "../../src/app/lib/api.ts";
import { standard } from "./mock_server/registry.ts";

function answering(make: () => Response | Promise<Response>) {
  const fetched = vi.fn((_path: string, _init?: RequestInit) => Promise.resolve(make()));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}
afterEach(() => vi.unstubAllGlobals());

describe("requests", () => {
  it("that change something say who asks, others don't", async () => {
    const fetched = answering(() => Response.json([]));
    await api.runs();
    await api.steerRun("r 1", "pause");
    const [first, second] = fetched.mock.calls;
    expect(first![1]).toMatchObject({ method: "GET", credentials: "same-origin", headers: {} });
    expect(second![0]).toBe("/api/runs/r%201/pause");
    expect(second![1]!.headers).toMatchObject({ "X-Requested-With": "ocrtune" });
  });
  it("keep names from leaving their place in the address", () => {
    expect(addresses.thumbnail("../x", 1, "ab")).toBe("/api/corpora/..%2Fx/pages/1/thumbnail?version=ab");
    expect(addresses.image("c", 0, "ab", 1200.4)).toBe("/api/corpora/c/pages/0/image?width=1200&version=ab");
  });
});

describe("errors", () => {
  it("have the server's line and its status", async () => {
    answering(() => Response.json({ error: "h = 200: allowed: 0 to 100" }, { status: 400 }));
    await expect(api.pipelineText(standard)).rejects.toMatchObject({ status: 400, message: "h = 200: allowed: 0 to 100" });
  });
  it("without JSON have the status", async () => {
    answering(() => new Response("oops", { status: 502, statusText: "Bad Gateway" }));
    await expect(api.server()).rejects.toMatchObject({ status: 502, message: "502 Bad Gateway" });
  });
  it("of a server that is gone say so", async () => {
    answering(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(api.server()).rejects.toMatchObject({ status: 0 });
  });
  it("of requests that were overtaken are told apart", () => {
    expect(wasDropped(new ApiError(409, "a newer one came"))).toBe(true);
    expect(wasDropped(new DOMException("", "AbortError"))).toBe(true);
    expect(wasDropped(new ApiError(422, "can't be read"))).toBe(false);
  });
});

describe("a preview", () => {
  it("has the whole image's size and its time", async () => {
    answering(() => new Response("x", { headers: { "X-Image-Size": "2480x3508", "Server-Timing": "load;dur=1.5, clahe;dur=20" } }));
    const image = await api.preview({ corpus: "c", page: 0, pipeline: standard, stage: -1, region: null, max_width: 10, view: "v" });
    expect(image).toMatchObject({ width: 2480, height: 3508, milliseconds: 21.5 });
  });
  it("without a time has none", () => expect(timingOf(null)).toBeNull());
});
