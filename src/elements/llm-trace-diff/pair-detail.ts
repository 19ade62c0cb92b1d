import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PriceSource, SpanPair } from '../../analysis/index.js';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { beginning, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span } from '../../model/index.js';
import { MARKS, changeWords, formerName, nameOf } from './diff-row.js';
import { differenceText, figureText, sidesOf, type Figure } from './figures.js';
import type { ComparedMessage, ComparedText, ComparedValue, PairWork } from './pair-content.js';
import { hasLong, renderPieces, renderText } from './pair-text.js';
import type { TextPiece } from './text-diff.js';

/** Beginnings of messages that are the same. */
const BEGINNING = 160;
const MOST_LISTED = 200;

/** What the detail of a pair is shown with. */
export interface PairLook {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly work: PairWork;
  readonly prices: PriceSource | undefined;
  /** Whether long texts stand beside each other. */
  readonly isBeside: boolean;
  setBeside(isBeside: boolean): void;
  /** Whether the two are calls of one trace: then messages enter and fall out. */
  readonly areCalls: boolean;
  /** Stretches that a person has unfolded. */
  readonly unfolded: ReadonlySet<TextPiece>;
  unfold(piece: TextPiece): void;
}

/** All that is compared of two spans. */
export function renderPair(pair: SpanPair, look: PairLook): TemplateResult {
  const { messages, work } = look;
  const { content } = work;
  const span = (pair.after ?? pair.before)!;
  const former = formerName(pair, look);
  const words = changeWords(pair, messages) || messages.diff.changes.equal;
  return html`<div class="pair-header">
      <span class="kind-icon" data-kind=${span.kind} title=${messages.kinds[span.kind]!}>${kindIcon(span.kind)}</span>
      <h3>${revealed(nameOf(pair, look))}</h3>
      ${former ? html`<span class="muted">${revealed(messages.diff.was(former))}</span>` : nothing}
      <span class="badge" data-change=${pair.change}
        ><span aria-hidden="true">${MARKS[pair.change]}</span> ${words}</span
      >
      ${content && hasLong(content) ? renderBesideButton(look) : nothing}
    </div>
    ${renderFigures(pair, look)}
    ${
      content
        ? html`${renderMessages(content.messages, look)} ${content.payloads.map((value) => renderPayload(value, look))}
          ${renderValues(messages.tabParameters, content.parameters, look)}
          ${renderValues(messages.diff.differences.tools, content.tools, look)}`
        : nothing
    }`;
}

const renderBesideButton = ({ messages, isBeside, setBeside }: PairLook): TemplateResult =>
  html`<button type="button" class="button" aria-pressed=${String(isBeside)} @click=${() => setBeside(!isBeside)}>
    ${messages.diff.sideBySide}
  </button>`;

/** Figures and facts of both sides. */
function renderFigures(pair: SpanPair, { messages, settings, prices }: PairLook): TemplateResult {
  const { diff } = messages;
  const { before, after } = pair;
  const figures = (['time', 'tokens', 'cost'] as const satisfies readonly Figure[]).map((figure) => {
    const sides = sidesOf(figure, pair, prices);
    const name = diff.differences[figure];
    const [one, other] = [figureText(figure, 'before', sides, messages), figureText(figure, 'after', sides, messages)];
    return { name, one, other, change: differenceText(figure, sides, messages) };
  });
  const facts: readonly [string, (span: Span) => unknown][] = [
    [diff.differences.name, ({ name }) => name],
    [diff.differences.kind, ({ kind }) => messages.kinds[kind]],
    [diff.differences.status, ({ status, statusMessage }) => [status, statusMessage].filter(Boolean).join(': ')],
    [diff.differences.model, ({ model }) => model],
    [diff.provider, ({ provider }) => provider],
    [diff.differences.place, ({ parent }) => parent?.name],
  ];
  const factRows = facts.map(([name, valueIn]) => {
    const read = (span: Span | undefined): string => (span ? settings.readable(text(valueIn(span) ?? '')) : '');
    const [one, other] = [read(before), read(after)];
    return { name, one, other, change: before && after && one !== other ? diff.changes.changed : '' };
  });
  // Of facts that are the same, only the model says what the two are.
  const isTold = ({ name, one, other }: (typeof factRows)[number]): boolean =>
    one !== other || name === diff.differences.model;
  const rows = [...figures, ...factRows.filter(isTold)].filter(({ one, other }) => one || other);
  return html`<table class="facts" aria-label=${diff.figures}>
    <thead>
      <tr>
        <td></td>
        <th scope="col">${diff.before}</th>
        <th scope="col">${diff.after}</th>
        <th scope="col">${diff.difference}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, one, other, change }) =>
          html`<tr class=${one === other ? 'equal' : ''}>
            <th scope="row">${name}</th>
            <td>${revealed(one)}</td>
            <td>${revealed(other)}</td>
            <td>${change}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function wordOf({ change }: ComparedText, { areCalls, messages: { diff } }: PairLook): string {
  if (areCalls && change === 'added') return diff.entered;
  if (areCalls && change === 'missing') return diff.fellOut;
  return diff.changes[change];
}

const badge = (item: ComparedText, look: PairLook): TemplateResult =>
  html`<span class="badge" data-change=${item.change}
    ><span aria-hidden="true">${MARKS[item.change]}</span> ${wordOf(item, look)}</span
  >`;

/** How many of each: “2 entered · 1 fell out · 5 the same”. */
function countsOf(items: readonly ComparedText[], look: PairLook): string {
  const { messages } = look;
  return (['added', 'missing', 'changed', 'equal'] as const)
    .flatMap((change) => {
      const some = items.filter((item) => item.change === change);
      return some[0] ? `${formatNumber(some.length, messages.locale)} ${wordOf(some[0], look)}` : [];
    })
    .join(' · ');
}

const heading = (title: string, items: readonly ComparedText[], look: PairLook): TemplateResult =>
  html`<h4>${title} <span class="muted">${countsOf(items, look)}</span></h4>`;

function renderMessages(items: readonly ComparedMessage[], look: PairLook): TemplateResult | typeof nothing {
  if (!items.length) return nothing;
  const { messages, work } = look;
  /** Messages that differ, each alone, and between them those that are the same, together. */
  const groups: ComparedMessage[][] = [];
  let shown = 0;
  let more = 0;
  for (const item of items) {
    const last = groups.at(-1);
    if (item.change === 'equal' && last?.[0]?.change === 'equal') last.push(item);
    else if (item.change === 'equal' || shown++ < work.limit) groups.push([item]);
    else more++;
  }
  return html`<section>
    ${heading(messages.tabMessages, items, look)}
    <ol class="messages">
      ${repeat(
        groups,
        ([first]) => first,
        (group) =>
          html`<li data-change=${group[0]!.change}>
            ${group[0]!.change === 'equal' ? renderSame(group, look) : renderMessage(group[0]!, look)}
          </li>`,
      )}
    </ol>
    ${more > 0 ? renderMore(more, look) : nothing}
  </section>`;
}

function renderMessage(message: ComparedMessage, look: PairLook): TemplateResult {
  return html`<div class="about">
      <strong>${roleOf(message, look)}</strong>
      ${badge(message, look)}
    </div>
    ${renderText(message, look)}`;
}

const roleOf = ({ role }: ComparedMessage, { messages, settings }: PairLook): TemplateResult | string =>
  messages.roles[role] ?? revealed(settings.readable(role));

/** Messages that are the same, on one line until a person asks. */
function renderSame(group: readonly ComparedMessage[], look: PairLook): TemplateResult {
  const { messages } = look;
  const more = group.length - MOST_LISTED;
  return html`<details>
    <summary>${messages.diff.sameCount(group.length)}</summary>
    <ul>
      ${group
        .slice(0, MOST_LISTED)
        .map(
          (message) =>
            html`<li><strong>${roleOf(message, look)}</strong> ${revealed(beginning(message.after, BEGINNING))}</li>`,
        )}
    </ul>
    ${more > 0 ? html`<p class="muted">${messages.moreNotShown(more)}</p>` : nothing}
  </details>`;
}

function renderPayload(value: ComparedValue, look: PairLook): TemplateResult {
  return html`<section>
    <h4>${value.name} ${badge(value, look)}</h4>
    ${value.change === 'equal' ? renderPieces([{ kind: 'equal', text: value.after }], look, value) : renderText(value, look)}
  </section>`;
}

/** Values by name; those that are the same are only counted. */
function renderValues(
  title: string,
  values: readonly ComparedValue[],
  look: PairLook,
): TemplateResult | typeof nothing {
  if (!values.length) return nothing;
  const others = values.filter(({ change }) => change !== 'equal');
  const more = others.length - look.work.limit;
  return html`<section>
    ${heading(title, values, look)}
    <dl>
      ${others.slice(0, look.work.limit).map(
        (value) =>
          html`<dt>${revealed(look.settings.readable(value.name))} ${badge(value, look)}</dt>
            <dd>${renderText(value, look)}</dd>`,
      )}
    </dl>
    ${more > 0 ? renderMore(more, look) : nothing}
  </section>`;
}

const renderMore = (count: number, { messages, work }: PairLook): TemplateResult =>
  html`<button type="button" class="button" @click=${() => work.more()}>${messages.diff.moreChanges(count)}</button>`;
