/** What somebody who works alone is not left with: a server that was away, a folder that is taken, scans that moved, what is gone. */
import { resolve } from "node:path";
import type { TrialDetail } from "contract";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { built, launch, openPage } from "../browser.ts";
import { makeVerdict } from "../make_study.ts";
import { MockServer } from "./mock_server/server.ts";
import { looked } from "./steps.ts";

const patience = 50_000;
const soon = { timeout: patience, interval: 100 };
vi.setConfig({ testTimeout: 4 * patience });
let browser: Browser;
let server: MockServer;
let page: Page;
let errors: string[];

async function begin(hash: string, options: { empty?: boolean } = {}, locale = "en-GB", viewport = { width: 1440, height: 900 }): Promise<void> {
  server = new MockServer({ page: resolve(built, "app"), ...options });
  await server.start();
  ({ page, errors } = await openPage(browser, { viewport, locale }));
  page.setDefaultTimeout(patience);
  if (hash !== "") await page.goto(server.address + hash);
}

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  await page.context().close();
  await server.stop();
});
afterAll(async () => {
  await browser.close();
});

describe("a server that was started again", () => {
  it("takes its windows back: nothing that it did not answer is left standing", async () => {
    await begin("");
    await page.route("**/api/**", (route) => route.abort());
    await page.goto(server.address + "#/studies");
    await page.getByRole("alert").or(page.locator(".banner")).first().waitFor();
    await page.unroute("**/api/**");
    await page.getByRole("link", { name: "ledgers" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await page.locator(".banner").count()).toBe(0);
  });
  it("keeps the page that is looked at while its pages are loaded", async () => {
    await begin("#/corpora/c1/3");
    await page.waitForSelector("h1");
    const name = await page.locator("h1").textContent();
    const whole = server.corpora.get("c1")!;
    server.corpora.set("c1", { ...whole, state: "loading", loads: 0, pages: [] });
    server.dropStreams();
    await expect.poll(() => server.requests.filter((one) => one === "GET /api/corpora/c1").length, soon).toBeGreaterThan(1);
    server.corpora.set("c1", whole);
    server.dropStreams();
    await expect.poll(() => server.requests.filter((one) => one === "GET /api/corpora/c1").length, soon).toBeGreaterThan(2);
    expect(page.url()).toContain("#/corpora/c1/3");
    expect(await page.locator("h1").textContent()).toBe(name);
  });
  it("in another version asks to be loaded again", async () => {
    await begin("#/runs");
    await page.waitForSelector("article");
    await expect.poll(() => server.requests.includes("GET /api/server"), soon).toBe(true);
    server.version = "0.2.0";
    server.dropStreams();
    await page.getByText("in another version").waitFor();
    await page.getByRole("button", { name: "Load the web interface again" }).click();
    await page.waitForSelector("article");
    await expect.poll(() => page.locator(".banner").count(), soon).toBe(0);
  });
});

describe("an output folder", () => {
  it("that has results of something else has a free one proposed", async () => {
    await begin("#/run");
    const output = page.getByRole("textbox", { name: "Output folder" });
    await page.getByText("Advanced", { exact: true }).click();
    expect(await output.inputValue()).toBe("texts");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForSelector("article");
    await page.goto(server.address + "#/run");
    await page.getByText("Advanced", { exact: true }).click();
    await expect.poll(() => output.inputValue(), soon).toBe("texts_2");
    await output.fill("texts");
    // The same run goes on in its folder.
    expect(await page.getByText("has results of something else").count()).toBe(0);
    await page.getByRole("combobox", { name: "Pages", exact: true }).selectOption("c2");
    await page.getByText("has results of something else").waitFor();
    await looked(page, "taken_folder");
    await page.getByRole("button", { name: "Use texts_2" }).click();
    expect(await output.inputValue()).toBe("texts_2");
    expect(await page.getByText("has results of something else").count()).toBe(0);
  });
});

describe("scans of a study that have moved", () => {
  for (const [locale, viewport] of [["en-GB", { width: 1440, height: 900 }], ["fr-FR", { width: 390, height: 844 }]] as const) {
    it(`are asked for, and found in a folder (${locale})`, async () => {
      await begin("", {}, locale, viewport);
      Object.assign(server.scans, { found: 6, missing: "/old/ledgers/07.png" });
      await page.goto(server.address + "#/studies/ledgers");
      const asked = page.locator("section.notice");
      await asked.getByText("/old/ledgers/07.png").waitFor();
      await looked(page, `moved_scans_${locale}`);
      await asked.locator("input[type=text]").fill("/somewhere");
      await asked.locator("button[type=submit]").click();
      await asked.getByRole("alert").waitFor();
      await asked.locator("summary").click();
      await asked.getByRole("button", { name: "reader", exact: true }).click();
      await asked.getByRole("button", { name: "ledgers", exact: true }).click();
      await expect.poll(() => asked.locator("input[type=text]").inputValue(), soon).toBe("/home/reader/ledgers");
      await asked.locator("button[type=submit]").click();
      await asked.waitFor({ state: "detached" });
    });
  }
});

describe("what is no longer there", () => {
  it("is told of a run and of a collection", async () => {
    await begin("");
    const apply = server.runs.start({ method: "apply", study: "", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");
    server.runs.all.get(apply)!.info.done = 12;
    server.runs.all.get("r1")!.info.done = 40;
    server.removed.add("texts").add("ledgers");
    server.corpora.set("c2", { ...server.corpora.get("c2")!, state: "failed", page_count: 0, truth_count: 0, problems: ["/home/reader/letters: isn't there"] });
    await page.goto(server.address + "#/runs");
    await page.getByText("Its output folder is no longer there.").waitFor();
    await page.getByText("Its study is no longer in the folder of the studies.").waitFor();
    expect(await page.getByRole("link", { name: "Read the texts" }).count()).toBe(0);
    await looked(page, "gone_runs");
    await page.goto(server.address + "#/corpora");
    await page.getByText("/home/reader/letters: isn't there").waitFor();
    expect(await page.getByRole("link", { name: "Find better settings" }).count()).toBe(1);
  });
});

describe("the first screen", () => {
  for (const [locale, viewport] of [["en-GB", { width: 1440, height: 900 }], ["fr-FR", { width: 1440, height: 900 }], ["en-GB", { width: 390, height: 844 }], ["fr-FR", { width: 390, height: 844 }]] as const) {
    it(`shows what a bad scan becomes (${locale}, ${viewport.width})`, async () => {
      await begin("#/", { empty: true }, locale, viewport);
      await expect.poll(() => page.locator("figure img").evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)), soon).toEqual([640, 640]);
      const slider = page.locator("figure").getByRole("slider");
      const clip = () => page.locator(".layer.after").evaluate((layer) => getComputedStyle(layer).clipPath);
      const text = page.locator("blockquote:visible");
      await slider.focus();
      await page.keyboard.press("End");
      expect(await clip()).toContain("100%");
      expect(await text.textContent()).toContain("Désanation");
      await page.keyboard.press("Home");
      expect(await clip()).not.toContain("100%");
      expect(await text.textContent()).toContain("18,30 585,60");
      expect(await slider.getAttribute("aria-valuetext")).toMatch(/^0\s% /);
      expect(await page.locator("main").textContent()).not.toMatch(/manifest|parameter|trial|pipeline|interval|paramètre|essai\b|intervalle/i);
      for (let steps = 0; steps < 6; steps += 1) await page.keyboard.press("PageUp");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await looked(page, `first_screen_${locale}_${viewport.width}`);
      await page.locator("main a.main").first().click();
      await expect.poll(() => page.url(), soon).toContain("#/corpora");
      expect(errors).toEqual([]);
    });
  }
  it("has no sample where there are pages", async () => {
    await begin("#/");
    await page.getByRole("link", { name: "Recognize the text of scans now" }).waitFor();
    expect(await page.locator("figure, .steps").count()).toBe(0);
  });
  it("has one's own work first: on a phone, a running run is seen at once", async () => {
    await begin("", {}, "fr-FR", { width: 390, height: 844 });
    server.runs.steer("r3", "resume");
    await page.goto(server.address + "#/");
    const card = page.locator("article[data-state=running]");
    await card.waitFor();
    const box = (await card.boundingBox())!;
    expect(box.y + box.height).toBeLessThan(844);
    await page.getByRole("link", { name: "letters" }).waitFor();
    await looked(page, "first_screen_running");
  });
});

describe("a study begins with its result", () => {
  const charts = () => page.locator("main h2").allTextContents();
  for (const recommends of [true, false]) {
    it(`errors and time before and after, with a verdict (${recommends})`, async () => {
      await begin("");
      server.studies.set("ledgers", { ...server.studies.get("ledgers")!, verdict: makeVerdict(recommends) });
      await page.goto(server.address + "#/studies/ledgers");
      const figures = page.locator(".large");
      await figures.waitFor();
      expect((await figures.locator("dd").allTextContents()).map((one) => one.replace(/\s/g, " "))).toEqual(
        recommends ? ["16.0 % → 2.9 %", "1.2 s → 5.1 s"] : ["16.0 % → 4.1 %", "1.2 s → 6.5 s"],
      );
      await page.locator(".chart canvas").first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2200);
      await looked(page, `study_result_${recommends}`);
      await page.getByRole("link", { name: "The page that gained most" }).click();
      await page.waitForSelector(".beside .text");
      expect(errors).toEqual([]);
    });
  }
  for (const [colorScheme, viewport] of [["light", { width: 1440, height: 900 }], ["dark", { width: 390, height: 844 }]] as const) {
    it(`in wrong characters where these are known, and keeps all other charts under Analysis (${colorScheme}, ${viewport.width})`, async () => {
      await begin("", {}, "en-GB", viewport);
      await page.emulateMedia({ colorScheme });
      await page.route("**/api/studies/ledgers/trials/*", async (route) => {
        const answer = await route.fetch();
        const detail = (await answer.json()) as TrialDetail;
        const cer = detail.number === 0 ? 0.25 : 0.1;
        await route.fulfill({ json: { ...detail, pages: detail.pages.map((one, at) => ({ ...one, scores: { ...one.scores, cer: at === 3 ? 0.3 : cer } })) } });
      });
      await page.goto(server.address + "#/studies/ledgers");
      await page.locator(".large").waitFor();
      const panel = page.getByRole("tabpanel");
      await expect.poll(() => panel.getByRole("link").first().textContent(), soon).toContain("gained most");
      await panel.locator(".chart canvas").first().waitFor();
      await panel.locator("details summary").first().click();
      await expect.poll(() => panel.locator("table").textContent(), soon).toContain("percentage points");
      expect(await panel.textContent()).not.toMatch(/(?<!percentage )points/);
      await looked(page, `study_result_${colorScheme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.getByRole("tab", { name: "Pages" }).click();
      await panel.locator("tr.choice").first().waitFor();
      expect(await panel.textContent()).not.toMatch(/(?<!percentage )points/);
      await page.getByRole("tab", { name: "Analysis" }).click();
      await page.getByRole("heading", { name: "History" }).waitFor();
      expect(await charts()).toEqual([
        "History", "Parameter importance", "Time by step", expect.stringContaining("orrelation"), "Parameters of the trials", "Pareto front",
        "Two parameters", "Any two columns of the trials", "One parameter at a time", "Trials",
      ]);
      await looked(page, `study_analysis_${colorScheme}`);
      expect(errors).toEqual([]);
    });
  }
  it("without a gain says so, and has no empty charts", async () => {
    await begin("#/studies/letters");
    await page.locator(".verdict strong").waitFor();
    await page.getByRole("tabpanel").getByText("There is nothing to compare").waitFor();
    expect(await page.getByRole("tabpanel").locator("section").count()).toBe(0);
    await looked(page, "study_result_none");
  });
});
