import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, filledReport, launch, openPage, out, screenshot, windows } from "../browser.ts";
import { makeStudy } from "../make_study.ts";

const reports = resolve(out, "reports");
let browser: Browser;
/** A machine that builds beside the tests is slow. */
const patiently = <T>(get: () => T) => expect.poll(get, { timeout: 20_000 });

function write(name: string, data: unknown): string {
  mkdirSync(reports, { recursive: true });
  const file = resolve(reports, name);
  writeFileSync(file, filledReport(data));
  return `file://${file}`;
}

/** Scrolls to each chart, until all are drawn. */
async function scrollThrough(page: Page): Promise<void> {
  await page.waitForSelector(".figure");
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (;;) {
      const waiting = document.querySelector(".figure.waiting");
      if (!waiting) break;
      waiting.scrollIntoView();
      await frame();
      await frame();
    }
    scrollTo(0, 0);
    await frame();
  });
}

/** Labels of charts whose canvas has nothing on it. */
async function blankCharts(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".chart")].flatMap((chart) => {
      const canvas = chart.querySelector("canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.some((value) => value !== 0) ? [] : [chart.getAttribute("aria-label")];
    }),
  );
}

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe("a report", () => {
  for (const { name, viewport, colorScheme } of windows) {
    it(`is whole and accessible, ${name} and ${colorScheme}`, async () => {
      const { page, errors } = await openPage(browser, { viewport, colorScheme });
      await page.goto(write("small.html", makeStudy()));
      await scrollThrough(page);
      expect(await axeFindings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await page.locator(".chart canvas").count()).toBeGreaterThan(10);
      await patiently(() => blankCharts(page)).toEqual([]);
      await screenshot(page, `report_${name}_${colorScheme}`);
      expect(errors).toEqual([]);
      await page.context().close();
    });
  }

  it("asks for nothing outside its file", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const address = write("small.html", makeStudy());
    await page.goto(address);
    await scrollThrough(page);
    expect(asked.filter((url) => url !== address && !url.startsWith("data:") && !url.startsWith("blob:"))).toEqual([]);
    await page.context().close();
  });

  it("says how many of many trials it shows", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    const line = page.getByText("trials are shown");
    await page.goto(write("small.html", makeStudy()));
    await page.waitForSelector("main");
    expect(await line.count()).toBe(0);
    await page.goto(write("some.html", { ...makeStudy(), trial_count: 1_000_000 }));
    await patiently(() => line.textContent()).toContain("96 of 999,999 trials");
    await page.context().close();
  });

  it("has a slider that goes by keyboard", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(write("small.html", makeStudy()));
    const slider = page.getByRole("slider");
    await slider.focus();
    const clip = () => page.locator(".layer.after").evaluate((layer) => getComputedStyle(layer).clipPath);
    const before = await clip();
    for (let times = 0; times < 10; ++times) await page.keyboard.press("ArrowRight");
    expect(await slider.inputValue()).toBe("60");
    expect(await clip()).not.toBe(before);
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toContain("0 %");
    await page.context().close();
  });

  it("chooses pages, pipelines and languages by keyboard", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(write("small.html", makeStudy({ verdict: "found" })));
    await page.getByRole("radio").first().focus();
    await page.keyboard.press("ArrowDown");
    await patiently(() => page.getByRole("article").getAttribute("aria-label")).toContain("page_002");
    await patiently(() => page.locator("pre").textContent()).toContain("# recipe");
    await page.getByRole("tab").first().focus();
    await page.keyboard.press("ArrowRight");
    await patiently(() => page.locator("pre").textContent()).toContain("[[stage]]");
    await page.getByLabel("Language").first().selectOption("fr");
    await patiently(() => page.locator("h1").textContent()).toContain("Rapport");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("fr");
    await page.context().close();
  });

  it("prints every page's pictures and all charts, cut off nowhere", async () => {
    const { page, errors } = await openPage(browser, { viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
    await page.goto(write("small.html", makeStudy()));
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(() => document.querySelectorAll(".figure.waiting").length === 0);
    await patiently(() => blankCharts(page)).toEqual([]);
    expect(await page.getByRole("article").count()).toBe(3);
    expect(await page.getByRole("slider").count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(29, 31, 36)");
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("main *")].filter((part) => part.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(part).clipPath === "none").map((part) => part.outerHTML.slice(0, 80)),
    );
    expect(wide).toEqual([]);
    await screenshot(page, "report_print");
    await page.pdf({ path: resolve(reports, "small.pdf"), format: "A4" });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("says that nothing was gained, and shows no gains", async () => {
    const { page, errors } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(write("nothing.html", makeStudy({ gains: false, pictures: 0, screening: false, objectives: 1, truth: false })));
    await scrollThrough(page);
    await patiently(() => page.locator("#findings").textContent()).toContain("No gain");
    expect(await page.locator("#gain, #front").count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await screenshot(page, "report_nothing");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  for (const verdict of ["found", "untuned"] as const) {
    it(`begins with the verdict and its chart, and recommends nothing else: ${verdict}`, async () => {
      for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
        const { page, errors } = await openPage(browser, { viewport });
        await page.goto(write(`verdict_${verdict}.html`, makeStudy({ verdict, gains: verdict === "found" })));
        await scrollThrough(page);
        const found = page.locator("#findings");
        await patiently(() => found.textContent()).toContain("Of 100 characters, about 16 are wrong.");
        expect(await found.textContent()).not.toMatch(/No gain|Use the original pages|per-page selection/);
        expect(await page.locator("main").textContent()).not.toContain("Recommended");
        const chart = found.getByRole("img");
        expect(await chart.getAttribute("aria-label")).toContain("of 5 ways");
        expect(await chart.locator("text.recommended").textContent()).toBe(verdict === "found" ? "tuned-2" : "normal");
        await found.locator("summary").first().click();
        await patiently(() => found.locator("tbody tr").count()).toBe(5);
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await screenshot(page, `report_verdict_${verdict}_${viewport.width}`);
        expect(errors).toEqual([]);
        await page.context().close();
      }
    });
  }

  it("says so where its study is of another format", async () => {
    const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(write("unreadable.html", { format: 2 }));
    await patiently(() => page.getByRole("alert").textContent()).toContain("ocrtune report");
    await page.context().close();
  });

  it("shows text of pages and names as text, never as markup", async () => {
    const hostile = '</script><img src=x onerror="document.title=1">';
    const data = makeStudy();
    data.study.name = hostile;
    data.pipelines.best = hostile;
    for (const picture of data.pictures) picture.before.text = picture.page = hostile;
    for (const page of data.pages) page.name = hostile;
    data.pictures.splice(1);
    const { page, errors } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(write("hostile.html", data));
    await scrollThrough(page);
    expect(await page.locator("h1").textContent()).toContain(hostile);
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("draws 10,000 trials on 50 pages, below 15 MB", async () => {
    const data = makeStudy({ trials: 10_000, pages: 50, parameters: 24, screening: false });
    const html = filledReport(data);
    expect(html.length).toBeLessThan(15_000_000);
    const { page, errors } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(write("large.html", data));
    const paint = await page.evaluate(async () => {
      const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
      // Of a page that is in the background Chromium draws no frame.
      const frame = () => Promise.race([new Promise((done) => requestAnimationFrame(done)), wait(1000)]);
      // Nor has such a page this entry.
      const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      for (let begin = performance.now(); painted() === undefined && performance.now() - begin < 10_000; )
        await wait(10);
      const parts: Record<string, number> = { first_contentful_paint_ms: Math.round(painted() ?? Number.NaN) };
      for (const section of document.querySelectorAll("main > section")) {
        const begin = performance.now();
        section.scrollIntoView();
        const drawn = () => section.querySelector(".figure.waiting") === null;
        do await frame();
        while (!drawn() && performance.now() - begin < 20_000);
        await frame();
        parts[`${section.id}_ms`] = Math.round(performance.now() - begin);
      }
      return parts;
    });
    writeFileSync(resolve(out, "large_report_times.json"), JSON.stringify({ bytes: html.length, ...paint }, null, 1));
    await scrollThrough(page);
    await screenshot(page, "report_large");
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
