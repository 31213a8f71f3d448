import type { Pixels } from './pixels.js';

/** How pictures are measured: parameters of the policy, kept with every measurement. */
export interface MeasureTerms {
  /** How far a channel may be from 255, of 255, and still be white; and from the corner's, and still be of its colour. */
  tolerance: number;
  /** How many pixels deep the edge is that must be white. */
  edge_px: number;
  /** How many pixels deep a border may be; what has one colour further in is ground. */
  frame_px: number;
  /** More pixels than these are not decoded. */
  max_pixels: number;
  /** Larger files are not read. */
  max_bytes: number;
}

/** Counts of pixels along the border, whole numbers. */
export interface EdgeMeasures {
  edge_pixels: number;
  /** Of them those of which a channel, or the opacity, isn't full within the tolerance. */
  edge_off_white: number;
  /** The lowest value of a channel in the edge, 0 to 255. */
  edge_darkest: number;
  /** Outermost rings, a pixel wide each, that have the colour of the corner; of more than `frame_px` that many and one. */
  frame_px: number;
  /** Of the first ring within them: its pixels, and those of another colour. Both 0 where there is none. */
  inside_pixels: number;
  inside_other: number;
}

/** Looks at a pixel: the least of its channels, and whether it is of the corner's colour. */
class Look {
  readonly #corner: number[];

  constructor(
    private readonly pixels: Pixels,
    private readonly tolerance: number,
  ) {
    this.#corner = Array.from({ length: pixels.channels }, (_, channel) => this.#channel(0, channel));
  }

  /** A channel of 0 to 255, whatever depth it has; a share of a step counts as none. */
  #channel(pixel: number, channel: number): number {
    const { data, channels, full } = this.pixels;
    const value = data[pixel * channels + channel] ?? 0;
    return full === 255 ? value : Math.floor((value * 255) / full);
  }

  darkest(pixel: number): number {
    let least = 255;
    for (let channel = 0; channel < this.pixels.channels; channel += 1)
      least = Math.min(least, this.#channel(pixel, channel));
    return least;
  }

  isOfCorner(pixel: number): boolean {
    for (const [channel, value] of this.#corner.entries())
      if (Math.abs(this.#channel(pixel, channel) - value) > this.tolerance) return false;
    return true;
  }
}

/** Measures the border of a picture. */
export function measureEdge(
  pixels: Pixels,
  terms: Pick<MeasureTerms, 'tolerance' | 'edge_px' | 'frame_px'>,
): EdgeMeasures {
  const look = new Look(pixels, terms.tolerance);
  const deepest = Math.ceil(Math.min(pixels.width, pixels.height) / 2);
  const measured: EdgeMeasures = {
    edge_pixels: 0,
    edge_off_white: 0,
    edge_darkest: 255,
    frame_px: 0,
    inside_pixels: 0,
    inside_other: 0,
  };
  for (let depth = 0; depth < Math.min(terms.edge_px, deepest); depth += 1)
    eachOfRing(pixels, depth, (pixel) => {
      const darkest = look.darkest(pixel);
      measured.edge_pixels += 1;
      if (darkest < 255 - terms.tolerance) measured.edge_off_white += 1;
      if (darkest < measured.edge_darkest) measured.edge_darkest = darkest;
    });
  for (let depth = 0; depth < Math.min(terms.frame_px + 1, deepest); depth += 1) {
    let [all, other] = [0, 0];
    eachOfRing(pixels, depth, (pixel) => {
      all += 1;
      if (!look.isOfCorner(pixel)) other += 1;
    });
    if (other > 0) return { ...measured, inside_pixels: all, inside_other: other };
    measured.frame_px += 1;
  }
  return measured;
}

/** The pixels that lie so many from the nearest side. */
function eachOfRing({ width, height }: Pixels, depth: number, take: (pixel: number) => void): void {
  const [right, bottom] = [width - 1 - depth, height - 1 - depth];
  if (right < depth || bottom < depth) return;
  for (let x = depth; x <= right; x += 1) {
    take(depth * width + x);
    if (bottom > depth) take(bottom * width + x);
  }
  for (let y = depth + 1; y < bottom; y += 1) {
    take(y * width + depth);
    if (right > depth) take(y * width + right);
  }
}
