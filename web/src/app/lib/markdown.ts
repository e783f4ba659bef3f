/** Reads the Markdown that the stages' pages use into a tree, which Markdown.svelte shows without any HTML of theirs. */

export type Inline =
  | { kind: "text" | "code" | "strong" | "em"; text: string }
  | { kind: "link"; text: string; address: string };

export type Block =
  | { kind: "heading"; level: number; inlines: Inline[] }
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const inlinePattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|!\[[^\]]*\]\([^)]*\)|\[([^\]]+)\]\(([^)\s]+)\)|\[@([\w-]+)\]/g;

/** Links go to the web only; pictures and links between the pages have no place here and leave their text. */
export function parseInlines(text: string): Inline[] {
  const found: Inline[] = [];
  const push = (part: string) => {
    if (part !== "") found.push({ kind: "text", text: part });
  };
  let from = 0;
  for (const match of text.matchAll(inlinePattern)) {
    push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [, code, strong, em, label, address, cited] = match;
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (em !== undefined) found.push({ kind: "em", text: em });
    else if (label !== undefined && /^https?:\/\//.test(address ?? "")) {
      found.push({ kind: "link", text: label, address: address! });
    } else if (label !== undefined) push(label);
    else if (cited !== undefined) push(`[${cited}]`);
  }
  push(text.slice(from));
  return found;
}

function cellsOf(line: string): Inline[][] {
  return line.replace(/^\s*\||\|\s*$/g, "").split("|").map((cell) => parseInlines(cell.trim()));
}

const itemPattern = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;

/** Lines of `lines` from `at` on for which `belongs` holds. */
function takeWhile(lines: string[], at: number, belongs: (line: string) => boolean): string[] {
  let end = at;
  while (end < lines.length && belongs(lines[end]!)) end += 1;
  return lines.slice(at, end);
}

function listOf(lines: string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const item = itemPattern.exec(line);
    if (item !== null) items.push(item[2]!);
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return { kind: "list", ordered: itemPattern.exec(lines[0]!)?.[1] !== undefined, items: items.map(parseInlines) };
}

function startsBlock(line: string): boolean {
  return line.trim() === "" || /^(#{1,6} |```|\||    |<!--)/.test(line) || itemPattern.test(line);
}

/** The blocks of a text. What it doesn't know stays a paragraph. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    // Marks around tables that scripts/make_tables.py writes.
    if (line.trim() === "" || /^<!--.*-->$/.test(line)) at += 1;
    else if (heading !== null) {
      blocks.push({ kind: "heading", level: heading[1]!.length, inlines: parseInlines(heading[2]!) });
      at += 1;
    } else if (line.startsWith("```")) {
      const inside = takeWhile(lines, at + 1, (one) => !one.startsWith("```"));
      blocks.push({ kind: "code", text: inside.join("\n") });
      at += inside.length + 2;
    } else if (line.startsWith("    ")) {
      const inside = takeWhile(lines, at, (one) => one.startsWith("    "));
      blocks.push({ kind: "code", text: inside.map((one) => one.slice(4)).join("\n") });
      at += inside.length;
    } else if (line.startsWith("|")) {
      const rows = takeWhile(lines, at, (one) => one.startsWith("|"));
      const body = rows.slice(1).filter((row) => !/^\|[\s:|-]+$/.test(row));
      blocks.push({ kind: "table", head: cellsOf(rows[0]!), rows: body.map(cellsOf) });
      at += rows.length;
    } else if (itemPattern.test(line)) {
      const inside = takeWhile(lines, at, (one) => itemPattern.test(one) || /^\s+\S/.test(one));
      blocks.push(listOf(inside));
      at += inside.length;
    } else {
      const inside = [line, ...takeWhile(lines, at + 1, (one) => !startsBlock(one))];
      at += inside.length;
      const inlines = parseInlines(inside.join(" "));
      if (inlines.length > 0) blocks.push({ kind: "paragraph", inlines });
    }
  }
  return blocks;
}
