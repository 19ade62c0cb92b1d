import type { CallGraph, GraphEdge, GraphNode } from './call-graph.js';

/** Characters of a name that are written. */
const MOST_CHARACTERS = 80;

/**
 * A graph as a Mermaid flowchart. Names are somebody else's text: every character but letters, digits and a few signs is
 * written by its number, so that none can end a label, begin another statement or become markup.
 */
export function mermaidOf(graph: CallGraph): string {
  const lines = ['flowchart LR'];
  for (const node of graph.nodes) lines.push(`  n${node.index}["${escaped(titleOf(node))}"]`);
  if (graph.edges.some(({ from }) => from === undefined)) lines.push('  start(( ))');
  for (const edge of graph.edges) {
    const from = edge.from === undefined ? 'start' : `n${edge.from}`;
    lines.push(`  ${from} -->|"${escaped(figuresOf(edge))}"| n${edge.to}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A graph as lines of text, one for each edge: `agent "planner" -> tool "search": 3 calls, 1 error, 120 ms`. */
export function graphText(graph: CallGraph): string {
  const lines = graph.edges.map((edge) => {
    const from = edge.from === undefined ? 'start' : quoted(graph.nodes[edge.from]!);
    return `${from} -> ${quoted(graph.nodes[edge.to]!)}: ${figuresOf(edge)}`;
  });
  return lines.length ? `${lines.join('\n')}\n` : '';
}

export const titleOf = ({ kind, name }: Pick<GraphNode, 'kind' | 'name'>): string =>
  `${kind} ${name.slice(0, MOST_CHARACTERS)}`.trim();

/** JSON's quotes, which leave no line break; what the eye does not see, or that turns a line round, by its number. */
export const quoted = ({ kind, name }: Pick<GraphNode, 'kind' | 'name'>): string =>
  `${kind} ${JSON.stringify(name.slice(0, MOST_CHARACTERS)).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )}`;

export const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:_/+-]/gu, (character) => `#${character.codePointAt(0)!};`);

function figuresOf({ calls, errors, duration }: GraphEdge): string {
  const parts = [calls === 1 ? '1 call' : `${calls} calls`];
  if (errors) parts.push(errors === 1 ? '1 error' : `${errors} errors`);
  if (duration) parts.push(`${Math.round(duration.p50 * 10) / 10} ms`);
  return parts.join(', ');
}
