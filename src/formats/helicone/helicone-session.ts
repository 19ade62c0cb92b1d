import type { SpanReader, SpanTable } from '../../model/index.js';
import type { JsonObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import { recordOf } from '../row.js';

/** What is said of a session's path by the requests on and below it. */
interface PathNode {
  sessionId: string;
  path: string;
  start: number;
  end: number;
}

const reader: SpanReader = {
  format: 'helicone',
  record: (raw) => recordOf(new Map(Object.entries(raw as JsonObject))),
  meaning: () => ({}),
};

/**
 * The tree of Helicone's sessions. A request names its place by a path (`/abstract/course/lesson-1`); nothing else says
 * how requests belong together. Each step of a path is a span of our making, which lasts as long as what is in it.
 */
export class HeliconeSessions {
  readonly #nodes = new Map<string, PathNode>();

  /** The id of the span for a path, `''` where there is none; the times of a request on it are noted. */
  parentOf(sessionId: string, path: string, start: number, end: number): string {
    let id = '';
    let walked = '';
    // Longer paths than this are no paths.
    for (const step of path.split('/', 64)) {
      if (step === '') continue;
      walked += `/${step}`;
      id = `${sessionId}${walked}`;
      const node = this.#nodes.get(id);
      if (!node) this.#nodes.set(id, { sessionId, path: walked, start, end });
      else {
        node.start = earlier(node.start, start);
        node.end = later(node.end, end);
      }
    }
    return id;
  }

  addTo(table: SpanTable): void {
    const outline = emptyOutline();
    for (const [id, { sessionId, path, start, end }] of this.#nodes) {
      const above = path.slice(0, path.lastIndexOf('/'));
      outline.traceId = sessionId;
      outline.id = id;
      outline.parentId = above === '' ? '' : `${sessionId}${above}`;
      outline.name = path.slice(path.lastIndexOf('/') + 1);
      outline.kind = 'chain';
      outline.start = start;
      outline.end = end;
      table.add(outline, { 'Helicone-Session-Id': sessionId, 'Helicone-Session-Path': path }, reader);
    }
  }
}

const earlier = (one: number, other: number): number => (other < one || Number.isNaN(one) ? other : one);
const later = (one: number, other: number): number => (other > one || Number.isNaN(one) ? other : one);
