import { expect, it } from "vitest";
import { chooseLanguage } from "../../src/shared/settings.svelte.ts";

it("takes the chosen language, then the first preferred one that there is, then English", () => {
  expect(chooseLanguage("fr", ["en"])).toBe("fr");
  expect(chooseLanguage(null, ["de-AT", "fr-CA", "en"])).toBe("fr");
  expect(chooseLanguage("tlh", ["de"])).toBe("en");
  expect(chooseLanguage(null, [])).toBe("en");
});
