/** What kept a backend from answering. */
export type SourceFailure =
  /** What was given is no address. */
  | 'address'
  /** Nothing answers there, or the network is down. */
  | 'network'
  /** Something answers there, but does not let this page read it (CORS). */
  | 'cors'
  | 'timeout'
  /** 401: it wants a key, or another one. */
  | 'key'
  /** 403: this key may not read that. */
  | 'forbidden'
  /** 404 and the like: there is no such API at this address. */
  | 'not-found'
  /** 429: too many requests. */
  | 'too-many'
  /** 400 and the like: it does not understand the question. */
  | 'refused'
  /** 5xx. */
  | 'server'
  /** It answered with a page for people: a sign-in, or the address of its interface. */
  | 'page'
  /** It answered with something else than its API answers with. */
  | 'unreadable'
  /** A page of a list that it had is no longer there. */
  | 'gone';

/** What is known of a failure. */
export interface SourceErrorFacts {
  /** What the backend is called: “Jaeger”. */
  title: string;
  /** Where it was asked, without the search part. */
  address: string;
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Milliseconds after which it may be asked again, as it says. */
  retryAfter?: number | undefined;
  /** What has to be set at the backend so that a page may read from it; absent where there is no such setting. */
  setting?: string | undefined;
  /** The backend's own words. They are data of others. */
  answer?: string | undefined;
  cause?: unknown;
}

/** Why a backend gave no traces. `message` is written for a person: what happened, and what to do. */
export class TraceSourceError extends Error {
  override name = 'TraceSourceError';
  readonly reason: SourceFailure;
  readonly title: string;
  readonly address: string;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly setting: string | undefined;
  readonly answer: string | undefined;

  constructor(reason: SourceFailure, facts: SourceErrorFacts) {
    super(messageOf(reason, facts), { cause: facts.cause });
    this.reason = reason;
    this.title = facts.title;
    this.address = facts.address;
    this.status = facts.status;
    this.retryAfter = facts.retryAfter;
    this.setting = facts.setting;
    this.answer = facts.answer;
  }
}

/** English, as all errors are: a view has the words of its language. */
function messageOf(reason: SourceFailure, facts: SourceErrorFacts): string {
  const { title, address, status, retryAfter, setting, answer } = facts;
  const said = answer ? ` It says: ${answer}` : '';
  const page = typeof location === 'undefined' ? 'this page' : location.origin;
  switch (reason) {
    case 'address':
      return `“${address}” is not an address.`;
    case 'network':
      return `Nothing answers at ${address}. Check the address, and whether ${title} runs and the network is there.`;
    case 'cors':
      return setting
        ? `${title} at ${address} does not let ${page} read from it. Set ${setting} there, or ask through a relay on your own server.`
        : `${title} at ${address} does not let ${page} read from it. Ask through a relay on your own server.`;
    case 'timeout':
      return `${title} at ${address} fell silent, and the request was given up. Ask for less time or fewer traces, or try again.`;
    case 'key':
      return `${title} wants a key, or another one (${status}). Check the headers that the page gives.${said}`;
    case 'forbidden':
      return `This key may not read from ${title} (${status}).${said}`;
    case 'not-found':
      return `${title} has no such API at ${address} (${status}). Check the address: without the path of the API.${said}`;
    case 'too-many': {
      const seconds = retryAfter === undefined ? '' : ` It asks to wait ${Math.ceil(retryAfter / 1000)} s.`;
      return `${title} was asked too often (${status}).${seconds}`;
    }
    case 'refused':
      return `${title} does not take this question (${status}).${said}`;
    case 'server':
      return `${title} has a fault (${status}): try again later.${said}`;
    case 'page':
      return `At ${address} there is a page for people and not the API of ${title}: check the address, or sign in.`;
    case 'unreadable':
      return `${title} answered something else than expected at ${address}.${said}`;
    case 'gone':
      return `${title} no longer has the page that comes next (${status}). What is shown stays; begin again for what is there now.${said}`;
  }
}
