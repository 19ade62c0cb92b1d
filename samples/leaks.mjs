import { strict as assert } from 'node:assert';
import { hostname, homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Fails if a path of the machine or its name is in the text of a recording. */
export function checkForLeaks(text) {
  for (const folder of [repository, homedir()]) {
    assert.ok(folder === '/' || !text.includes(`${folder}/`), `${folder} is in the recording`);
  }
  assert.doesNotMatch(
    text,
    new RegExp(`"${hostname()}"|//${hostname()}\\b|@${hostname()}\\b`),
    'the host name is in it',
  );
}
