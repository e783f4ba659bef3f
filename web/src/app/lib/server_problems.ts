/** Which field a server's line about a pipeline is meant for. */
import type { PipelineForm } from "contract";

/** The line by the name of the setting that it names; under "" where it names none. */
export function problemsByField(form: PipelineForm, line: string): Map<string, string> {
  if (line === "") return new Map();
  const names = [...form.uses.flatMap((use) => use.settings), ...form.ocr].map((setting) => setting.name);
  // The longest first: `h` is in many words, `denoise_h` isn't.
  const found = names
    .sort((a, b) => b.length - a.length)
    .find((name) => new RegExp(`(^|[^A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(line));
  return new Map([[found ?? "", line]]);
}
