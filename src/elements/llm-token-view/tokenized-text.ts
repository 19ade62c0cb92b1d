import type { ReactiveControllerHost } from 'lit';
import type { Internals, Tokenizer } from '../../internals/index.js';
import { tokenised } from '../../internals/tokenizers.js';
import type { Message, Span } from '../../model/index.js';

/** Takes the texts of a span apart with the page's tokenizer. Newer work ends older. */
export class TokenizedText {
  internals: Internals | undefined;
  /** What the tokenizer is called, once it has given tokens. */
  name: string | undefined;
  failure: string | undefined;
  isWorking = false;
  readonly #host: ReactiveControllerHost;
  #wanted: { tokenizer: Tokenizer; span: Span } | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  end(): void {
    this.#wanted = this.internals = this.name = this.failure = undefined;
    this.isWorking = false;
  }

  want(tokenizer: Tokenizer | undefined, span: Span | undefined): void {
    if (this.#wanted?.tokenizer === tokenizer && this.#wanted?.span === span) return;
    this.end();
    const output = span ? textsOf(span, 'output') : '';
    const prompt = span ? textsOf(span, 'input') : '';
    if (!tokenizer || !span || prompt + output === '') return;
    this.#wanted = { tokenizer, span };
    this.isWorking = true;
    const wanted = this.#wanted;
    const take = (change: () => void): void => {
      if (this.#wanted !== wanted) return;
      change();
      this.isWorking = false;
      this.#host.requestUpdate();
    };
    tokenised(tokenizer, prompt, output).then(
      (tokens) =>
        take(() => {
          this.internals = { v: 1, tokens };
          this.name = tokenizer.name;
        }),
      (error: unknown) => take(() => (this.failure = String(error))),
    );
  }
}

/** The texts of one side, each message on lines of its own. */
const textsOf = (span: Span, origin: Message['origin']): string =>
  span.messages
    .filter((message) => message.origin === origin)
    .flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')))
    .filter((text) => text !== '')
    .join('\n');
