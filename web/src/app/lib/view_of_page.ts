/** Where a page is looked at: how far zoomed in, and around which point. All in shares of the page's size. */

export interface Look {
  /** 1: the whole page fits. */
  zoom: number;
  /** Middle of what is seen. */
  x: number;
  y: number;
}

/** A part of a page; 0 to 1. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

export const wholePage: Look = { zoom: 1, x: 0.5, y: 0.5 };
export const mostZoom = 16;

/** How large the page is drawn, px of the screen: at zoom 1 it fits into `frame`. */
export function drawnSize(frame: Size, page: Size, zoom: number): Size {
  const fit = Math.min(frame.width / page.width, frame.height / page.height);
  return { width: page.width * fit * zoom, height: page.height * fit * zoom };
}

function within(at: number, frame: number, drawn: number): number {
  if (drawn <= frame) return 0.5;
  const margin = frame / 2 / drawn;
  return Math.min(1 - margin, Math.max(margin, at));
}

/** The look, as near to `look` as keeps the page in the frame. */
export function clampLook(look: Look, frame: Size, page: Size): Look {
  const zoom = Math.min(mostZoom, Math.max(1, look.zoom));
  const drawn = drawnSize(frame, page, zoom);
  return { zoom, x: within(look.x, frame.width, drawn.width), y: within(look.y, frame.height, drawn.height) };
}

/** Where the page's left top corner is in the frame, px. */
export function pageOffset(look: Look, frame: Size, page: Size): { left: number; top: number } {
  const drawn = drawnSize(frame, page, look.zoom);
  return { left: frame.width / 2 - look.x * drawn.width, top: frame.height / 2 - look.y * drawn.height };
}

/** What of the page is seen. */
export function visiblePart(look: Look, frame: Size, page: Size): Part {
  const drawn = drawnSize(frame, page, look.zoom);
  const share = (at: number, seen: number, all: number): [number, number] => {
    const low = Math.max(0, at - seen / 2 / all);
    const high = Math.min(1, at + seen / 2 / all);
    return [low, Math.max(0, high - low)];
  };
  const [x, width] = share(look.x, frame.width, drawn.width);
  const [y, height] = share(look.y, frame.height, drawn.height);
  return { x, y, width, height };
}

/** Zooms by `factor` so that what is at `at` (px in the frame) stays there. */
export function zoomAt(look: Look, factor: number, at: { x: number; y: number }, frame: Size, page: Size): Look {
  const zoom = Math.min(mostZoom, Math.max(1, look.zoom * factor));
  const old = drawnSize(frame, page, look.zoom);
  const drawn = drawnSize(frame, page, zoom);
  const away = { x: at.x - frame.width / 2, y: at.y - frame.height / 2 };
  return clampLook(
    {
      zoom,
      x: look.x + away.x / old.width - away.x / drawn.width,
      y: look.y + away.y / old.height - away.y / drawn.height,
    },
    frame,
    page,
  );
}

/** Moves what is seen by px of the screen. */
export function moveLook(look: Look, dx: number, dy: number, frame: Size, page: Size): Look {
  const drawn = drawnSize(frame, page, look.zoom);
  return clampLook({ ...look, x: look.x - dx / drawn.width, y: look.y - dy / drawn.height }, frame, page);
}

/** How wide a picture of a page is fetched that is drawn `drawn` px wide: in few widths, so that zooming doesn't fetch one for each step. */
export function pictureWidth(drawn: number, whole: number): number {
  return Math.min(whole, [1200, 2400, 4800].find((one) => one >= drawn) ?? 9600);
}

/** Pixels of an image of `size` that `part` covers, or null where it is all of it. */
export function pixelsOf(part: Part, size: Size): { x: number; y: number; width: number; height: number } | null {
  if (part.width >= 0.999 && part.height >= 0.999) return null;
  const x = Math.min(size.width - 1, Math.floor(part.x * size.width));
  const y = Math.min(size.height - 1, Math.floor(part.y * size.height));
  return {
    x,
    y,
    width: Math.max(1, Math.min(size.width - x, Math.ceil(part.width * size.width) + 1)),
    height: Math.max(1, Math.min(size.height - y, Math.ceil(part.height * size.height) + 1)),
  };
}

/** The part that pixels of an image are. */
export function partOf(pixels: { x: number; y: number; width: number; height: number } | null, size: Size): Part {
  if (pixels === null) return { x: 0, y: 0, width: 1, height: 1 };
  return {
    x: pixels.x / size.width,
    y: pixels.y / size.height,
    width: pixels.width / size.width,
    height: pixels.height / size.height,
  };
}

/**
 * A look that shows a word large enough to be read, and not larger than needed; `look` if it does. `usual`: height of the page's words, as a share
 * of it, since a word's own box may be that of a dot.
 */
export function lookAt(look: Look, part: Part, usual: number, frame: Size, page: Size): Look {
  const [least, wanted, most] = [14, 30, 80]; // height of words, px
  const high = (zoom: number) => usual * drawnSize(frame, page, zoom).height;
  const seen = visiblePart(look, frame, page);
  const within = (at: number, size: number, low: number, all: number) => at >= low && at + size <= low + all;
  const isSeen = within(part.x, part.width, seen.x, seen.width) && within(part.y, part.height, seen.y, seen.height);
  const isLegible = high(look.zoom) >= least && high(look.zoom) <= most;
  if (isSeen && isLegible) return look;
  const zoom = isLegible ? look.zoom : wanted / Math.max(high(1), 0.01);
  return clampLook({ zoom, x: part.x + part.width / 2, y: part.y + part.height / 2 }, frame, page);
}
