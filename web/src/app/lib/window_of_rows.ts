/** Which rows of a long table are drawn. */

export interface RowWindow {
  first: number;
  /** Excluded. */
  last: number;
  /** Heights of what stands for the rows before and behind, px. */
  above: number;
  below: number;
}

/** Rows that `scroll` px from the top and `height` px show, and `spare` more on either side. */
export function rowWindow(count: number, rowHeight: number, scroll: number, height: number, spare = 8): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(scroll / rowHeight) - spare));
  const last = Math.min(count, Math.max(first, Math.ceil((scroll + height) / rowHeight) + spare));
  return { first, last, above: first * rowHeight, below: (count - last) * rowHeight };
}

/** Where to scroll so that `row` is seen; `scroll` where it is. */
export function scrollTo(row: number, rowHeight: number, scroll: number, height: number): number {
  if (row * rowHeight < scroll) return row * rowHeight;
  if ((row + 1) * rowHeight > scroll + height) return (row + 1) * rowHeight - height;
  return scroll;
}
