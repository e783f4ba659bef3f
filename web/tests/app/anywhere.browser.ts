/** What every view has: files dropped on it are taken, a run that ends is told, the texts are a click away. */
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

async function begin(hash: string, locale = "en-GB", viewport = { width: 1440, height: 900 }): Promise<void> {
  server = new MockServer({ page: resolve(built, "app") });
  await server.start();
  ({ page, errors } = await openPage(browser, { viewport, locale }));
  page.setDefaultTimeout(patience);
  await page.goto(server.address + hash);
  await page.waitForSelector("h1");
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

const apply = { method: "apply" as const, study: "", corpus: "c1", pipeline: null, output: "texts", options: {} };
const told = () => page.locator(".ended p");

/** A drag's event with files or a text, as browsers send it; whether the page has taken it. */
function drag(type: "dragover" | "drop", selector: string, what: "files" | "text"): Promise<boolean> {
  return page.locator(selector).first().evaluate((target, [event, dragged]) => {
    const dataTransfer = new DataTransfer();
    if (dragged === "text") dataTransfer.setData("text/plain", "letter");
    else for (const name of ["letter.png", "letter.txt"]) dataTransfer.items.add(new File(["x"], name));
    return !target.dispatchEvent(new DragEvent(event!, { bubbles: true, cancelable: true, dataTransfer }));
  }, [type, what]);
}

describe("files dropped", () => {
  for (const hash of ["#/", "#/runs", "#/studies/ledgers", "#/corpora"]) {
    it(`on the heading of ${hash} are selected in Pages`, async () => {
      await begin(hash);
      expect(await drag("dragover", "h1", "files")).toBe(true);
      await page.getByText("Drop page files to add them").waitFor();
      if (hash === "#/") await looked(page, "drop_anywhere");
      expect(await drag("drop", "h1", "files")).toBe(true);
      await page.getByText("/uploads/letter.png", { exact: false }).waitFor();
      await page.getByText("2 of 2 files uploaded").waitFor();
      expect(page.url()).toMatch(/#\/corpora$/);
      expect(await page.getByText("Drop page files to add them").count()).toBe(0);
      expect(await page.locator(".chosen").count()).toBe(1);
      expect(errors).toEqual([]);
    });
  }
  it("into a field, a text and the page's own pictures are left as they are", async () => {
    await begin("#/studies/ledgers");
    await page.evaluate(() => document.querySelector("main")!.append(document.createElement("input")));
    for (const type of ["dragover", "drop"] as const) {
      expect(await drag(type, "main > input", "files")).toBe(false);
      expect(await drag(type, "h1", "text")).toBe(false);
      await page.evaluate(() => dispatchEvent(new DragEvent("dragstart")));
      expect(await drag(type, "h1", "files")).toBe(false);
    }
    expect(page.url()).toMatch(/#\/studies\/ledgers$/);
  });
  it("leave with the pointer", async () => {
    await begin("#/runs");
    await drag("dragover", "h1", "files");
    await page.getByText("Drop page files to add them").waitFor();
    await page.evaluate(() => document.body.dispatchEvent(new DragEvent("dragleave", { bubbles: true })));
    await page.getByText("Drop page files to add them").waitFor({ state: "detached" });
  });
  it("where other files belong are taken there", async () => {
    await begin("#/run?method=tune");
    await page.getByText("Advanced", { exact: true }).click();
    await page.getByText("Points to start from", { exact: true }).first().click();
    await drag("drop", ".drop", "files");
    await page.getByText("/uploads/letter.png", { exact: false }).waitFor();
    expect(page.url()).toContain("#/run");
  });
});

describe("a run", () => {
  it("that ends while another view is open is told until it is followed", async () => {
    await begin("#/pipeline");
    const focused = page.getByRole("link", { name: "Studies" });
    await focused.focus();
    server.runs.start(apply);
    await expect.poll(() => page.title(), soon).toMatch(/^\d+\s% · ocrtune$/);
    await told().waitFor();
    expect(await told().textContent()).toContain("Recognized: 12 pages. Open the texts");
    expect(await page.getByRole("status").filter({ hasText: "Recognized" }).count()).toBe(1);
    expect(await focused.evaluate((one) => one === document.activeElement)).toBe(true);
    await expect.poll(() => page.title(), soon).toBe("ocrtune");
    await page.getByRole("link", { name: "Studies" }).click();
    await page.waitForSelector(".studies");
    await looked(page, "ended_run");
    await told().getByRole("link").click();
    await page.getByRole("heading", { name: "Texts", level: 1 }).waitFor();
    expect(await told().count()).toBe(0);
    expect(errors).toEqual([]);
  });
  it("is told until it is dismissed, of a search with its study, and not while it is looked at", async () => {
    await begin("#/runs");
    const id = server.runs.start({ ...apply, method: "tune", study: "ledgers.db", options: { trials: 3 } });
    await page.waitForSelector(`article[data-run="${id}"][data-state="done"]`);
    expect(await told().count()).toBe(0);
    await page.goto(server.address + "#/pipeline");
    server.runs.start({ ...apply, method: "tune", study: "letters.db", options: { trials: 3 } });
    await told().waitFor();
    expect(await told().getByRole("link", { name: "Open the study" }).getAttribute("href")).toBe("#/studies/letters");
    await told().getByRole("button", { name: "Close" }).click();
    await told().waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    await page.goto(server.address + "#/studies");
    await page.waitForSelector(".studies");
    expect(await told().count()).toBe(0);
  });
});

describe("the navigation", () => {
  for (const [locale, texts] of [["en-GB", "Texts"], ["fr-FR", "Textes"]] as const) {
    it(`leads to the newest texts where there are some, also on a phone (${locale})`, async () => {
      await begin("#/pipeline", locale, { width: 390, height: 844 });
      const link = page.locator("nav").first().getByRole("link", { name: texts, exact: true });
      await expect.poll(() => page.locator("nav a").count(), soon).toBe(4);
      expect(await link.count()).toBe(0);
      server.runs.start(apply, "queued");
      const id = server.runs.start({ ...apply, output: "texts_2" });
      server.runs.start({ ...apply, method: "train", output: "models" });
      await link.waitFor();
      await told().first().waitFor();
      for (const width of [1440, 910, 700, 390]) {
        await page.setViewportSize({ width, height: 844 });
        const cut = await page.evaluate(() => [...document.querySelectorAll("header *")].filter((one) => one.getBoundingClientRect().right > innerWidth).length);
        expect(cut, `${width}`).toBe(0);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true);
        await looked(page, `navigation_${locale}_${width}`);
      }
      await link.click();
      await page.getByRole("heading", { name: texts, level: 1 }).waitFor();
      expect(page.url()).toMatch(new RegExp(`#/runs/${id}/texts$`));
      await page.locator("nav a[href='#/runs']").click();
      await page.waitForSelector("article");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect((await page.locator("nav").first().boundingBox())!.height).toBeLessThan(70);
      await looked(page, `navigation_${locale}_runs`);
      await page.goBack();
      await expect.poll(() => page.locator("nav a[aria-current]").textContent(), soon).toContain(texts);
      expect(errors).toEqual([]);
    });
  }
  it("has an icon that the server's policy lets through", async () => {
    await begin("#/");
    const width = await page.evaluate(async () => {
      const picture = new Image();
      picture.src = document.querySelector<HTMLLinkElement>("link[rel=icon]")!.href;
      await picture.decode();
      return picture.width;
    });
    expect(width).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });
});
