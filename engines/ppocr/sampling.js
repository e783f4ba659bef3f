// Bilinear sampling of images at the points of an affine map.

/**
 * Samples an image on a grid: the output pixel (x, y) has the mean of the source around
 * origin + (x + 0.5)·right + (y + 0.5)·down. Outside the image its border is repeated.
 *
 * @param {{width: number, height: number, channels: number, pixels: Uint8Array}} image
 * @param {{origin: number[], right: number[], down: number[]}} map in px of the image
 * @param {number} width of the output
 * @param {number} height of the output
 * @returns {Float32Array} height × width × channels, 0 to 255
 */
export function sample(image, map, width, height) {
  const { channels, pixels } = image;
  const out = new Float32Array(width * height * channels);
  // When shrinking, several samples per output pixel avoid aliasing.
  const nx = Math.max(1, Math.ceil(Math.hypot(...map.right) - 0.25));
  const ny = Math.max(1, Math.ceil(Math.hypot(...map.down) - 0.25));
  const share = 1 / (nx * ny);
  const maxX = image.width - 1;
  const maxY = image.height - 1;
  const stride = image.width * channels;
  let to = 0;
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x, to += channels) {
      for (let j = 0; j < ny; ++j) {
        const v = y + (j + 0.5) / ny;
        for (let i = 0; i < nx; ++i) {
          const u = x + (i + 0.5) / nx;
          let px = map.origin[0] + u * map.right[0] + v * map.down[0] - 0.5;
          let py = map.origin[1] + u * map.right[1] + v * map.down[1] - 0.5;
          px = px < 0 ? 0 : px > maxX ? maxX : px;
          py = py < 0 ? 0 : py > maxY ? maxY : py;
          const x0 = px | 0;
          const y0 = py | 0;
          const fx = px - x0;
          const fy = py - y0;
          const dx = x0 < maxX ? channels : 0;
          const dy = y0 < maxY ? stride : 0;
          let from = y0 * stride + x0 * channels;
          for (let c = 0; c < channels; ++c, ++from) {
            const above = pixels[from] + fx * (pixels[from + dx] - pixels[from]);
            const below = pixels[from + dy] + fx * (pixels[from + dy + dx] - pixels[from + dy]);
            out[to + c] += share * (above + fy * (below - above));
          }
        }
      }
    }
  }
  return out;
}

/**
 * The map that resizes a whole image to width × height.
 *
 * @param {{width: number, height: number}} image
 * @param {number} width
 * @param {number} height
 */
export function resizing(image, width, height) {
  return { origin: [0, 0], right: [image.width / width, 0], down: [0, image.height / height] };
}
