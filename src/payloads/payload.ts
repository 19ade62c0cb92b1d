import type { Message } from '../model/index.js';

/** One provider's or framework's way of writing a conversation. */
export interface PayloadShape {
  readonly name: string;
  /**
   * The messages that a value holds: a request body, a response body, or a bare list of messages.
   * `undefined` where the value is not of this shape; it must then be left to the others.
   */
  messages(value: unknown, origin: Message['origin']): Message[] | undefined;
}
