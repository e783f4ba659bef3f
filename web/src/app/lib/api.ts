/** The server's addresses as functions. Each gives what docs/reference/json/api.schema.json says or throws ApiError. */
import type {
  CopiedEdit,
  CorpusInfo,
  CorpusRequest,
  DeviceInfo,
  EditProposal,
  EngineInfo,
  ExcludedPage,
  ExportName,
  FolderListing,
  MethodInfo,
  ObjectiveInfo,
  OcrInfo,
  PageEdit,
  PageOcrResult,
  PageText,
  PagesToCorrect,
  PipelineForm,
  PresetInfo,
  PreviewRequest,
  RunExportName,
  RunHistory,
  RunInfo,
  RunLog,
  RunRequest,
  SamplerInfo,
  SavedTruth,
  ScanEdit,
  ServerInfo,
  StageInfo,
  StudyData,
  StudyEntry,
  StudyScans,
  TextList,
  Train,
  TrainingEstimate,
  ToldVerdict,
  TrialDetail,
  TruthChange,
} from "contract";
import { settings } from "../../shared/settings.svelte.ts";
import { texts } from "../texts/texts.ts";

/** What went wrong; `message` is the server's line. */
export class ApiError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** Whether a request was given up by whoever asked, or overtaken by a newer one of its view. */
export function wasDropped(error: unknown): boolean {
  return (error instanceof DOMException && error.name === "AbortError")
    || (error instanceof ApiError && error.status === 409);
}

/** Whether the server is away, or does not know this browser any more: what it says may be otherwise once it is back. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 401);
}

/** One line for the person who reads it. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError && error.status === 0) return texts[settings.language].noAnswer;
  return error instanceof Error ? error.message : String(error);
}

async function errorOf(answer: Response): Promise<ApiError> {
  let message = `${answer.status} ${answer.statusText}`.trim();
  try {
    const body: unknown = await answer.json();
    if (typeof body === "object" && body !== null && "error" in body && typeof body.error === "string") {
      message = body.error;
    }
  } catch {
    // Not JSON: the status has to do.
  }
  return new ApiError(answer.status, message);
}

interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  body?: Blob;
  /** Is sent even where the page is left; 64 KiB at most. */
  keepalive?: boolean;
  signal?: AbortSignal | undefined;
}

/** An answer whose status says that all is well; else ApiError. Aborting gives the browser's AbortError. */
export async function ask(path: string, call: Call = {}): Promise<Response> {
  const method = call.method ?? "GET";
  const headers: Record<string, string> = { "Accept-Language": settings.language };
  if (method !== "GET") headers["X-Requested-With"] = "ocrtune";
  if (call.json !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (call.json !== undefined) init.body = JSON.stringify(call.json);
  if (call.body !== undefined) init.body = call.body;
  if (call.keepalive) init.keepalive = true;
  if (call.signal !== undefined) init.signal = call.signal;
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "ocrtune doesn't answer");
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

async function json<T>(path: string, call: Call = {}): Promise<T> {
  const answer = await ask(path, call);
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

async function done(path: string, call: Call): Promise<void> {
  await ask(path, call);
}

const part = encodeURIComponent;

/** A picture of a page after a stage. */
export interface PreviewImage {
  blob: Blob;
  /** Of the whole image, px. */
  width: number;
  height: number;
  /** Of all steps together; null where the server doesn't say. */
  milliseconds: number | null;
}

/** The sum of all `dur` of a Server-Timing header. */
export function timingOf(header: string | null): number | null {
  const durations = [...(header ?? "").matchAll(/;\s*dur=([\d.]+)/g)].map((found) => Number(found[1]));
  return durations.length === 0 ? null : durations.reduce((sum, one) => sum + one, 0);
}

async function pictureOf(path: string, request: unknown, signal?: AbortSignal): Promise<PreviewImage> {
  const answer = await ask(path, { method: "POST", json: request, signal });
  const size = /^(\d+)x(\d+)$/.exec(answer.headers.get("X-Image-Size") ?? "");
  return {
    blob: await answer.blob(),
    width: Number(size?.[1] ?? 0),
    height: Number(size?.[2] ?? 0),
    milliseconds: timingOf(answer.headers.get("Server-Timing")),
  };
}

/** Addresses that the browser loads by itself; `version` of the pixels, which an edit of the page changes. */
export const addresses = {
  thumbnail: (corpus: string, page: number, version: string) =>
    `/api/corpora/${part(corpus)}/pages/${page}/thumbnail?version=${part(version)}`,
  image: (corpus: string, page: number, version: string, width: number) =>
    `/api/corpora/${part(corpus)}/pages/${page}/image?width=${Math.round(width)}&version=${part(version)}`,
  runExport: (run: string, name: RunExportName) => `/api/runs/${part(run)}/export/${name}`,
  studyExport: (study: string, name: ExportName) => `/api/studies/${part(study)}/export/${name}`,
  events: "/api/events",
};

/** All of the server's addresses that give JSON or change something. */
export const api = {
  server: () => json<ServerInfo>("/api/server"),
  stages: () => json<StageInfo[]>("/api/stages"),
  ocr: () => json<OcrInfo>("/api/ocr"),
  presets: () => json<PresetInfo[]>("/api/presets"),
  samplers: () => json<SamplerInfo[]>("/api/samplers"),
  objectives: () => json<ObjectiveInfo[]>("/api/objectives"),
  devices: () => json<DeviceInfo[]>("/api/devices"),
  engines: () => json<EngineInfo[]>("/api/engines"),
  methods: () => json<MethodInfo[]>("/api/methods"),
  folders: (path: string | null) =>
    json<FolderListing>(path === null ? "/api/folders" : `/api/folders?path=${part(path)}`),
  upload: (name: string, body: Blob) => json<{ path: string }>(`/api/uploads/${part(name)}`, { method: "PUT", body }),

  parsePipeline: (toml: string, signal?: AbortSignal) =>
    json<PipelineForm>("/api/pipelines/parse", { method: "POST", json: { toml }, signal }),
  pipelineText: async (pipeline: PipelineForm, signal?: AbortSignal) =>
    (await json<{ toml: string }>("/api/pipelines/text", { method: "POST", json: { pipeline }, signal })).toml,
  preview: (request: PreviewRequest, signal?: AbortSignal) => pictureOf("/api/preview", request, signal),
  previewOcrResult: (request: PreviewRequest, signal?: AbortSignal) =>
    json<PageOcrResult>("/api/preview/ocr-result", { method: "POST", json: request, signal }),

  corpora: () => json<CorpusInfo[]>("/api/corpora"),
  corpus: (id: string) => json<CorpusInfo>(`/api/corpora/${part(id)}`),
  makeCorpus: async (request: CorpusRequest) =>
    (await json<{ id: string }>("/api/corpora", { method: "POST", json: request })).id,
  refreshCorpus: (id: string) => done(`/api/corpora/${part(id)}/refresh`, { method: "POST" }),
  forgetCorpus: (id: string) => done(`/api/corpora/${part(id)}`, { method: "DELETE" }),
  pageOcrResult: (corpus: string, page: number, signal?: AbortSignal) =>
    json<PageOcrResult>(`/api/corpora/${part(corpus)}/pages/${page}/ocr-result`, { signal }),

  scanEdit: (corpus: string, page: number, signal?: AbortSignal) =>
    json<ScanEdit>(`/api/corpora/${part(corpus)}/pages/${page}/edit`, { signal }),
  editedPicture: (corpus: string, page: number, edit: PageEdit, maxWidth: number, signal?: AbortSignal) =>
    pictureOf(`/api/corpora/${part(corpus)}/pages/${page}/edit/picture`, { edit, max_width: maxWidth }, signal),
  saveEdit: (corpus: string, page: number, edit: PageEdit, version: string, keepalive = false) =>
    json<{ version: string }>(`/api/corpora/${part(corpus)}/pages/${page}/edit`, { method: "PUT", json: { edit, version }, keepalive }),
  proposedEdit: (corpus: string, page: number, edit: PageEdit, signal?: AbortSignal) =>
    json<EditProposal>(`/api/corpora/${part(corpus)}/pages/${page}/edit/proposal`, { method: "POST", json: { edit }, signal }),
  copyEdit: (corpus: string, page: number, which: "all" | "odd" | "even", version: string) =>
    json<CopiedEdit>(`/api/corpora/${part(corpus)}/pages/${page}/edit/others`, { method: "POST", json: { which, version } }),
  includePage: (corpus: string, { file, number }: ExcludedPage) =>
    done(`/api/corpora/${part(corpus)}/include`, { method: "POST", json: { file, number } }),
  trainingEstimate: (corpus: string) => json<TrainingEstimate>(`/api/corpora/${part(corpus)}/training`),
  saveTruth: (corpus: string, page: number, change: TruthChange) =>
    json<SavedTruth>(`/api/corpora/${part(corpus)}/pages/${page}/truth`, { method: "PUT", json: change }),

  runs: () => json<RunInfo[]>("/api/runs"),
  run: (id: string) => json<RunInfo>(`/api/runs/${part(id)}`),
  startRun: async (request: RunRequest) =>
    (await json<{ id: string }>("/api/runs", { method: "POST", json: request })).id,
  steerRun: (id: string, what: "pause" | "cancel" | "resume") =>
    json<RunInfo>(`/api/runs/${part(id)}/${what}`, { method: "POST" }),
  forgetRun: (id: string) => done(`/api/runs/${part(id)}`, { method: "DELETE" }),
  runLog: (id: string, from: number) => json<RunLog>(`/api/runs/${part(id)}/log?from=${from}`),
  texts: (id: string, words: string, from: number, count: number, signal?: AbortSignal) =>
    json<TextList>(`/api/runs/${part(id)}/texts?words=${part(words)}&from=${from}&count=${count}`, { signal }),
  toCorrect: (id: string) => json<PagesToCorrect>(`/api/runs/${part(id)}/to_correct`),
  pageText: (id: string, page: number, signal?: AbortSignal) =>
    json<PageText>(`/api/runs/${part(id)}/texts/${page}`, { signal }),
  training: (id: string) => json<Train | null>(`/api/runs/${part(id)}/training`),
  runHistory: (id: string, from: number) => json<RunHistory>(`/api/runs/${part(id)}/history?from=${from}`),

  studies: () => json<StudyEntry[]>("/api/studies"),
  studyData: (id: string) => json<StudyData>(`/api/studies/${part(id)}/data`),
  verdict: (id: string) => json<ToldVerdict | null>(`/api/studies/${part(id)}/verdict`),
  studyExports: async (id: string) => (await json<{ names: ExportName[] }>(`/api/studies/${part(id)}/exports`)).names,
  trial: (id: string, number: number) => json<TrialDetail>(`/api/studies/${part(id)}/trials/${number}`),
  studyCorpus: async (id: string) => (await json<{ id: string }>(`/api/studies/${part(id)}/corpus`)).id,
  studyScans: (id: string) => json<StudyScans>(`/api/studies/${part(id)}/scans`),
  locateScans: (id: string, folder: string) =>
    json<StudyScans>(`/api/studies/${part(id)}/scans`, { method: "PUT", json: { folder } }),
  notes: async (id: string) => (await json<{ text: string }>(`/api/studies/${part(id)}/notes`)).text,
  saveNotes: (id: string, text: string, keepalive = false) =>
    done(`/api/studies/${part(id)}/notes`, { method: "PUT", json: { text }, keepalive }),
};
