import { html, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { InternalsTokens } from '../../internals/index.js';
import type { TokenRange } from '../events/index.js';
import type { TokenAction } from '../llm-token-view/token-keys.js';
import { cutText } from '../llm-token-view/token-rows.js';

const LONGEST = 200;

export interface OutputTokens {
  tokens: InternalsTokens;
  /** The first token that is shown, and the one behind the last. */
  first: number;
  end: number;
  active: number;
  /** What is chosen. */
  asked: TokenRange | undefined;
  messages: Messages;
  onKeydown: (event: KeyboardEvent) => void;
  onClick: (event: MouseEvent) => void;
}

/** The tokens that can be asked about. */
export function renderOutput(shown: OutputTokens): TemplateResult {
  const { tokens, first, end, active, asked, messages } = shown;
  const { contributionView: words } = messages;
  const options = Array.from({ length: Math.max(0, end - first) }, (_, place) => {
    const at = first + place;
    const text = tokens.text[at] ?? '';
    const isChosen = asked !== undefined && at >= asked.start && at < asked.end;
    return html`<span
        class=${at === active ? 'token active' : 'token'}
        role="option"
        id=${`token-${at}`}
        data-token=${at}
        aria-selected=${String(isChosen)}
        >${cutText(text, LONGEST)}</span
      >${endOf(text)}`;
  });
  return html`<section>
    <h4 id="output">${words.chooseOutput}</h4>
    <p class="visually-hidden" id="output-keys">${words.outputKeys}</p>
    <div
      class="text output"
      part="output"
      role="listbox"
      tabindex="0"
      aria-labelledby="output"
      aria-describedby="output-keys"
      aria-multiselectable="true"
      aria-activedescendant=${`token-${active}`}
      @keydown=${shown.onKeydown}
      @click=${shown.onClick}
    >
      <span class="flow" role="presentation">${options}</span>
    </div>
  </section>`;
}

/** Where a line may end behind a token: white space is shown as signs, at which no line ends by itself. */
export const endOf = (text: string): TemplateResult => (text.includes('\n') ? html`<br />` : html`<wbr />`);

/** Parts that a line, or a page, is taken for. */
const LINE = 10;

/** How many parts on what was done leads; `undefined` where it leads nowhere. */
export function stepsOf(action: TokenAction): number | undefined {
  if (action.type === 'move') return action.by;
  if (action.type === 'row' || action.type === 'page') return action.by * LINE;
  if (action.type === 'first') return -Number.MAX_SAFE_INTEGER;
  return action.type === 'last' ? Number.MAX_SAFE_INTEGER : undefined;
}
