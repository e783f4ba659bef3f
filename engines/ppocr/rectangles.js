// Regions of a map above a threshold, and the smallest rectangles around them.

/**
 * The 8-connected components of the pixels above a threshold.
 *
 * @param {Float32Array} map width × height
 * @param {number} width
 * @param {number} height
 * @param {number} threshold
 * @returns {number[][]} by component, the indices of its leftmost and rightmost pixels in each row:
 *   enough for its convex hull
 */
export function components(map, width, height, threshold) {
  const parent = [];
  const root = (i) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const runs = [];
  let above = [];
  for (let y = 0; y < height; ++y) {
    const row = [];
    const start = y * width;
    for (let x = 0; x < width; ++x) {
      if (!(map[start + x] > threshold)) continue;
      const left = x;
      while (x < width && map[start + x] > threshold) ++x;
      const run = { index: runs.length, y, left, right: x - 1 };
      parent.push(run.index);
      runs.push(run);
      row.push(run);
    }
    let first = 0;
    for (const run of row) {
      while (first < above.length && above[first].right < run.left - 1) ++first;
      for (let i = first; i < above.length && above[i].left <= run.right + 1; ++i)
        parent[root(above[i].index)] = root(run.index);
    }
    above = row;
  }
  const found = new Map();
  for (const run of runs) {
    const of = root(run.index);
    if (!found.has(of)) found.set(of, []);
    found.get(of).push(run.y * width + run.left, run.y * width + run.right);
  }
  return [...found.values()];
}

/** The convex hull of points (Andrew's monotone chain), counterclockwise with y upwards. */
function hull(points) {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (all) => {
    const chain = [];
    for (const p of all) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], p) <= 0)
        chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return points.length < 3 ? points : [...half(points), ...half([...points].reverse())];
}

/**
 * The rectangle of smallest area around pixels (one of its sides lies on the convex hull).
 *
 * @param {number[]} indices of pixels of a map
 * @param {number} width of the map
 * @returns {{centre: number[], along: number[], length: number, thickness: number}} `along`: the
 *   unit vector of the longer side, pointing right, or down where it is vertical
 */
export function smallestRectangle(indices, width) {
  const corners = [];
  for (const index of indices) {
    const x = index % width;
    const y = (index - x) / width;
    corners.push([x, y], [x + 1, y], [x, y + 1], [x + 1, y + 1]);
  }
  const points = hull(corners);
  let best = null;
  for (let i = 0; i < points.length; ++i) {
    const a = points[i];
    const b = points[(i + 1) % points.length];
    const norm = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (norm === 0) continue;
    const u = [(b[0] - a[0]) / norm, (b[1] - a[1]) / norm];
    let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of points) {
      const s = x * u[0] + y * u[1];
      const t = -x * u[1] + y * u[0];
      u0 = Math.min(u0, s);
      u1 = Math.max(u1, s);
      v0 = Math.min(v0, t);
      v1 = Math.max(v1, t);
    }
    const area = (u1 - u0) * (v1 - v0);
    if (best && area >= best.area) continue;
    best = { area, u, middle: [(u0 + u1) / 2, (v0 + v1) / 2], sides: [u1 - u0, v1 - v0] };
  }
  const { u, middle, sides } = best;
  const centre = [middle[0] * u[0] - middle[1] * u[1], middle[0] * u[1] + middle[1] * u[0]];
  let along = sides[0] >= sides[1] ? u : [-u[1], u[0]];
  if (along[0] < -1e-6 || (Math.abs(along[0]) <= 1e-6 && along[1] < 0)) along = [-along[0], -along[1]];
  return { centre, along, length: Math.max(...sides), thickness: Math.min(...sides) };
}

/**
 * The mean of a map inside a rectangle.
 *
 * @param {Float32Array} map width × height
 */
export function meanInside(map, width, height, { centre, along, length, thickness }) {
  const reachX = (Math.abs(along[0]) * length + Math.abs(along[1]) * thickness) / 2;
  const reachY = (Math.abs(along[1]) * length + Math.abs(along[0]) * thickness) / 2;
  const x1 = Math.min(width - 1, Math.floor(centre[0] + reachX));
  const y1 = Math.min(height - 1, Math.floor(centre[1] + reachY));
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(centre[1] - reachY)); y <= y1; ++y) {
    for (let x = Math.max(0, Math.floor(centre[0] - reachX)); x <= x1; ++x) {
      const dx = x + 0.5 - centre[0];
      const dy = y + 0.5 - centre[1];
      if (Math.abs(dx * along[0] + dy * along[1]) > length / 2) continue;
      if (Math.abs(-dx * along[1] + dy * along[0]) > thickness / 2) continue;
      sum += map[y * width + x];
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

/** The corners of a rectangle, clockwise from the upper left one as text runs. */
export function cornersOf({ centre, along, length, thickness }) {
  const a = [(along[0] * length) / 2, (along[1] * length) / 2];
  const d = [(-along[1] * thickness) / 2, (along[0] * thickness) / 2];
  return [
    [centre[0] - a[0] - d[0], centre[1] - a[1] - d[1]],
    [centre[0] + a[0] - d[0], centre[1] + a[1] - d[1]],
    [centre[0] + a[0] + d[0], centre[1] + a[1] + d[1]],
    [centre[0] - a[0] + d[0], centre[1] - a[1] + d[1]],
  ];
}
