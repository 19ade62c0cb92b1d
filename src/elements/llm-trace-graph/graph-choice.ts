import type { Span } from '../../model/index.js';
import type { Chosen } from './graph-calls.js';
import { NOTHING_SHOWN, type ShownGraph } from './shown-graph.js';

/** Which call of a graph is selected, and which node or edge was chosen for it. */
export class GraphChoice {
  chosen: Chosen | undefined;
  /** Place of the selected call in the steps of the graph. */
  at: number | undefined;
  /** Node that the keys start from. */
  active: number | undefined;
  #shown = NOTHING_SHOWN;

  /** Another graph, or the same one with more calls. */
  show(shown: ShownGraph, selected: string | undefined): void {
    this.#shown = shown;
    const { nodes } = shown.part;
    if (!nodes.some(({ index }) => index === this.active)) this.active = nodes[0]?.index;
    this.follow(selected);
  }

  /** What the page selected, or the same in a graph that was read anew. */
  follow(selected: string | undefined): void {
    const { steps, edges } = this.#shown.graph;
    const isThere = this.at !== undefined && steps[this.at]?.span.id === selected;
    if (isThere && !this.#isOtherChoice()) return;
    this.at = selected === undefined ? undefined : this.#shown.calls.around(selected);
    const edge = this.edge;
    if (edge === undefined) this.chosen = undefined;
    else if (this.chosen?.what === 'edge') this.chosen = { what: 'edge', index: edge };
    else this.chosen = { what: 'node', index: edges[edge]!.to };
    this.#activateChosen();
  }

  /** The edge that the selected call went along. */
  get edge(): number | undefined {
    return this.at === undefined ? undefined : this.#shown.graph.steps[this.at]!.edge;
  }

  /** The calls that are gone through one by one: all of them, or those of what is chosen. */
  calls(isInSteps: boolean): readonly number[] {
    if (isInSteps) return Array.from(this.#shown.graph.steps.keys());
    return this.chosen ? this.#shown.calls.of(this.chosen) : [];
  }

  /** Chooses a node or an edge. Gives its first call; chosen again, the next one. */
  choose(chosen: Chosen, isInSteps: boolean): number {
    const calls = this.#shown.calls.of(chosen);
    const { at } = this;
    const next = at === undefined ? undefined : calls.find((call) => call > at);
    const isAmong = at !== undefined && calls.includes(at);
    this.chosen = chosen;
    return ((isAmong || isInSteps) && next !== undefined ? next : calls[0])!;
  }

  /** Selects a call. */
  go(call: number): Span {
    const { span, edge } = this.#shown.graph.steps[call]!;
    this.at = call;
    if (!this.chosen || !this.#shown.calls.of(this.chosen).includes(call)) {
      this.chosen = { what: 'node', index: this.#shown.graph.edges[edge]!.to };
    }
    this.#activateChosen();
    return span;
  }

  /** The call after or before the selected one. */
  beside(direction: 1 | -1, isInSteps: boolean): number | undefined {
    const { at } = this;
    const calls = this.calls(isInSteps);
    if (calls.length === 0 && this.active !== undefined) {
      return this.choose({ what: 'node', index: this.active }, isInSteps);
    }
    return direction === 1
      ? calls.find((call) => at === undefined || call > at)
      : calls.findLast((call) => at !== undefined && call < at);
  }

  /** Whether what is chosen is not what the selected call belongs to: in a graph that was read anew, places are others. */
  #isOtherChoice(): boolean {
    return !this.chosen || !this.#shown.calls.of(this.chosen).includes(this.at!);
  }

  #activateChosen(): void {
    const { chosen } = this;
    if (!chosen) return;
    const node = chosen.what === 'node' ? chosen.index : this.#shown.graph.edges[chosen.index]!.to;
    if (this.#shown.part.nodes.some(({ index }) => index === node)) this.active = node;
  }
}
