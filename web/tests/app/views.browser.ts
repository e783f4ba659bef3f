/** Every view of the server's page: wide and on a phone, light and dark; axe finds nothing serious, nobody complains. */
import { resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, built, focusStops, launch, openPage, screenshot, windows, zoomed } from "../browser.ts";
import { MockServer } from "./mock_server/server.ts";
import { standard } from "./mock_server/registry.ts";

const app = resolve(built, "app");
let browser: Browser;
let full: MockServer;
let empty: MockServer;

beforeAll(async () => {
  browser = await launch();
  full = new MockServer({ page: app });
  empty = new MockServer({ page: app, empty: true });
  await Promise.all([full.start(), empty.start()]);
  full.runs.steer("r3", "resume");
  full.runs.start({ method: "apply", study: "ledgers.db", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");  // r4
  const training = { method: "train" as const, study: "", corpus: "c1", pipeline: null, output: "models", options: { add_characters: true } };
  full.runs.start(training, "done");  // r5
  full.runs.start({ ...training, output: "models_2", corpus: "c2" }, "paused");  // r6
  for (const page of [0, 1, 2]) full.truths.save("c2", page, { text: "corrected", version: "" });
  Object.assign(full.runs.all.get("r5")!.info, { done: 24, busy_s: 158 });
  Object.assign(full.runs.all.get("r6")!.info, { done: 20, busy_s: 131 });
});
afterAll(async () => {
  await browser.close();
  await Promise.all([full.stop(), empty.stop()]);
});

const draft = JSON.stringify([{ id: "d1", form: standard, changedMs: 1 }]);

interface View {
  name: string;
  hash: string;
  /** Is there when the view is drawn. */
  ready: string;
  then?: (page: Page) => Promise<void>;
}

const views: View[] = [
  { name: "start", hash: "", ready: "article" },
  { name: "corpora", hash: "#/corpora", ready: ".entries li" },
  { name: "corpus", hash: "#/corpora/c1", ready: ".tile img" },
  { name: "page", hash: "#/corpora/c1/2", ready: ".text .hardly, .text .doubtful" },
  {
    name: "edit_page", hash: "#/corpora/c1/2?edit", ready: ".page img",
    then: async (page) => {
      await page.getByRole("radio").nth(2).check();
      await page.getByRole("checkbox").first().check();
      await page.waitForSelector(".page polygon");
    },
  },
  {
    name: "page_engines", hash: "#/corpora/c1/2", ready: ".text .hardly, .text .doubtful",
    then: async (page) => {
      await page.getByRole("tab").last().click();
      await page.waitForSelector(".columns mark");
    },
  },
  {
    name: "pipeline", hash: "#/pipeline/d1", ready: ".strip img",
    then: async (page) => {
      await page.locator(".place .title").nth(1).click();
      await page.locator(".place details summary").first().click();
      await page.waitForSelector(".figures dd .small");
    },
  },
  { name: "new_run", hash: "#/run?method=optimize", ready: "fieldset .method" },
  { name: "new_apply", hash: "#/run?method=apply&study=ledgers", ready: "fieldset .method" },
  { name: "new_train", hash: "#/run?method=train", ready: "fieldset .method" },
  { name: "new_with_models", hash: "#/run?method=apply&effort=normal&models=r5", ready: "select:has(option[value=r5]:checked)" },
  { name: "runs", hash: "#/runs", ready: "article" },
  { name: "run", hash: "#/runs/r3", ready: "canvas" },
  { name: "trained", hash: "#/runs/r5", ready: ".verdict strong" },
  { name: "training", hash: "#/runs/r6", ready: ".verdict strong" },
  { name: "texts", hash: "#/runs/r4/texts?words=pounds%20led", ready: "mark" },
  { name: "all_texts", hash: "#/runs/r4/texts", ready: "h2" },
  { name: "text", hash: "#/runs/r4/texts/2", ready: ".text" },
  {
    name: "correction", hash: "#/runs/r4/texts/2", ready: ".text",
    then: async (page) => {
      await page.getByRole("tab").nth(1).click();
      await page.locator("textarea").focus();
      await page.keyboard.press("F8");
      await page.waitForSelector("rect.marked");
    },
  },
  { name: "studies", hash: "#/studies", ready: ".studies .figures" },
  { name: "study", hash: "#/studies/ledgers", ready: ".verdict strong" },
  {
    name: "study_analysis", hash: "#/studies/ledgers", ready: ".verdict strong",
    then: async (page) => {
      await page.getByRole("tab").nth(1).click();
      await page.waitForSelector("tr.choice");
    },
  },
  { name: "trial", hash: "#/studies/ledgers/7", ready: "tr.choice" },
  { name: "trial_page", hash: "#/studies/ledgers/7/2", ready: ".beside .text" },
  { name: "compare", hash: "#/compare/ledgers/letters", ready: "table" },
];

/** Every chart is drawn when the page was scrolled through. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 40));
    }
    scrollTo(0, 0);
  });
}

/** One window for the tests of a group, at half the cost of one each; every visit is a new document with nothing kept but drafts. */
function openedOnce(options: BrowserContextOptions, drafts?: string) {
  let opened: { page: Page; errors: string[] };
  let visits = 0;
  beforeAll(async () => {
    opened = await openPage(browser, options);
    await opened.page.addInitScript((kept) => {
      localStorage.clear();
      sessionStorage.clear();
      if (kept) localStorage.setItem("ocrtune.drafts", kept);
    }, drafts);
  });
  afterAll(() => opened.page.context().close());
  return {
    async visit(address: string, hash: string) {
      opened.errors.length = 0;
      await opened.page.goto(`${address}?${++visits}${hash}`);
      return opened;
    },
  };
}

/** French, which is longer, where there is the least room; everywhere under `./test.sh full`. */
const localesOf = (size: string) => ["en-GB", "fr-FR"].filter((locale) => process.env.OCRTUNE_TESTS_FULL || (locale === "fr-FR") === (size === "phone"));

for (const { size, viewport, colorScheme, locale } of windows.flatMap(({ name, ...window }) => localesOf(name).map((locale) => ({ size: name, locale, ...window })))) {
  describe(`${size}, ${colorScheme}, ${locale}`, () => {
    const at = openedOnce({ viewport, colorScheme, locale }, draft);
    for (const view of views) {
      it(view.name, async () => {
        const { page, errors } = await at.visit(full.address, view.hash);
        await page.waitForSelector(view.ready);
        await view.then?.(page);
        await scrollThrough(page);
        await screenshot(page, `app_${view.name}_${size}_${colorScheme}${locale === "fr-FR" ? "_fr" : ""}`);
        expect(await axeFindings(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(errors).toEqual([]);
      });
    }
  });
}

describe.runIf(process.env.OCRTUNE_TESTS_FULL)("at 200 %", () => {
  const at = openedOnce({ ...zoomed, colorScheme: "light", locale: "fr-FR" }, draft);
  for (const view of views) {
    it(view.name, async () => {
      const { page } = await at.visit(full.address, view.hash);
      await page.waitForSelector(view.ready);
      await view.then?.(page);
      await scrollThrough(page);
      await screenshot(page, `app_${view.name}_zoomed`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const stops = await focusStops(page);
      expect(stops.hidden).toEqual([]);
      expect(stops.names.length).toBeGreaterThan(5);
    });
  }
});

describe("nothing there yet", () => {
  const at = openedOnce({ viewport: { width: 390, height: 844 }, colorScheme: "light" });
  for (const hash of ["", "#/corpora", "#/pipeline", "#/run", "#/runs", "#/studies"]) {
    it(`${hash || "start"} says what to do`, async () => {
      const { page, errors } = await at.visit(empty.address, hash);
      await page.waitForSelector(hash === "" ? ".steps li" : hash === "#/run" ? "a[href='#/corpora'] >> nth=1" : ".empty");
      expect(await axeFindings(page)).toEqual([]);
      await screenshot(page, `app_empty_${hash.replace(/\W/g, "") || "start"}`);
      expect(errors).toEqual([]);
    });
  }
});

describe("in French", () => {
  it("no English text of the page is left in its frame", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 }, locale: "fr-FR" });
    await page.goto(full.address + "#/runs");
    await page.waitForSelector("article");
    expect(await page.locator("h1").textContent()).toBe("Exécutions");
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    expect(await page.locator("article >> text=Resume").count()).toBe(0);
    await page.context().close();
  });
  const at = openedOnce({ viewport: { width: 1440, height: 900 }, locale: "fr-FR" }, draft);
  it("a stage's documentation is French", async () => {
    const { page } = await at.visit(full.address, "#/pipeline/d1");
    await page.locator(".place .title").nth(1).click();
    await page.locator(".place details summary").first().click();
    await expect.poll(() => page.locator(".doc .markdown").textContent()).toContain("Chaque pixel devient une moyenne");
  });
});
