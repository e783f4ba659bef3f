/** A point of a chart: x, y and, where x isn't it, the trial's number. */
export type Point = readonly number[];

/** Numbers of the trials whose points lie in a rectangle, ends included; each once. */
export function inRectangle(points: readonly Point[], range: readonly [readonly number[], readonly number[]]): number[] {
  const [[left = 0, right = 0], [bottom = 0, top = 0]] = range;
  const within = points.filter(([x = Number.NaN, y = Number.NaN]) => x >= left && x <= right && y >= bottom && y <= top);
  return [...new Set(within.map((point) => point[2] ?? point[0] ?? 0))];
}
