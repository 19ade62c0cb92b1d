import { html, nothing, type TemplateResult } from 'lit';
import type { CallGraph, GraphEdge } from '../../analysis/index.js';
import { formatDuration, formatNumber } from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { serviceIcon } from '../../internal/icons.js';
import type { Chosen } from './graph-calls.js';
import { callerName, nameOf, type Wording } from './graph-words.js';

export interface TableAnswers {
  choose(chosen: Chosen): void;
  more(): void;
}

/** The edges of a graph as rows: the same as the drawing, for whoever does not see it, and complete. */
export function renderTable(
  label: string,
  graph: CallGraph,
  { rows, called }: { rows: number; called: number | undefined },
  wording: Wording,
  answers: TableAnswers,
): TemplateResult {
  const { messages } = wording;
  const more = graph.edges.length - rows;
  return html`<div class="table" part="table" role="region" tabindex="0" aria-label=${label}>
    <table>
      <thead>
        <tr>
          <th scope="col">${messages.graphFrom}</th>
          <th scope="col">${messages.graphTo}</th>
          ${[
            messages.graphCalls,
            messages.errors,
            messages.graphMedian,
            messages.graphPercentile95,
            messages.graphLongest,
          ].map((heading) => html`<th scope="col" class="number">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${graph.edges.slice(0, rows).map((edge) => renderRow(edge, graph, called === edge.index, wording, answers))}
      </tbody>
    </table>
    ${
      more > 0
        ? html`<button type="button" class="button more" @click=${answers.more}>
            ${messages.graphMoreRows(more)}
          </button>`
        : nothing
    }
  </div>`;
}

function renderRow(
  edge: GraphEdge,
  graph: CallGraph,
  isCalled: boolean,
  wording: Wording,
  answers: TableAnswers,
): TemplateResult {
  const { messages } = wording;
  const { index, from, to, calls, errors, duration } = edge;
  const node = graph.nodes[to]!;
  const name = nameOf(node, wording);
  const caller = callerName(from, graph, wording);
  const time = (ms: number | undefined): TemplateResult =>
    html`<td class="number">${ms === undefined ? '' : formatDuration(ms, messages.locale)}</td>`;
  return html`<tr aria-current=${isCalled ? 'true' : nothing}>
    <td class=${from === undefined ? 'muted' : ''} title=${revealedText(caller)}>${revealed(caller)}</td>
    <td data-kind=${node.kind}>
      <button
        type="button"
        class="callee"
        title=${messages.graphEdge(revealedText(caller), revealedText(name))}
        @click=${() => answers.choose({ what: 'edge', index })}
      >
        <span class="kind-icon">${node.kind === 'service' ? serviceIcon() : kindIcon(node.kind)}</span
        ><span class="visually-hidden">${messages.kinds[node.kind] ?? ''} </span
        ><span class="words">${revealed(name)}</span>
      </button>
    </td>
    <td class="number">${formatNumber(calls, messages.locale)}</td>
    <td class="number ${errors ? 'errors' : ''}">
      ${errors ? `✕ ${formatNumber(errors, messages.locale)}` : formatNumber(0, messages.locale)}
    </td>
    ${time(duration?.p50)} ${time(duration?.p95)} ${time(duration?.max)}
  </tr>`;
}
