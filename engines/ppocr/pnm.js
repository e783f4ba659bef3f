// Images as binary PNM (P5 gray, P6 colour), with one byte a sample.

/**
 * Reads a PNM image.
 *
 * @param {Buffer} bytes the file
 * @returns {{width: number, height: number, channels: 1 | 3, pixels: Uint8Array}}
 * @throws {Error} if it is not a P5 or P6 file with 255 as its greatest value
 */
export function readPnm(bytes) {
  let at = 2;
  const field = () => {
    for (;;) {
      const c = bytes[at];
      if (c === 0x23) while (at < bytes.length && bytes[at] !== 0x0a) ++at;
      else if (c === 0x20 || (c >= 0x09 && c <= 0x0d)) ++at;
      else break;
    }
    const start = at;
    while (bytes[at] >= 0x30 && bytes[at] <= 0x39) ++at;
    return Number(bytes.toString("latin1", start, at));
  };
  const kind = bytes.toString("latin1", 0, 2);
  if (kind !== "P5" && kind !== "P6") throw new Error("not a PNM image (P5 or P6)");
  const channels = kind === "P5" ? 1 : 3;
  const width = field();
  const height = field();
  const most = field();
  const pixels = bytes.subarray(at + 1, at + 1 + width * height * channels);
  if (width < 1 || height < 1 || most !== 255 || pixels.length < width * height * channels)
    throw new Error("damaged PNM image");
  return { width, height, channels, pixels };
}
