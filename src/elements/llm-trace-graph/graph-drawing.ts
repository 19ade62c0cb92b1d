import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { CallGraph, GraphEdge, GraphNode } from '../../analysis/index.js';
import { formatCompact } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { serviceIcon } from '../../internal/icons.js';
import type { Chosen } from './graph-calls.js';
import { START_SIZE, type GraphLayout } from './graph-layout.js';
import type { GraphPart } from './graph-part.js';
import { nameOf, shortFigures, spokenEdge, spokenNode, type Wording } from './graph-words.js';

/** What is drawn, and how it stands. */
export interface Drawn {
  readonly graph: CallGraph;
  readonly part: GraphPart;
  readonly layout: GraphLayout;
  readonly scale: number;
  readonly chosen: Chosen | undefined;
  /** The edge of the selected call. */
  readonly called: number | undefined;
  /** Node under the pointer or the focus: what it has to do with stands out. */
  readonly near: number | undefined;
  /** The one node in the order of the page. */
  readonly active: number | undefined;
  /** Edges that were gone along up to the selected call; `undefined` where the graph is not gone through. */
  readonly reached: ReadonlySet<number> | undefined;
}

export interface DrawingAnswers {
  choose(chosen: Chosen): void;
  /** The pointer or the focus is on a node, or on none. */
  near(node: number | undefined): void;
}

/** Strokes in CSS pixels: the busier, the wider. */
const widthOf = (calls: number): number => Math.min(4, 1.2 + Math.log10(Math.max(1, calls)) * 0.9);

/** Nodes are buttons over the lines: so they take the focus, and words in them are cut, turned and shown as elsewhere. */
export function renderDrawing(drawn: Drawn, wording: Wording, answers: DrawingAnswers): TemplateResult {
  const { layout, part, scale } = drawn;
  const { width, height } = layout;
  return html`<div class="world" .style=${`width: ${width * scale}px; height: ${height * scale}px`}>
    <div class="plane" .style=${`width: ${width}px; height: ${height}px; transform: scale(${scale})`}>
      <svg class="lines" aria-hidden="true" width=${width} height=${height} viewBox="0 0 ${width} ${height}">
        ${
          layout.start
            ? svg`<circle class="start" cx=${layout.start.x} cy=${layout.start.y} r=${START_SIZE / 2}></circle>`
            : nothing
        }
        ${part.edges.map((edge) => renderLine(edge, drawn))}
      </svg>
      ${part.edges.map((edge) => renderLabel(edge, drawn, wording, answers))}
      ${part.nodes.map((node) => renderNode(node, drawn, wording, answers))}
    </div>
  </div>`;
}

/** How a node or an edge stands among the others. */
const standing = (isBack: boolean, isCalled: boolean, hasErrors: boolean): string =>
  [isBack ? 'back' : '', isCalled ? 'called' : '', hasErrors ? 'failed' : ''].filter(Boolean).join(' ');

function edgeStanding({ index, from, to, errors }: GraphEdge, { near, chosen, called, reached }: Drawn): string {
  const isApart = near !== undefined && from !== near && to !== near;
  const isAhead = reached !== undefined && !reached.has(index);
  const isCalled = called === index || (chosen?.what === 'edge' && chosen.index === index);
  return standing(isApart || isAhead, isCalled, errors > 0);
}

function nodeStanding({ index }: GraphNode, { near, part, graph, called, reached }: Drawn): string {
  const touches = ({ from, to }: GraphEdge): boolean =>
    (from === near && to === index) || (to === near && from === index);
  const isApart = near !== undefined && near !== index && !part.edges.some(touches);
  const isAhead =
    reached !== undefined &&
    !part.edges.some((edge) => reached.has(edge.index) && (edge.to === index || edge.from === index));
  return standing(isApart || isAhead, called !== undefined && graph.edges[called]!.to === index, false);
}

function renderLine(edge: GraphEdge, drawn: Drawn): SVGTemplateResult {
  const { line, head } = drawn.layout.edges.get(edge.index)!;
  return svg`<g class="edge ${edgeStanding(edge, drawn)}">
    <path class="line" d=${line} stroke-width=${widthOf(edge.calls)}></path>
    <path class="head" d=${head}></path>
  </g>`;
}

function renderLabel(edge: GraphEdge, drawn: Drawn, wording: Wording, answers: DrawingAnswers): TemplateResult {
  const { label } = drawn.layout.edges.get(edge.index)!;
  const spoken = spokenEdge(edge, drawn.graph, wording);
  // Out of the order of the page: the table has a button for each edge.
  return html`<button
    type="button"
    class="label ${edgeStanding(edge, drawn)}"
    part="edge"
    tabindex="-1"
    title=${spoken}
    .style=${`left: ${label.x}px; top: ${label.y}px`}
    @click=${() => answers.choose({ what: 'edge', index: edge.index })}
  >
    <span class="visually-hidden">${spoken}</span>
    <span class="figures" aria-hidden="true"
      ><span class="words">${shortFigures(edge, wording.messages)}</span>${renderErrors(edge.errors, wording)}</span
    >
  </button>`;
}

function renderNode(node: GraphNode, drawn: Drawn, wording: Wording, answers: DrawingAnswers): TemplateResult {
  const { index, kind } = node;
  const { x, y } = drawn.layout.nodes.get(index)!;
  const { messages } = wording;
  const spoken = spokenNode(node, wording);
  const isChosen = drawn.chosen?.what === 'node' && drawn.chosen.index === index;
  return html`<button
    type="button"
    class="node ${nodeStanding(node, drawn)} ${isChosen ? 'chosen' : ''}"
    part="node"
    data-kind=${kind}
    data-node=${index}
    tabindex=${drawn.active === index ? 0 : -1}
    title=${spoken}
    aria-current=${isChosen ? 'true' : nothing}
    .style=${`left: ${x}px; top: ${y}px`}
    @click=${() => answers.choose({ what: 'node', index })}
    @pointerenter=${() => answers.near(index)}
    @pointerleave=${() => answers.near(undefined)}
    @focus=${() => answers.near(index)}
    @blur=${() => answers.near(undefined)}
  >
    <span class="visually-hidden">${spoken}</span>
    <span class="name" aria-hidden="true"
      ><span class="kind-icon">${kind === 'service' ? serviceIcon() : kindIcon(kind)}</span
      ><span class="words">${revealed(nameOf(node, wording))}</span></span
    >
    <span class="figures" aria-hidden="true"
      ><span class="words">${messages.kinds[kind] ?? ''} · ${shortFigures(node, messages)}</span>${renderErrors(
        node.errors,
        wording,
      )}</span
    >
  </button>`;
}

/** Errors are told by a sign too, not by the colour alone. */
const renderErrors = (errors: number, { messages }: Wording): TemplateResult | typeof nothing =>
  errors ? html`<span class="errors">✕ ${formatCompact(errors, messages.locale)}</span>` : nothing;
