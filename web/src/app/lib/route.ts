/** The page's addresses: what stands behind `#` in the address bar, and back. */

/** Where the page is. */
export type Route =
  | { view: "start" }
  | { view: "corpora" }
  | { view: "corpus"; id: string; page: number | null; edit?: boolean }
  | { view: "pipeline"; draft: string | null }
  | { view: "new_run"; corpus: string | null; draft: string | null; study: string | null; method: string | null; effort: string | null; models: string | null }
  | { view: "runs"; id: string | null }
  | { view: "texts"; run: string; page: number | null; words: string; correct: boolean }
  | { view: "studies" }
  | { view: "study"; id: string; trial: number | null; page: number | null }
  | { view: "compare"; ids: string[] }
  | { view: "unknown" };

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The route that `hash` means, with or without its `#`; unknown where it means none. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const parts = path.split("/").filter((part) => part !== "").map(decoded);
  const asked = new URLSearchParams(query);
  const [first, second, third, fourth] = parts;
  switch (first) {
    case undefined:
      return { view: "start" };
    case "corpora":
      return second === undefined
        ? { view: "corpora" }
        : { view: "corpus", id: second, page: numberOf(third), ...(asked.has("edit") ? { edit: true } : {}) };
    case "pipeline":
      return { view: "pipeline", draft: second ?? null };
    case "run":
      return {
        view: "new_run",
        corpus: asked.get("corpus"),
        draft: asked.get("draft"),
        study: asked.get("study"),
        method: asked.get("method"),
        effort: asked.get("effort"),
        models: asked.get("models"),
      };
    case "runs":
      return second !== undefined && third === "texts"
        ? { view: "texts", run: second, page: numberOf(fourth), words: asked.get("words") ?? "", correct: asked.has("correct") }
        : { view: "runs", id: second ?? null };
    case "studies":
      return second === undefined
        ? { view: "studies" }
        : { view: "study", id: second, trial: numberOf(third), page: numberOf(fourth) };
    case "compare":
      return { view: "compare", ids: parts.slice(1) };
    default:
      return { view: "unknown" };
  }
}

function joined(...parts: (string | number | null)[]): string {
  return "#/" + parts.filter((part) => part !== null).map((part) => encodeURIComponent(String(part))).join("/");
}

/** The address of a route, with its `#`. `parse_route` gives the route back. */
export function routeAddress(route: Route): string {
  switch (route.view) {
    case "start":
    case "unknown":
      return "#/";
    case "corpora":
    case "studies":
      return joined(route.view);
    case "corpus":
      return joined("corpora", route.id, route.page) + (route.edit ? "?edit" : "");
    case "pipeline":
      return joined("pipeline", route.draft);
    case "new_run": {
      const asked = new URLSearchParams();
      for (const name of ["corpus", "draft", "study", "method", "effort", "models"] as const) {
        const value = route[name];
        if (value !== null) asked.set(name, value);
      }
      const query = asked.toString();
      return query === "" ? "#/run" : `#/run?${query}`;
    }
    case "runs":
      return joined("runs", route.id);
    case "texts": {
      const query = new URLSearchParams({ ...(route.words === "" ? {} : { words: route.words }), ...(route.correct ? { correct: "" } : {}) });
      return joined("runs", route.run, "texts", route.page) + (query.size > 0 ? `?${query}` : "");
    }
    case "study":
      return joined("studies", route.id, route.trial, route.trial === null ? null : route.page);
    case "compare":
      return joined("compare", ...route.ids);
  }
}

/** The address of a form for a new run, with what is known already. */
export function newRunAddress(
  known: { corpus?: string; draft?: string; study?: string; method?: string; effort?: string; models?: string } = {},
): string {
  return routeAddress({
    view: "new_run",
    corpus: known.corpus ?? null,
    draft: known.draft ?? null,
    study: known.study ?? null,
    method: known.method ?? null,
    effort: known.effort ?? null,
    models: known.models ?? null,
  });
}
