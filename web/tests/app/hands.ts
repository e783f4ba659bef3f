/** How a person works: with a pointer, or with the keyboard alone. Each counts what it does. */
import type { Locator, Page } from "playwright-core";

export interface Hand {
  /** Clicks, or key presses. */
  count: number;
  /** Links, buttons, boxes. */
  press(what: Locator): Promise<void>;
  /** A tab of several. */
  tab(name: string): Promise<void>;
  /** One of a group of radio buttons. */
  pick(value: string): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

export class Pointer implements Hand {
  count = 0;
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(what: Locator): Promise<void> {
    await what.click();
    this.count += 1;
  }
  async tab(name: string): Promise<void> {
    await this.press(this.page.getByRole("tab", { name }));
  }
  async pick(value: string): Promise<void> {
    await this.press(this.page.locator(`input[type=radio][value=${value}]`));
  }
  async type(field: Locator, text: string): Promise<void> {
    await this.press(field);
    await field.fill(text);
  }
}

/** More stops than any way through a view has. */
const mostStops = 150;

export class Keyboard implements Hand {
  count = 0;
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async key(name: string): Promise<void> {
    await this.page.keyboard.press(name);
    this.count += 1;
  }
  /** Goes there by Tab. */
  private async reach(what: Locator): Promise<void> {
    await what.waitFor();
    for (let stops = 0; stops < mostStops; stops += 1) {
      if (await what.evaluate((element) => element === document.activeElement)) return;
      await this.key("Tab");
    }
    throw new Error(`${what} is not reached by Tab`);
  }
  async press(what: Locator): Promise<void> {
    await this.reach(what);
    const box = await what.evaluate((element) => element instanceof HTMLInputElement);
    await this.key(box ? "Space" : "Enter");
  }
  async tab(name: string): Promise<void> {
    await this.reach(this.page.locator("[role=tab][aria-selected=true]"));
    const wanted = this.page.getByRole("tab", { name });
    for (let at = 0; at < 10 && (await wanted.getAttribute("aria-selected")) !== "true"; at += 1) await this.key("ArrowRight");
  }
  async pick(value: string): Promise<void> {
    const wanted = this.page.locator(`input[type=radio][value=${value}]`);
    await this.reach(this.page.locator("input[type=radio]:checked"));
    for (let at = 0; at < 10 && !(await wanted.isChecked()); at += 1) await this.key("ArrowDown");
  }
  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field);
    await this.key("Control+a");
    await this.page.keyboard.type(text);
    this.count += text.length;
  }
}
