/** A copy of `list` in which `count` elements from `at` on are replaced by `added`. */
export function spliced<T>(list: readonly T[], at: number, count: number, ...added: T[]): T[] {
  return [...list.slice(0, at), ...added, ...list.slice(at + count)];
}
