import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Pauses } from '../../internal/time-slices.js';
import type { AttentionHeads } from './attention-heads.js';
import { greatestOf, scaleEnd, type HeadPool, type Matrix } from './matrix.js';

/** What is to be shown. */
export interface WantedMatrix {
  readonly heads: AttentionHeads;
  readonly layer: number;
  readonly head: number | HeadPool;
  readonly hidesSink: boolean;
}

const isSame = (one: WantedMatrix | undefined, other: WantedMatrix | undefined): boolean =>
  one?.heads === other?.heads &&
  one?.layer === other?.layer &&
  one?.head === other?.head &&
  one?.hidesSink === other?.hidesSink;

/** Unpacks the one matrix that is shown; the figures of heads that nobody stated come layer by layer behind it. */
export class ShownMatrix implements ReactiveController {
  /** What is shown: the one before stays until the next is there. */
  matrix: Matrix | undefined;
  greatest = 0;
  /** Where its scale ends: what is beyond is drawn as the end. */
  end = 0;
  isWorking = false;
  failure: string | undefined;
  /** Grows with the figures that were worked out. */
  version = 0;
  done: Promise<unknown> = Promise.resolve();
  readonly #host: ReactiveControllerHost;
  #wanted: WantedMatrix | undefined;
  /** Heads whose figures are being worked out, or were. */
  #figuresOf: AttentionHeads | undefined;
  #isOnPage = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#isOnPage = true;
    if (this.#figuresOf) void this.#addFigures(this.#figuresOf);
  }

  hostDisconnected(): void {
    this.#isOnPage = false;
  }

  want(wanted: WantedMatrix | undefined): void {
    if (isSame(this.#wanted, wanted)) return;
    if (this.#wanted?.heads !== wanted?.heads) {
      this.matrix = undefined;
      this.#figuresOf = wanted?.heads;
    }
    this.#wanted = wanted;
    this.failure = undefined;
    this.isWorking = wanted !== undefined;
    if (wanted) this.done = this.#load(wanted);
  }

  async #load(wanted: WantedMatrix): Promise<void> {
    let matrix: Matrix | undefined;
    let failure: string | undefined;
    try {
      matrix = await wanted.heads.matrix(wanted.layer, wanted.head, wanted.hidesSink);
    } catch (error) {
      failure = String(error);
    }
    if (this.#wanted !== wanted) return;
    this.isWorking = false;
    this.failure = failure;
    this.matrix = matrix;
    this.greatest = matrix ? greatestOf(matrix) : 0;
    this.end = matrix ? scaleEnd(matrix) : 0;
    this.#host.requestUpdate();
    if (this.#figuresOf === wanted.heads) void this.#addFigures(wanted.heads);
  }

  /** In short stretches, while the host is on the page. */
  async #addFigures(heads: AttentionHeads): Promise<void> {
    const pauses = new Pauses();
    for (const layer of heads.layers) {
      if (!this.#isOnPage || this.#figuresOf !== heads) return;
      // What cannot be unpacked says so when it is looked at.
      if (!(await heads.addFigures(layer, pauses).catch(() => false))) continue;
      this.version++;
      this.#host.requestUpdate();
    }
    if (this.#figuresOf === heads) this.#figuresOf = undefined;
  }
}
