/** Language and theme: what the browser prefers, unless the reader chose something here before. */
import { languages, type Language } from "./i18n.ts";

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

/** A browser may forbid storage, of a file:// page for one; then choices last as long as the page. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(`ocrtune.${key}`);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(`ocrtune.${key}`, value);
  } catch {
    // As above.
  }
}

/** The first of the preferred languages that there is; English where there is none. */
export function chooseLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const known = (tag: string | null) => languages.find((language) => tag?.toLowerCase().split("-")[0] === language);
  return known(chosen) ?? preferred.map(known).find((language) => language !== undefined) ?? "en";
}

function chooseTheme(chosen: string | null): Theme {
  return themes.find((theme) => theme === chosen) ?? "system";
}

class Settings {
  #language = $state<Language>("en");
  #theme = $state<Theme>("system");
  #systemDark = $state(false);

  constructor() {
    if (typeof window === "undefined") return;
    this.#language = chooseLanguage(stored("language"), navigator.languages ?? []);
    this.#theme = chooseTheme(stored("theme"));
    const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
    this.#systemDark = dark?.matches ?? false;
    dark?.addEventListener("change", (event) => (this.#systemDark = event.matches));
    this.#show();
  }

  get language(): Language {
    return this.#language;
  }
  set language(language: Language) {
    this.#language = language;
    store("language", language);
    this.#show();
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    store("theme", theme);
    this.#show();
  }

  /** Whether the page is dark now. */
  get dark(): boolean {
    return this.#theme === "dark" || (this.#theme === "system" && this.#systemDark);
  }

  #show(): void {
    const root = document.documentElement;
    root.lang = this.#language;
    if (this.#theme === "system") delete root.dataset.theme;
    else root.dataset.theme = this.#theme;
  }
}

export const settings = new Settings();
