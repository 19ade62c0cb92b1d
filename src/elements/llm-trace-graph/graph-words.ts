import type { CallGraph, GraphEdge, GraphNode } from '../../analysis/index.js';
import { formatCompact, formatDuration, type Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { beginning, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';

/** How words are shown. */
export interface Wording {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** Characters of a name that are shown. */
const MOST_CHARACTERS = 200;

export const nameOf = ({ name }: GraphNode, { messages, settings }: Wording): string =>
  beginning(settings.readable(text(name)), MOST_CHARACTERS) || messages.noName;

/** The name of a caller; that of the outside where there is none. */
export const callerName = (from: number | undefined, graph: CallGraph, wording: Wording): string =>
  from === undefined ? wording.messages.graphStart : nameOf(graph.nodes[from]!, wording);

type Figures = Pick<GraphEdge, 'calls' | 'errors' | 'duration'>;

/** Calls and the median of their time, in little space: `3× · 120 ms`. */
export const shortFigures = ({ calls, duration }: Figures, { locale }: Messages): string =>
  [`${formatCompact(calls, locale)}×`, duration ? formatDuration(duration.p50, locale) : '']
    .filter(Boolean)
    .join(' · ');

/** The same in words. */
export const spokenFigures = ({ calls, errors, duration }: Figures, messages: Messages): string =>
  [
    messages.graphCallCount(calls),
    errors ? messages.errorCount(errors) : '',
    duration ? `${messages.graphMedian} ${formatDuration(duration.p50, messages.locale)}` : '',
    duration && duration.count > 1 ? `${messages.graphLongest} ${formatDuration(duration.max, messages.locale)}` : '',
  ]
    .filter(Boolean)
    .join(', ');

export const spokenNode = (node: GraphNode, wording: Wording): string =>
  `${wording.messages.kinds[node.kind] ?? ''} ${revealedText(nameOf(node, wording))}, ${spokenFigures(node, wording.messages)}`;

export const spokenEdge = ({ from, to, ...figures }: GraphEdge, graph: CallGraph, wording: Wording): string => {
  const caller = revealedText(callerName(from, graph, wording));
  const callee = revealedText(nameOf(graph.nodes[to]!, wording));
  return `${wording.messages.graphEdge(caller, callee)}: ${spokenFigures(figures, wording.messages)}`;
};

/** The graph as it may leave the page: names without what is masked. */
export const readableGraph = (graph: CallGraph, { settings }: Wording): CallGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, name: settings.readable(text(node.name)) })),
});
