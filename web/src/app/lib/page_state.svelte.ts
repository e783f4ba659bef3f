/** Where the page is, what the server has to offer, and the drafts; for every view. */
import type { DeviceInfo, EngineInfo, MethodInfo, ObjectiveInfo, OcrInfo, PipelineForm, PresetInfo, SamplerInfo, ServerInfo, StageInfo } from "contract";
import { settings } from "../../shared/settings.svelte.ts";
import { api } from "./api.ts";
import { loadDrafts, newDraftName, saveDrafts, withDraft, type Draft, type Keeper } from "./drafts.ts";
import { parseRoute, routeAddress, type Route } from "./route.ts";
import { texts } from "../texts/texts.ts";

/** The texts of the language that is chosen. */
export function t() {
  return texts[settings.language];
}

class Router {
  route = $state.raw<Route>(parseRoute(typeof location === "undefined" ? "" : location.hash));

  start(): () => void {
    const follow = () => (this.route = parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }

  go(route: Route): void {
    location.hash = routeAddress(route);
  }

  /** Without a step of the browser's history. */
  replace(route: Route): void {
    history.replaceState(null, "", routeAddress(route));
    this.route = route;
  }
}

export const router = new Router();

/** Fetches once what stays as long as the server runs. */
function once<T>(fetchIt: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= fetchIt().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

export const offered: {
  server: () => Promise<ServerInfo>;
  stages: () => Promise<StageInfo[]>;
  ocr: () => Promise<OcrInfo>;
  presets: () => Promise<PresetInfo[]>;
  samplers: () => Promise<SamplerInfo[]>;
  objectives: () => Promise<ObjectiveInfo[]>;
  devices: () => Promise<DeviceInfo[]>;
  engines: () => Promise<EngineInfo[]>;
  methods: () => Promise<MethodInfo[]>;
} = {
  server: once(api.server),
  stages: once(api.stages),
  ocr: once(api.ocr),
  presets: once(api.presets),
  samplers: once(api.samplers),
  objectives: once(api.objectives),
  devices: once(api.devices),
  engines: once(api.engines),
  methods: once(api.methods),
};

function keeper(): Keeper {
  try {
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  }
}

class Drafts {
  readonly #keeper = keeper();
  all = $state.raw<Draft[]>(loadDrafts(this.#keeper));

  find(id: string | null): Draft | undefined {
    return this.all.find((draft) => draft.id === id);
  }

  /** Keeps the form as a new draft and gives its id; its name is made to differ from the others'. */
  add(form: PipelineForm): string {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${this.all.length}`;
    this.save({ id, form: { ...form, name: newDraftName(this.all, form.name) }, changedMs: Date.now() });
    return id;
  }

  save(draft: Draft): void {
    this.#keep(withDraft(this.all, draft));
  }

  remove(id: string): void {
    this.#keep(this.all.filter((draft) => draft.id !== id));
  }

  #keep(drafts: Draft[]): void {
    this.all = drafts;
    saveDrafts(this.#keeper, drafts);
  }
}

export const drafts = new Drafts();

class Announcer {
  /** Read aloud by screen readers. */
  text = $state("");

  say(text: string): void {
    this.text = "";
    setTimeout(() => (this.text = text), 30);
  }
}

export const announcer = new Announcer();
