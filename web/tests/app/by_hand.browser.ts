/** Pages that are edited by hand: by an angle, as detection proposes it, many in the same way, and recognized again. */
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { built, launch, openPage } from "../browser.ts";
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

const edited = (at = 1) => server.edits.of(server.corpora.get("c1")!, at).edit;
async function editing(locale?: string, viewport?: { width: number; height: number }): Promise<void> {
  await begin("", {}, locale, viewport);
  server.edits.proposal = { rotate: 358.9, corners: [[100, 90], [1100, 120], [1130, 1600], [90, 1580]], split: 610 };
  await page.goto(`${server.address}#/corpora/c1/1?edit`);
  await page.waitForSelector(".page img");
}

describe("a page by hand", () => {
  it("is rotated by an angle, and until a line is level", async () => {
    await editing();
    await page.getByRole("button", { name: "Make the text level" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => edited().rotate, soon).toBe(358.9);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Make the text level");
    await page.getByRole("spinbutton", { name: "Angle, degrees" }).fill("-1.5");
    await page.keyboard.press("Tab");
    await expect.poll(() => edited().rotate, soon).toBe(358.5);
    await page.getByRole("slider", { name: "Rotate by an angle" }).press("ArrowRight");
    await expect.poll(() => edited().rotate, soon).toBe(358.6);
    await page.getByText("The text lines rise to the right by 0.3°.").waitFor();
    await page.getByRole("button", { name: "Make the text level" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The text lines are level.").waitFor();
    await expect.poll(() => edited().rotate, soon).toBe(358.9);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Make the text level");
    await page.getByRole("button", { name: "Without edits" }).click();
    await page.getByRole("spinbutton", { name: "Right end of the line, from the top, px" }).fill("920");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Make the line level" }).click();
    await expect.poll(() => edited().rotate, soon).toBeGreaterThan(350);
    await looked(page, "edit_rotate");
    expect(errors).toEqual([]);
  });
  it("has the corners and the gutter proposed that are detected", async () => {
    await editing();
    await page.getByRole("radio", { name: "Straighten" }).check();
    await page.getByText("The corners were detected.").waitFor();
    expect(edited().corners).toBeNull();
    await page.getByRole("checkbox", { name: "Make a photographed sheet a rectangle" }).check();
    await expect.poll(() => edited().corners, soon).toEqual(server.edits.proposal.corners);
    await page.getByRole("radio", { name: "Split" }).check();
    await page.getByText("The gutter was detected.").waitFor();
    await page.getByRole("checkbox", { name: "Divide into two pages" }).check();
    await expect.poll(() => edited().split, soon).toBe(610);
  });
  it("has a language of its own", async () => {
    await editing();
    const choice = page.getByRole("combobox", { name: "Language of this page" });
    await choice.selectOption({ label: "German (deu)" });
    await expect.poll(() => edited().lang, soon).toBe("deu");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => edited().lang, soon).toBeNull();
    expect(errors).toEqual([]);
  });
  it("says which language was detected, once it is looked for", async () => {
    await begin("");
    const inGerman = (lang: string) => {
      const corpus = server.corpora.get("c1")!;
      server.corpora.set("c1", { ...corpus, lang, pages: corpus.pages!.map((one) => ({ ...one, lang: "deu" })) });
    };
    inGerman("eng");
    await page.goto(`${server.address}#/corpora/c1/1?edit`);
    const choice = page.getByRole("combobox", { name: "Language of this page" });
    await choice.waitFor();
    const told = page.getByText("Detected: German (deu)");
    expect(await told.count()).toBe(0);
    await choice.selectOption({ label: "detected (auto)" });
    // Of the page as it is loaded again with this edit.
    await expect.poll(() => edited().lang, soon).toBe("auto");
    await told.waitFor();
    await choice.selectOption({ label: "French (fra)" });
    await told.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Without edits" }).click();
    await expect.poll(() => edited().lang, soon).toBeNull();
    expect(await told.count()).toBe(0);
    inGerman("auto");
    await page.reload();
    await told.waitFor();
    await looked(page, "edit_detected_language");
    expect(errors).toEqual([]);
  });
  for (const [locale, viewport] of [["en-GB", { width: 390, height: 844 }], ["fr-FR", { width: 1440, height: 900 }]] as const) {
    it(`is an example for others (${locale})`, async () => {
      await editing(locale, viewport);
      await page.locator("main button").filter({ hasText: "↻" }).click();
      await page.locator("main details summary").click();
      await page.locator("main details select").selectOption("even");
      await page.locator("main details button").click();
      await page.locator("main details [role=status]").waitFor();
      expect([edited(1).rotate, edited(3).rotate, edited(2).rotate]).toEqual([90, 90, 0]);
      await looked(page, `edit_others_${locale}`);
    });
  }
});

describe("pages that were edited since they were recognized", () => {
  it("are told, and recognized again into the same folder", async () => {
    await begin("");
    const run = server.runs.start({ method: "apply", study: "", corpus: "c1", pipeline: null, output: "texts", options: { effort: "normal" } }, "done");
    server.runs.all.get(run)!.info.done = 12;
    server.edits.since = 2;
    await page.goto(`${server.address}#/runs/${run}/texts`);
    await page.getByText("2 pages were edited since they were recognized.").waitFor();
    await looked(page, "edited_since");
    await page.getByRole("button", { name: "Recognize again" }).click();
    await expect.poll(() => [...server.runs.all.values()].filter((one) => one.info.request.output === "texts").length, soon).toBe(2);
    await page.waitForSelector("article");
  });
});
