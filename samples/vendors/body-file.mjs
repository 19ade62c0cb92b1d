import { strict as assert } from 'node:assert';
import { homedir, hostname, release, userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { checkForLeaks } from '../leaks.mjs';

// "root" is also a word that SDKs use for the first span.
const nameOfUser = userInfo().username === 'root' ? '' : userInfo().username;
const largestFile = 150_000;
const folder = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** JSON Lines: one body on each line, written as the SDK wrote it, so that no digit of a long number is lost. */
export function toLines(bodies) {
  return `${bodies.map((body) => (typeof body === 'string' ? onOneLine(body) : JSON.stringify(body))).join('\n')}\n`;
}

/** One JSON array of the bodies. */
export function toList(bodies) {
  return `[\n${toLines(bodies).trimEnd().replaceAll('\n', ',\n')}\n]\n`;
}

// A line break in JSON text is always between tokens; in a string it is escaped.
const onOneLine = (text) => text.trim().replace(/\s*\n\s*/g, ' ');

/**
 * The only edit made to what an SDK sent: words that say on which machine it ran become neutral ones.
 *   directories        /app
 *   the host           "localhost"
 *   the user           "user"
 *   the system's build "0.0.0"
 */
export function hideMachine(text) {
  return [
    [folder, '/app'],
    [repository, '/app'],
    [homedir() === '/' ? '' : `${homedir()}/`, '/home/user/'],
    [`"${hostname()}"`, '"localhost"'],
    [`\\"${hostname()}\\"`, '\\"localhost\\"'],
    [nameOfUser && `"${nameOfUser}"`, '"user"'],
    [release(), '0.0.0'],
  ]
    .filter(([found]) => found)
    .reduce((hidden, [found, neutral]) => hidden.replaceAll(found, neutral), text);
}

/** Fails if the recording says where it was made, has a real key in it, or is too large. */
export function check(text) {
  checkForLeaks(text);
  assert.ok(!text.includes(release()), 'the build of the operating system is in it');
  assert.doesNotMatch(text, /\bsk-(?!local\b)[\w-]{8,}|\bBearer\s/, 'a key is in it');
  assert.doesNotMatch(text, /"(?:host|process|os)\.[a-z.]+"/, 'an attribute on the machine or the process is in it');
  assert.doesNotMatch(text, /\b(?:10|127|172|192)\.\d+\.\d+\.\d+\b/, 'an address of the machine is in it');
  assert.doesNotMatch(text, /\/(?:usr|root|tmp|Users)\/|[A-Z]:\\/, 'a directory of the machine is in it');
  assert.doesNotMatch(text, new RegExp(`host(?:_?name)?["=:\\s]+${hostname()}\\b`, 'i'), 'the host name is in it');
  assert.ok(text.length < largestFile, `${text.length} characters are too many`);
}

/** Fails if the text is neither one JSON document nor JSON Lines. */
export function checkJson(text) {
  if (text.startsWith('[\n')) JSON.parse(text);
  else for (const line of text.trimEnd().split('\n')) JSON.parse(line);
}
