/** Pictures of made-up pages: lines of words as bars, with as much noise as is asked for. */
import { deflateSync } from "node:zlib";
import type { Word } from "contract";
import { random } from "../../make_study.ts";

function crc(data: Buffer): number {
  let value = 0xffffffff;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, check]);
}

function png(width: number, height: number, grayAt: (x: number, y: number) => number): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = grayAt(x, y);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A region of a page of `size`, reduced to `width`; noise 0 to 1. */
export function pagePicture(
  size: { width: number; height: number }, words: readonly Word[], region: Region, width: number, noise: number,
): Buffer {
  const scale = Math.min(1, width / region.width);
  const [columns, rows] = [Math.max(1, Math.round(region.width * scale)), Math.max(1, Math.round(region.height * scale))];
  const ink = new Uint8Array(columns * rows);
  for (const [, , left, top, right, bottom] of words) {
    for (let y = Math.floor((top - region.y) * scale); y < (bottom - region.y) * scale; y += 1) {
      for (let x = Math.floor((left - region.x) * scale); x < (right - region.x) * scale; x += 1) {
        // Strokes, so that it looks like print.
        const px = x / scale + region.x;
        if (x >= 0 && y >= 0 && x < columns && y < rows && Math.floor(px / 5) % 2 === 0) ink[y * columns + x] = 1;
      }
    }
  }
  const next = random(7);
  return png(columns, rows, (x, y) => {
    const light = 250 - noise * 70 * ((x / scale + region.x) / size.width);
    const grain = noise * 50 * (next() - 0.5);
    return Math.max(0, Math.min(255, (ink[y * columns + x] ? 40 : light) + grain));
  });
}
