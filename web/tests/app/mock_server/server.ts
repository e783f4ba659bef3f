/** A server that answers as docs/reference/json/api.schema.json says, of made-up data: what the page's tests run against. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { CorpusInfo, CorpusPage, CorpusRequest, PageEdit, PipelineForm, PreviewRequest, RunRequest, StudyData, StudyEntry, StudyScans, TrialDetail, TruthChange } from "contract";
import { makeStudy } from "../../make_study.ts";
import { Edits } from "./edits.ts";
import { badnessOf, corpusOf, pageSize, ocrResultOf, wordsOfPage } from "./pages.ts";
import { pagePicture } from "./picture.ts";
import { devices, engines, formOf, methods, objectives, ocr, presets, samplers, stages, standard, tomlOf } from "./registry.ts";
import { Runs } from "./runs.ts";
import { pageText, textList, Truths } from "./texts.ts";
import { estimateOf, trainingOf } from "./training.ts";

export interface MockOptions {
  /** The built page. */
  page: string;
  /** Nothing is there yet. */
  empty: boolean;
  /** Trials of the study. */
  trials: number;
  tickMs: number;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Answer = unknown | { buffer: Buffer; type: string; headers?: Record<string, string> };
type Handler = (match: RegExpExecArray, request: { url: URL; body: Buffer; json: () => unknown }) => Answer;

const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
// As the real one's, so that what it forbids shows here.
const policy = "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class MockServer {
  address = "";
  readonly requests: string[] = [];
  readonly runs: Runs;
  readonly truths = new Truths();
  readonly edits = new Edits();
  readonly corpora = new Map<string, CorpusInfo>();
  /** The pages that a corpus has when it is loaded again. */
  readonly folderPages = new Map<string, CorpusPage[]>();
  /** What somebody has removed from the folder of the studies: studies' ids and folders. */
  readonly removed = new Set<string>();
  /** Where the scans of studies are. */
  readonly scans: StudyScans = { pages: 18, found: 18, missing: "" };
  version = "0.1.0";
  /** On a server; one of them is away. */
  private serverStudies: StudyEntry[] = [];
  private readonly notes = new Map<string, string>();
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server;
  private readonly options: MockOptions;
  readonly studies = new Map<string, StudyData>();
  private readonly routes: [string, RegExp, Handler][];

  constructor(options: Partial<MockOptions> & { page: string }) {
    this.options = { empty: false, trials: 96, tickMs: 120, ...options };
    this.server = createServer((request, response) => void this.answer(request, response));
    this.runs = new Runs((event, data) => this.tell(event, data), this.options.tickMs);
    this.routes = this.table();
    if (!this.options.empty) this.fill();
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const place = this.server.address();
    this.address = `http://127.0.0.1:${typeof place === "object" && place ? place.port : 0}/`;
    return this.address;
  }

  async stop(): Promise<void> {
    this.runs.stop();
    this.dropStreams();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Ends all event streams, as a restarted server does. */
  dropStreams(): void {
    for (const stream of this.streams) stream.destroy();
    this.streams.clear();
  }

  private fill(): void {
    this.corpora.set("c1", corpusOf("c1", "ledgers", ["/home/reader/ledgers"], "eng", 18, 9));
    this.corpora.set("c2", { ...corpusOf("c2", "letters", ["/home/reader/letters"], "eng+fra", 5, 0), problems: ["broken.tif: not an image"] });
    const options = { corpus: "c1", pipeline: null, method: "tune" as const };
    this.runs.start({ ...options, study: "ledgers.db", options: { trials: 40 } }, "done");
    this.runs.start({ ...options, study: "stopped.db", options: { trials: 40 } }, "interrupted");
    this.runs.start({ ...options, study: "long.db", options: { budget: 3600 } }, "paused");
    this.studies.set("ledgers", makeStudy({ trials: this.options.trials, pages: 18, pictures: 0 }));
    this.studies.set("cards@0badcafe", makeStudy({ trials: 40, pages: 5, pictures: 0 }, 3));
    this.serverStudies = this.onServers();
    this.studies.set("letters", makeStudy({ trials: 40, pages: 5, pictures: 0, gains: false, screening: false, objectives: 1 }, 3));
  }

  /** Another process adds a trial to the study `cards`. */
  addTrial(): void {
    const without = this.study("cards@0badcafe").trials.number.length - 1; // the baseline
    this.studies.set("cards@0badcafe", makeStudy({ trials: without + 1, pages: 5, pictures: 0 }, 3));
    this.serverStudies = this.onServers();
    this.tell("studies", this.serverStudies);
  }

  private onServers(): StudyEntry[] {
    const place = "postgresql://anna@db.example.org/ocr";
    const away = { ...this.entry("ledgers"), id: "@deadbeef", name: "", file: null, address: "postgresql://away.example.org/ocr", objective: null, problem: "no connection to PostgreSQL: timeout expired" };
    return [{ ...this.entry("cards@0badcafe"), name: "cards", file: null, address: `${place}/cards`, running: true }, away];
  }

  private tell(event: string, data: unknown): void {
    for (const stream of this.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private corpus(id: string): CorpusInfo {
    const found = this.corpora.get(id);
    if (!found) throw new Refusal(404, `there is no corpus ${id}`);
    return found;
  }

  private study(id: string): StudyData {
    const found = this.studies.get(id);
    if (!found) throw new Refusal(404, `there is no study ${id}`);
    return found;
  }

  private brief(corpus: CorpusInfo): CorpusInfo {
    return { ...corpus, pages: undefined };
  }

  private entry(id: string): StudyEntry {
    const data = this.study(id);
    return {
      id, name: id, file: `${id}.db`, address: null, bytes: 1_200_000, modified_ms: 1_790_000_000_000 + data.trials.number.length,
      objective: data.summary.objective, problem: null,
      trials: data.trials.number.length, pages: data.pages.length, held_out: data.held_out.length, sampler: data.study.sampler,
      baseline: data.summary.baseline[data.summary.objective] ?? null, best: data.summary.best.scores[data.summary.objective] ?? null,
      best_number: data.summary.best.trial, gain: data.summary.gain, running: false,
      cer: data.summary.baseline.cer === undefined ? null : { baseline: data.summary.baseline.cer, best: data.summary.best.scores.cer ?? 0 },
    };
  }

  private entries(): StudyEntry[] {
    for (const { info } of this.runs.all.values()) {
      const id = info.study.replace(/\.db$/, "");
      if (info.state === "done" && info.done > 0 && info.method !== "apply" && id !== "" && !this.studies.has(id)) this.studies.set(id, makeStudy({ trials: 4, pages: 5, pictures: 0 }));
    }
    return [...[...this.studies.keys()].filter((id) => !id.includes("@") && !this.removed.has(id)).map((id) => this.entry(id)), ...this.serverStudies];
  }

  private measured(number: number, at: number): Record<string, number> {
    return number === 0 ? {} : { "denoise_nlm.noise": 120.5 + at, "denoise_nlm.search": at % 2 ? 21 : 15 };
  }

  private trial(id: string, number: number): TrialDetail {
    const data = this.study(id);
    const row = data.trials.number.indexOf(number);
    if (row < 0) throw new Refusal(404, `there is no trial ${number}`);
    const scoresAt = Object.fromEntries(Object.entries(data.trials.scores).map(([name, column]) => [name, column[row] ?? 0]));
    const corpus = this.corpora.get("c1")?.pages ?? [];
    return {
      number, params: number === 0 ? {} : Object.fromEntries(data.parameters.map((one, at) => [one.name, data.trials.values[at]?.[row] ?? 0])),
      pipeline: number === 0 ? { ...standard, uses: [] } : standard, toml: tomlOf(standard), scores: scoresAt,
      pages: data.pages.map((page, at) => ({
        name: corpus[at]?.name ?? page.name, scores: { [data.summary.objective]: data.trials.page_values[at]?.[row] ?? 0, confidence: 80, words: 200 },
        preprocess_ms: 120, ocr_ms: 900, measured: this.measured(number, at), failure: "",
      })),
    };
  }

  private preview(request: PreviewRequest): Answer {
    this.corpus(request.corpus);
    const upTo: PipelineForm = { ...request.pipeline, uses: request.pipeline.uses.slice(0, request.stage + 1) };
    const region = request.region ?? { x: 0, y: 0, ...pageSize };
    const noise = badnessOf(request.page, upTo) * 1.5;
    return {
      buffer: pagePicture(pageSize, wordsOfPage(request.page), region, request.max_width, noise), type: "image/png",
      headers: { "X-Image-Size": `${pageSize.width}x${pageSize.height}`, "Server-Timing": "load;dur=3.2, denoise_nlm;dur=41.5" },
    };
  }

  private checked(form: PipelineForm): PipelineForm {
    for (const use of form.uses) {
      for (const setting of use.settings) {
        const info = stages.find((one) => one.name === use.stage)?.parameters.find((one) => one.name === setting.parameter);
        if (info && (setting.value < info.min || setting.value > info.max)) throw new Refusal(400, `${setting.name} = ${setting.value}: allowed: ${info.min} to ${info.max}`);
      }
    }
    return form;
  }

  private folder(path: string | null): Answer {
    const folder = (name: string, at: string) => ({ name, path: at });
    if (path === null) return { path: "", parent: null, folders: [folder("studies", "/home/reader/studies"), folder("reader", "/home/reader")], files: [] };
    if (path === "/home/reader/ledgers") {
      return { path, parent: "/home/reader", folders: [], files: [
        ...Array.from({ length: 18 }, (_, at) => ({ name: `${at + 1}.png`, path: `${path}/${at + 1}.png`, bytes: 1_300_000 })),
        { name: "screening.csv", path: `${path}/screening.csv`, bytes: 31_000 },
      ] };
    }
    if (path === "/home/reader") return { path, parent: null, folders: [folder("ledgers", `${path}/ledgers`)], files: [] };
    if (path === "/home/reader/studies") {
      const outputs = new Set([...this.runs.all.values()].flatMap((run) => run.info.request.output ?? []));
      return { path, parent: null, folders: [...outputs].filter((name) => !this.removed.has(name)).map((name) => folder(name, `${path}/${name}`)), files: [] };
    }
    throw new Refusal(403, `${path} is outside the folders that may be read`);
  }

  private makeCorpus(request: CorpusRequest): Answer {
    const id = `c${this.corpora.size + 1}`;
    const name = request.inputs[0]?.split("/").at(-1) ?? id;
    const done = corpusOf(id, name, request.inputs, request.lang, 12, 6);
    const step = (read: number) => {
      const state = read < 12 ? ("reading" as const) : ("ready" as const);
      this.corpora.set(id, { ...done, state, read, pages: done.pages!.map((page) => (page.index < read ? page : { ...page, baseline: null })) });
      this.tell("corpus", this.brief(this.corpora.get(id)!));
      if (read < 12) setTimeout(() => step(read + 4), 150);
    };
    step(0);
    return { id };
  }

  /** Loads the pages of a folder again, which may be others by now. */
  private refresh(id: string): void {
    const before = this.corpus(id);
    const pages = this.folderPages.get(id)?.map((page, index) => ({ ...page, index })) ?? before.pages!;
    this.replace({ ...before, loads: before.loads + 1, pages, page_count: pages.length, read: pages.length });
  }

  private replace(corpus: CorpusInfo): void {
    this.corpora.set(corpus.id, corpus);
    this.tell("corpus", this.brief(corpus));
  }

  private exported(id: string, name: string): Answer {
    const data = this.study(id);
    const text = name.endsWith(".toml") ? data.pipelines.best : name === "report.html" ? "<!doctype html><title>report</title>" : "number,value\n0,1\n";
    return { buffer: Buffer.from(text), type: "application/octet-stream", headers: { "Content-Disposition": `attachment; filename="${name}"` } };
  }

  private table(): [string, RegExp, Handler][] {
    const page = (match: RegExpExecArray) => this.corpus(match[1]!).pages![Number(match[2])] ?? (() => { throw new Refusal(404, "no such page"); })();
    const whole = { x: 0, y: 0, ...pageSize };
    const picture = (index: number, width: number) => ({ buffer: pagePicture(pageSize, wordsOfPage(index), whole, width, badnessOf(index, null) * 1.5), type: "image/png" });
    const run = (id: string) => this.runs.all.get(id) ?? (() => { throw new Refusal(404, `there is no run ${id}`); })();
    return [
      ["GET", /^server$/, () => ({ version: this.version, program: "ocrtune 0.1.0", folder: "/home/reader/studies", roots: ["/home/reader/studies", "/home/reader"], cores: 8, languages: ["eng", "fra", "deu", "osd"], missing_languages: [{ name: "ita", how_to_get: "install it: apt install tesseract-ocr-ita" }, { name: "lat", how_to_get: "install it: apt install tesseract-ocr-lat" }], uploads: [".png", ".heic", ".txt"] })],
      ["GET", /^stages$/, () => stages],
      ["GET", /^ocr$/, () => ocr],
      ["GET", /^presets$/, () => presets],
      ["GET", /^samplers$/, () => samplers],
      ["GET", /^objectives$/, () => objectives],
      ["GET", /^devices$/, () => devices],
      ["GET", /^engines$/, () => engines],
      ["GET", /^methods$/, () => methods],
      ["GET", /^folders$/, (_, { url }) => this.folder(url.searchParams.get("path"))],
      ["PUT", /^uploads\/([^/]+)$/, (match) => ({ path: `/home/reader/studies/uploads/${match[1]}` })],
      ["POST", /^pipelines\/parse$/, (_, { json }) => {
        try {
          return formOf((json() as { toml: string }).toml);
        } catch (error) {
          throw new Refusal(400, (error as Error).message);
        }
      }],
      ["POST", /^pipelines\/text$/, (_, { json }) => ({ toml: tomlOf(this.checked((json() as { pipeline: PipelineForm }).pipeline)) })],
      ["POST", /^preview$/, (_, { json }) => this.preview(json() as PreviewRequest)],
      ["POST", /^preview\/ocr-result$/, (_, { json }) => {
        const asked = json() as PreviewRequest;
        return ocrResultOf(asked.page, asked.pipeline, this.corpus(asked.corpus).pages![asked.page]!.truth, asked.engine);
      }],
      ["GET", /^corpora$/, () => [...this.corpora.values()].map((one) => this.brief(one))],
      ["POST", /^corpora$/, (_, { json }) => this.makeCorpus(json() as CorpusRequest)],
      ["GET", /^corpora\/([^/]+)$/, (match) => this.corpus(match[1]!)],
      ["POST", /^corpora\/([^/]+)\/refresh$/, (match) => (this.refresh(match[1]!), {})],
      ["DELETE", /^corpora\/([^/]+)$/, (match) => ({ gone: this.corpora.delete(match[1]!) })],
      ["GET", /^corpora\/([^/]+)\/pages\/(\d+)\/thumbnail$/, (match) => picture(page(match).index, 240)],
      ["GET", /^corpora\/([^/]+)\/pages\/(\d+)\/image$/, (match, { url }) => picture(page(match).index, Number(url.searchParams.get("width") ?? 1200))],
      ["GET", /^corpora\/([^/]+)\/pages\/(\d+)\/ocr-result$/, (match) => ocrResultOf(page(match).index, null, page(match).truth)],
      ["GET", /^runs$/, () => [...this.runs.all.values()].map((one) => one.info)],
      ["POST", /^runs$/, (_, { json }) => ({ id: this.runs.start(json() as RunRequest) })],
      ["GET", /^runs\/([^/]+)$/, (match) => run(match[1]!).info],
      ["DELETE", /^runs\/([^/]+)$/, (match) => ({ gone: this.runs.all.delete(match[1]!) })],
      ["POST", /^runs\/([^/]+)\/(pause|cancel|resume)$/, (match) => (run(match[1]!), this.runs.steer(match[1]!, match[2]!))],
      ["GET", /^runs\/([^/]+)\/log$/, (match, { url }) => ({ text: run(match[1]!).log.slice(Number(url.searchParams.get("from"))), next: run(match[1]!).log.length })],
      ["GET", /^runs\/([^/]+)\/to_correct$/, (match) => ({ pages: textList(this.corpus(run(match[1]!).info.corpus), new URLSearchParams({ from: "0", count: "5" })).pages })],
      ["GET", /^runs\/([^/]+)\/texts$/, (match, { url }) => ({ ...textList(this.corpus(run(match[1]!).info.corpus), url.searchParams), edited: this.edits.since })],
      ["GET", /^runs\/([^/]+)\/texts\/(\d+)$/, (match) => pageText(this.corpus(run(match[1]!).info.corpus), Number(match[2]), this.truths)],
      ["GET", /^runs\/([^/]+)\/export\/(texts\.zip|pages\.pdf)$/, (match) => ({ buffer: Buffer.from("made"), type: "application/octet-stream", headers: { "Content-Disposition": `attachment; filename="texts-${match[2]}"` } })],
      ["GET", /^corpora\/([^/]+)\/pages\/(\d+)\/edit$/, (match) => this.edits.of(this.corpus(match[1]!), page(match).index)],
      ["POST", /^corpora\/([^/]+)\/pages\/(\d+)\/edit\/picture$/, (match, { json }) => {
        const { edit } = json() as { edit: PageEdit };
        const size = edit.rotate % 180 === 0 ? pageSize : { width: pageSize.height, height: pageSize.width };
        return { ...picture(page(match).index, 800), headers: { "X-Image-Size": `${size.width}x${size.height}` } };
      }],
      ["POST", /^corpora\/([^/]+)\/pages\/(\d+)\/edit\/proposal$/, () => this.edits.proposal],
      ["POST", /^corpora\/([^/]+)\/pages\/(\d+)\/edit\/others$/, (match, { json }) => {
        const { which } = json() as { which: string };
        return this.edits.copy(this.corpus(match[1]!), page(match).index, which);
      }],
      ["PUT", /^corpora\/([^/]+)\/pages\/(\d+)\/edit$/, (match, { json }) => {
        const { edit, version } = json() as { edit: PageEdit; version: string };
        const after = this.edits.save(this.corpus(match[1]!), page(match).index, edit, version);
        if (!after) throw new Refusal(409, "the edits of this file were changed meanwhile");
        this.replace(after);
        return { version: this.edits.version() };
      }],
      ["POST", /^corpora\/([^/]+)\/include$/, (match, { json }) => {
        const { file } = json() as { file: string };
        this.replace(this.edits.include(this.corpus(match[1]!), file));
        return {};
      }],
      ["PUT", /^corpora\/([^/]+)\/pages\/(\d+)\/truth$/, (match, { json }) => {
        const saved = this.truths.save(match[1]!, Number(match[2]), json() as TruthChange);
        if (!saved) throw new Refusal(409, "the ground truth of this page was changed meanwhile");
        return saved;
      }],
      ["GET", /^runs\/([^/]+)\/history$/, (match, { url }) => {
        const from = Number(url.searchParams.get("from"));
        return { id: match[1], from, trials: run(match[1]!).trials.slice(from) };
      }],
      ["GET", /^corpora\/([^/]+)\/training$/, (match) => estimateOf(this.corpus(match[1]!), this.truths)],
      ["GET", /^runs\/([^/]+)\/training$/, (match) => {
        const { info } = run(match[1]!);
        return info.method === "train" ? trainingOf(info, estimateOf(this.corpus(info.corpus), this.truths).lines, this.runs.trainingWins) : null;
      }],
      ["GET", /^studies$/, () => this.entries()],
      ["GET", /^studies\/([^/]+)\/data$/, (match) => this.study(match[1]!)],
      ["GET", /^studies\/([^/]+)\/trials\/(\d+)$/, (match) => this.trial(match[1]!, Number(match[2]))],
      ["GET", /^studies\/([^/]+)\/verdict$/, (match) => this.studies.get(match[1]!)?.verdict ?? null],
      ["GET", /^studies\/([^/]+)\/corpus$/, () => ({ id: "c1" })],
      ["GET", /^studies\/([^/]+)\/scans$/, () => ({ ...this.scans })],
      ["PUT", /^studies\/([^/]+)\/scans$/, (_, { json }) => {
        if ((json() as { folder: string }).folder !== "/home/reader/ledgers") throw new Refusal(404, "no scan of this study is in this folder");
        return Object.assign(this.scans, { found: 18, missing: "" });
      }],
      ["GET", /^studies\/([^/]+)\/notes$/, (match) => ({ text: this.notes.get(match[1]!) ?? "" })],
      ["PUT", /^studies\/([^/]+)\/notes$/, (match, { json }) => (this.notes.set(match[1]!, (json() as { text: string }).text), {})],
      ["GET", /^studies\/([^/]+)\/exports$/, (match) => {
        const { verdict } = this.study(match[1]!);
        const tables = ["trials.csv", "pages.csv", "timings.csv", "configuration.csv", "pruned.csv", "pareto.csv"];
        return { names: ["report.html", ...(verdict ? ["recipe.toml"] : []), "best.toml", ...tables, "audit.zip"] };
      }],
      ["GET", /^studies\/([^/]+)\/export\/([^/]+)$/, (match) => this.exported(match[1]!, match[2]!)],
    ];
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.address);
    this.requests.push(`${request.method} ${url.pathname}`);
    try {
      if (url.pathname === "/api/events") return this.stream(response);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      if (!url.pathname.startsWith("/api/")) return this.file(url.pathname, response);
      if (request.method !== "GET" && request.headers["x-requested-with"] !== "ocrtune") throw new Refusal(403, "the header X-Requested-With is missing");
      const path = decodeURIComponent(url.pathname.slice(5));
      for (const [method, pattern, handler] of this.routes) {
        const match = pattern.exec(path);
        if (!match || method !== request.method) continue;
        const made = handler(match, { url, body, json: () => JSON.parse(body.toString()) as unknown });
        if (typeof made === "object" && made !== null && "buffer" in made) {
          const { buffer, type, headers } = made as { buffer: Buffer; type: string; headers?: Record<string, string> };
          response.writeHead(200, { "Content-Type": type, ...headers }).end(buffer);
        } else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(made));
        return;
      }
      throw new Refusal(404, `there is no ${url.pathname}`);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ error: (error as Error).message }));
    }
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    this.streams.add(response);
    response.on("close", () => this.streams.delete(response));
    response.write(": hello\n\n");
    for (const run of this.runs.all.values()) response.write(`event: run\ndata: ${JSON.stringify(run.info)}\n\n`);
    response.write(`event: studies\ndata: ${JSON.stringify(this.serverStudies)}\n\n`);
    for (const corpus of this.corpora.values()) response.write(`event: corpus\ndata: ${JSON.stringify(this.brief(corpus))}\n\n`);
  }

  private file(path: string, response: ServerResponse): void {
    const name = resolve(this.options.page, `.${path === "/" ? "/index.html" : path}`);
    if (!name.startsWith(this.options.page) || !existsSync(name)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": types[extname(name)] ?? "application/octet-stream", "Content-Security-Policy": policy }).end(readFileSync(name));
  }
}
