/** Pixels that a pointer may tremble before a press is a drag. */
export const TREMBLE = 4;

/** Pixels of a wheel's line and page, for browsers that count in those. */
const WHEEL_UNITS = [1, 16, 400];
/** Pixels of the wheel that double or halve what is seen. */
const WHEEL_DOUBLES = 160;

/** How far a wheel was turned, in pixels. */
export function wheelPixels({ deltaMode, deltaX, deltaY }: WheelEvent): { x: number; y: number } {
  const unit = WHEEL_UNITS[deltaMode] ?? 1;
  return { x: deltaX * unit, y: deltaY * unit };
}

/** How many times as much is seen once the wheel was turned towards a person by so many pixels. */
export const wheelFactor = (pixels: number): number => 2 ** (pixels / WHEEL_DOUBLES);
