import { englishCount } from './english.js';

/** Fields that traces of a backend are chosen by. */
export type BackendField =
  | 'name'
  | 'status'
  | 'model'
  | 'service'
  | 'sessionId'
  | 'userId'
  | 'tag'
  | 'from'
  | 'to'
  | 'minDuration'
  | 'maxDuration'
  | 'native';

/** Words for traces that come from a backend, page by page. */
export interface BackendWords {
  /** The fields of a query. */
  fields: Readonly<Record<BackendField, string>>;
  /** The box for what `status` asks for. */
  onlyFailed: string;
  /** Label of the form. */
  query: string;
  /** How much of how much is shown. `total` is absent where it is not known. */
  shown(count: number, total: number | undefined): string;
  /** All that there is. */
  shownAll(count: number): string;
  loadingMore: string;
  more: string;
  /** How far back the list goes. */
  since(moment: string): string;
  /** Fields that were asked for and that the backend does not filter by. */
  notFiltered(backend: string, fields: string): string;
  /** Why a field cannot be filled in. */
  cannotFilter(backend: string): string;
  /** Before a backend's own words on what may be missing. */
  incomplete: string;
  /** What is shown stays where the next page could not be had. */
  keepsShown: string;
  beginAgain: string;
  /** Figures of the first traces only. */
  figuresOf(count: number, total: number | undefined): string;
}

export const ENGLISH_BACKENDS: BackendWords = {
  fields: {
    name: 'Name',
    status: 'Errors',
    model: 'Model',
    service: 'Service',
    sessionId: 'Session',
    userId: 'User',
    tag: 'Tag',
    from: 'From',
    to: 'To',
    minDuration: 'Shortest',
    maxDuration: 'Longest',
    native: 'Query',
  },
  onlyFailed: 'Only with errors',
  query: 'Which traces are asked for',
  shown: (shown, total) =>
    total === undefined
      ? `The first ${englishCount(shown)} traces; there are more`
      : `${englishCount(shown)} of ${englishCount(total)} traces`,
  shownAll: (shown) => (shown === 1 ? 'The only trace' : `All ${englishCount(shown)} traces`),
  loadingMore: 'Loading more traces…',
  more: 'More',
  since: (moment) => `since ${moment}`,
  notFiltered: (backend, fields) => `${backend} does not filter by this, so it is not applied: ${fields}`,
  cannotFilter: (backend) => `${backend} does not filter by this`,
  incomplete: 'Some traces may be missing:',
  keepsShown: 'The traces above stay.',
  beginAgain: 'Begin again',
  figuresOf: (read, total) =>
    total === undefined
      ? `Figures of the first ${englishCount(read)} traces; there are more`
      : `Figures of ${englishCount(read)} of ${englishCount(total)} traces`,
};
