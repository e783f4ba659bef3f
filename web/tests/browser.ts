/** Chromium for tests of built pages: one browser a test file, its pages without network, its errors kept. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const sources = new URL("../..", import.meta.url).pathname;
/** The pages that a preset's build has: report.html and app/. */
export const built = resolve(sources, process.env.OCRTUNE_BUILD ?? "build/release", "web");
/** What tests leave. */
export const out = resolve(sources, "build/web");
const screenshots = resolve(out, "screenshots");

/** Windows that views are drawn in: both sizes, both colour schemes; each with each under `./test.sh full`. */
export const windows = (["wide", "phone"] as const).flatMap((name) =>
  (["light", "dark"] as const)
    .filter((scheme) => process.env.OCRTUNE_TESTS_FULL || (name === "wide") === (scheme === "light"))
    .map((colorScheme) => ({ name, colorScheme, viewport: name === "wide" ? { width: 1440, height: 900 } : { width: 390, height: 844 } })),
);

/** The wide window at a zoom of 200 % (WCAG 2.2, 1.4.4): half as many CSS pixels. */
export const zoomed: BrowserContextOptions = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };

/** What Tab focuses from the beginning of the page, and what of it is not seen: outside the window, or below something else. */
export async function focusStops(page: Page): Promise<{ names: string[]; hidden: string[] }> {
  const mostStops = 200;
  const [names, hidden]: [string[], string[]] = [[], []];
  await page.evaluate(() => {
    // Tab goes on from what was clicked last, unless something else is focused.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  });
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      // A box may be drawn by its label.
      const drawn = (at instanceof HTMLInputElement && at.clientWidth <= 1 && at.labels?.[0]) || at;
      // The first line of a link that goes over several.
      const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
      const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
      const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
      const above = left < right && top < bottom ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
      const seen = above !== null && (drawn.contains(above) || above.closest("label")?.contains(at));
      return { seen, name: `${at.tagName} ${(at.getAttribute("aria-label") ?? at.textContent ?? "").trim().slice(0, 40)}`, above: above?.outerHTML.slice(0, 80) };
    });
    if (found === null) break;
    names.push(found.name);
    if (!found.seen) hidden.push(`${found.name}: ${found.above ?? "outside the window"}`);
  }
  return { names, hidden };
}

/** The installed Chromium, or the one that OCRTUNE_CHROMIUM names. */
export async function launch(): Promise<Browser> {
  const places = [process.env.OCRTUNE_CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = places.find((place) => place !== "" && existsSync(place));
  if (!executablePath) throw new Error("no Chromium: install the package chromium, or name one in OCRTUNE_CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page and what it complained of. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return { page, errors };
}

/** Serious and critical findings of axe, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const result = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((violation) => ({
      impact: violation.impact,
      text: `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).slice(0, 3).join(" | ")}`,
    }));
  });
  return found.filter((one) => one.impact === "serious" || one.impact === "critical").map((one) => one.text);
}

/** Keeps a picture of the whole page below build/web/screenshots. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: resolve(screenshots, `${name}.png`), fullPage: true });
}

/** The report's page with a study's JSON in it, as `ocrtune report` fills it. */
export function filledReport(data: unknown): string {
  const text = JSON.stringify(data).replace(/</g, "\\u003c");
  return readFileSync(resolve(built, "report.html"), "utf8").replace("__STUDY_DATA__", () => text);
}
