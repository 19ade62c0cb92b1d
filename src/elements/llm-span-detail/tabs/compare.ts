import { html, type TemplateResult } from 'lit';
import { formatMoment, type Messages } from '../../../i18n/index.js';
import { revealedText } from '../../../internal/hidden-characters.js';
import { beginning, text } from '../../../internal/text.js';
import type { Span, Trace } from '../../../model/index.js';
import type { DetailTab, TabContext } from './tab.js';

/** Calls that can be chosen: those nearest before. */
const MOST_CHOICES = 100;
const MOST_CHARACTERS = 60;

/** A call beside one before it: what entered the context and what fell out of it. */
export const compareTab: DetailTab = {
  id: 'compare',
  label: ({ diff }) => diff.tabCompare,
  isFor: (span) => span.kind === 'llm' && callsBefore(span).length > 0,
  render: (context) => {
    const { messages, span, compared, compareWith } = context;
    const calls = callsBefore(span);
    const chosen = calls.find(({ id }) => id === compared) ?? calls.find(({ name }) => name === span.name) ?? calls[0]!;
    return html`<label class="compare"
        >${messages.diff.compareWith}
        <select @change=${(event: Event) => compareWith((event.target as HTMLSelectElement).value)}>
          ${calls.map(
            (call) =>
              html`<option .value=${call.id} ?selected=${call === chosen}>${wordsFor(call, span, context)}</option>`,
          )}
        </select>
      </label>
      ${renderDiff(chosen, context)}`;
  },
};

function renderDiff(before: Span, { later, messages, prices, settings, span }: TabContext): TemplateResult {
  if (later('llm-trace-diff')) return html`<p class="muted" role="alert">${messages.diff.notComparable}</p>`;
  return html`<llm-trace-diff
    class="calls"
    .messages=${messages}
    .settings=${settings}
    .prices=${prices}
    .left=${before}
    .right=${span}
  ></llm-trace-diff>`;
}

/** The name of a call, its model, and how long before it began. */
function wordsFor(call: Span, span: Span, { messages, settings }: TabContext): string {
  const words = [call.name, call.model]
    .filter((word) => word !== undefined && word !== '')
    .map((word) => beginning(revealedText(settings.readable(text(word))), MOST_CHARACTERS));
  return [...words, momentOf(call, span, messages)].filter(Boolean).join(' · ');
}

const momentOf = (call: Span, span: Span, messages: Messages): string =>
  call.hasStart && span.hasStart && call.start > 0 ? formatMoment(call.start, messages) : '';

/** The calls of a trace, in the order in which they began. */
const known = new WeakMap<Trace, readonly number[]>();

function callsOf(trace: Trace): readonly number[] {
  let calls = known.get(trace);
  if (!calls) {
    const { table, rowsByPosition: rows } = trace;
    const found: number[] = [];
    for (let position = 0; position < rows.length; position++) {
      if (table.kinds[rows[position]!] === 'llm') found.push(position);
    }
    // Calls without a start stay where they are.
    const startOf = (position: number): number => table.starts[rows[position]!]! || 0;
    calls = found.sort((one, other) => startOf(one) - startOf(other) || one - other);
    known.set(trace, calls);
  }
  return calls;
}

/** The calls before one, the nearest first. */
function callsBefore({ trace, index }: Span): readonly Span[] {
  const calls = callsOf(trace);
  const place = calls.indexOf(index);
  return calls
    .slice(Math.max(0, place - MOST_CHOICES), Math.max(0, place))
    .reverse()
    .map((position) => trace.spanAt(position));
}
