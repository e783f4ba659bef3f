/** A few stages, presets, samplers and objectives, as the server tells of its own. */
import type { DeviceInfo, EngineInfo, MethodInfo, ObjectiveInfo, OcrInfo, OptionInfo, PipelineForm, PresetInfo, SamplerInfo, StageInfo, StageParameter } from "contract";
import { cer, checkedQuality, confidence, time as timeScore } from "../../make_study.ts";

function parameter(name: string, change: Partial<StageParameter>): StageParameter {
  return { name, type: "integer", low: 1, high: 10, initial: 5, min: 0, max: 100, unit: "px", help: `how large ${name} is`, log: false, choices: [], ...change };
}

function stage(name: string, summary: string, parameters: StageParameter[], colour = false): StageInfo {
  const doc = `# ${name}\n\n${summary}\n\n![picture](pictures/${name}.png)\n\n## What it does\n\nEach pixel becomes a *mean* of \`window\` pixels [@buades2005].\n\n    out(p) = Σ w(p, q)\n\n- **good** for grain\n- bad for [specks](https://example.org/specks)\n\n| parameter | default |\n|---|---|\n| \`h\` | 9 |\n\n<script>alert(1)</script>\n`;
  const fr = `# ${name}\n\n## Effet\n\nChaque pixel devient une *moyenne* de \`window\` pixels.\n`;
  return { name, summary, doc: { en: doc, fr }, cites: ["buades2005"], wants_colour: colour, gives_colour: colour, parameters };
}

export const stages: StageInfo[] = [
  stage("drop_colour", "Makes one colour white: stamps and lines.", [
    parameter("chroma", { low: 5, high: 60, initial: 20, max: 200, unit: "" }),
    parameter("channel", { type: "category", low: 0, high: 2, initial: 0, min: 0, max: 2, unit: "", choices: ["red", "green", "blue"], help: "which colour" }),
  ], true),
  stage("remove_lines", "Removes ruled lines, horizontal and vertical ones.", [
    parameter("h_size", { low: 30, high: 70, initial: 45, min: 1, max: 2000 }),
    parameter("v_size", { low: 40, high: 120, initial: 50, min: 1, max: 2000 }),
    parameter("repair", { type: "boolean", low: 0, high: 1, initial: 1, min: 0, max: 1, unit: "", help: "whether letters are mended" }),
  ]),
  stage("denoise_nlm", "Non-local means: averages each pixel with those whose surroundings look alike.", [
    parameter("h", { type: "real", low: 2, high: 20, initial: 9, min: 0, max: 100, unit: "gray levels", help: "filter strength h; 0 leaves the image unchanged" }),
    parameter("noise_threshold", { type: "real", low: 20, high: 500, initial: 100, min: 0, max: 1000000, log: true, unit: "" }),
  ]),
  stage("binarize_adaptive", "Black where a pixel is darker than its surroundings.", [
    parameter("block", { type: "odd", low: 61, high: 201, initial: 121, min: 3, max: 2001 }),
    parameter("c", { low: 10, high: 25, initial: 15, min: -50, max: 50, unit: "gray levels" }),
  ]),
  stage("clahe", "Evens out contrast tile by tile.", [parameter("clip", { type: "real", low: 1, high: 5, initial: 2, min: 0.1, max: 40 })]),
  stage("invert_dark", "Turns pages that are mostly dark.", []),
];

export const ocr: OcrInfo = {
  summary: "Settings of Tesseract for the preprocessed page.",
  doc: { en: "# How pages are read\n\nIts layout, and its resolution.\n", fr: "# Réglages d’OCR\n\nSa mise en page, et sa résolution.\n" },
  parameters: [
    parameter("page_segmentation", { type: "category", low: 0, high: 2, initial: 0, min: 0, max: 2, unit: "", choices: ["given", "auto", "sparse"], help: "the layout" }),
    parameter("dpi", { low: 70, high: 600, initial: 0, min: 0, max: 2400, unit: "dpi", log: true }),
  ],
};

function use(name: string, free: string[]): PipelineForm["uses"][number] {
  const info = stages.find((one) => one.name === name)!;
  return {
    stage: name, switch_name: `use_${name}`, on: true, optional: name === "remove_lines", slot: "",
    settings: info.parameters.map((one) => ({
      name: one.name, parameter: one.name, value: one.initial,
      free: free.includes(one.name) ? { low: one.low, high: one.high, log: false, step: 0 } : null,
    })),
  };
}

export const standard: PipelineForm = {
  name: "standard", description: "Ruled lines removed, non-local means, adaptive threshold.",
  uses: [use("remove_lines", ["h_size", "v_size"]), use("denoise_nlm", ["h"]), use("binarize_adaptive", ["block", "c"])], slots: [], ocr: [],
};

/** What the server would write; the mock reads it back by its comment. */
export function tomlOf(form: PipelineForm): string {
  const lines = [`# ${JSON.stringify(form)}`, `name = "${form.name}"`];
  for (const one of form.uses) {
    lines.push("", "[[stage]]", `use = "${one.stage}"`);
    for (const setting of one.settings) {
      lines.push(setting.free ? `${setting.name} = { low = ${setting.free.low}, high = ${setting.free.high}, initial = ${setting.value} }` : `${setting.name} = ${setting.value}`);
    }
  }
  return lines.join("\n") + "\n";
}

export function formOf(toml: string): PipelineForm {
  const first = /^# (\{.*\})$/m.exec(toml);
  if (!first) throw new Error("line 1: expected a [[stage]]");
  return JSON.parse(first[1]!) as PipelineForm;
}

export const presets: PresetInfo[] = [
  { name: "raw", description: "Nothing: the original page.", toml: tomlOf({ name: "raw", description: "", uses: [], slots: [], ocr: [] }) },
  { name: "standard", description: standard.description, toml: tomlOf(standard) },
];

export const samplers: SamplerInfo[] = [
  { name: "sobol", summary: "Evenly spread points.", good_for: "a first look", cost: "none of its own", several_objectives: true },
  { name: "gp", summary: "A model of the objective says where to look next.", good_for: "few trials", cost: "seconds a proposal", several_objectives: false },
];

export const objectives: ObjectiveInfo[] = [checkedQuality, confidence, cer, timeScore];

export const devices: DeviceInfo[] = [
  { name: "cuda:0", description: "NVIDIA H200, CUDA 12.8", memory_bytes: 150_000_000_000, is_processor: false, has_code: true },
  { name: "opencl:0", description: "cpu-haswell, Portable Computing Language", memory_bytes: 16_000_000_000, is_processor: true, has_code: true },
];

export const engines: EngineInfo[] = [
  { name: "lstm", title: "ocrtune's LSTM engine", summary: "ocrtune's faster implementation of Tesseract's LSTM recognizer", automatic: true },
  { name: "tesseract", title: "Tesseract", summary: "Tesseract", automatic: true },
  { name: "ppocr", title: "PP-OCRv6", summary: "PP-OCRv6 (Baidu), run by OpenVINO", automatic: false },
];

/** Of some options. */
const labels: Record<string, string> = {
  objective: "Objective", trials: "Trials", budget: "Time limit", hold_out: "Validation pages", device: "Device for the stages",
  ocr_device: "Device for ocrtune's LSTM engine", format: "Output formats", effort: "Effort per page", jobs: "Workers",
  engine: "Engines to train", add_characters: "Add characters that a model lacks", folds: "Folds", epochs: "Epochs at most", seed: "Seed",
};
const optionOf = (name: string, kind: OptionInfo["kind"], more: Partial<OptionInfo> = {}): OptionInfo => ({
  name, option: `--${name.replaceAll("_", "-")}`, group: "Search", kind, label: labels[name] ?? "", help: `What ${name} does`, usual: "", low: null, high: null, duration: false,
  choices: [], most_values: 0, ...more,
});
const objectiveNames = objectives.map((one) => one.name);
const onDevices = [optionOf("jobs", "whole", { low: 1, high: 1024 }), optionOf("device", "text", { usual: "cpu" }), optionOf("ocr_device", "text", { usual: "cpu" })];
const time = { low: 1, high: 3_600_000, duration: true };

/** Some of what the server has. */
export const methods: MethodInfo[] = [
  {
    name: "tune",
    options: [
      optionOf("objective", "list", { choices: objectiveNames, usual: "reference_quality", most_values: 1 }), optionOf("trials", "whole", { low: 1, high: 1_000_000, usual: "120" }),
      optionOf("budget", "real", time), optionOf("hold_out", "whole", { low: 0, high: 100_000 }), optionOf("constraint", "list"), optionOf("single", "flag"),
      optionOf("psm", "whole", { choices: ["1", "3", "6"], usual: "6" }), ...onDevices,
    ],
  },
  {
    name: "optimize",
    options: [
      optionOf("objective", "list", { choices: objectiveNames, usual: "confidence", most_values: 8 }), optionOf("trials", "whole", { low: 1, high: 1_000_000, usual: "100" }),
      optionOf("budget", "real", time), optionOf("sampler", "text", { choices: samplers.map((one) => one.name), usual: "gp; tpe for several objectives or more than 300 trials" }), ...onDevices,
    ],
  },
  { name: "screen", options: [optionOf("objective", "list", { choices: objectiveNames, most_values: 8 }), optionOf("exponent", "whole", { low: 0, high: 20, usual: "6" }), ...onDevices] },
  {
    name: "apply",
    options: [optionOf("format", "list", { choices: ["text", "alto"], usual: "text" }), optionOf("effort", "text", { choices: ["low", "normal", "high"] }), optionOf("vote", "flag"), optionOf("enough", "real", { low: 0, high: 100, usual: "90" }), ...onDevices],
  },
  {
    name: "train",
    options: [
      optionOf("engine", "list", { choices: ["tesseract", "ppocr"], usual: "all that are installed" }), optionOf("add_characters", "flag"),
      optionOf("folds", "whole", { low: 2, high: 20, usual: "5" }), optionOf("epochs", "whole", { low: 1, high: 100, usual: "20" }), optionOf("seed", "whole", { low: 0, high: 1_000_000_000, usual: "0" }),
      optionOf("jobs", "whole", { low: 1, high: 1024 }),
    ],
  },
];
