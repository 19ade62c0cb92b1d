import { stagePlace } from '../../analysis/stages/index.js';

/** When a stage ran. */
export interface LaneMoment {
  readonly stage: string;
  readonly start: number;
  readonly end: number;
}

/** What is drawn in one go; shares of the time that is shown. */
export interface LanePiece {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

export interface Lane {
  readonly stage: string;
  readonly count: number;
  /** Of all its moments together. */
  readonly total: number;
  readonly first: number;
  readonly pieces: readonly LanePiece[];
}

export interface Lanes {
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly Lane[];
  /** Lanes that are not shown. */
  readonly more: number;
}

/** Pieces of a lane at the most: what is nearer to each other is drawn in one go. */
const MOST_PIECES = 200;
const MOST_LANES = 40;

/** A lane for each stage, in the order in which stages happen; those of other names as they come. */
export function lanesOf(moments: readonly LaneMoment[]): Lanes {
  let start = Infinity;
  let end = -Infinity;
  const byStage = new Map<string, LaneMoment[]>();
  for (const moment of moments) {
    start = Math.min(start, moment.start);
    end = Math.max(end, moment.end);
    const list = byStage.get(moment.stage);
    if (list) list.push(moment);
    else byStage.set(moment.stage, [moment]);
  }
  const stages = [...byStage].sort(([one], [other]) => stagePlace(one) - stagePlace(other));
  const length = end - start;
  return {
    start,
    end,
    lanes: stages.slice(0, MOST_LANES).map(([stage, list]) => laneOf(stage, list, start, length)),
    more: Math.max(0, stages.length - MOST_LANES),
  };
}

function laneOf(stage: string, moments: LaneMoment[], begin: number, length: number): Lane {
  moments.sort((one, other) => one.start - other.start);
  const share = (time: number): number => (length > 0 ? (time - begin) / length : 0);
  const near = 1 / MOST_PIECES;
  const pieces: { start: number; end: number; count: number }[] = [];
  let total = 0;
  for (const { start, end } of moments) {
    total += end - start;
    const last = pieces.at(-1);
    // What is too small to be told apart is one piece; what only touches stays two.
    const isNear = last !== undefined && (share(start) < last.end || share(end) - last.start < near);
    if (isNear) {
      last.end = Math.max(last.end, share(end));
      last.count++;
    } else pieces.push({ start: share(start), end: length > 0 ? share(end) : 1, count: 1 });
  }
  return { stage, count: moments.length, total, first: moments[0]!.start, pieces };
}
