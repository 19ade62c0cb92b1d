// Counts tests for the closing line of `npm test`.
import { appendFileSync } from 'node:fs';

function count(suite, counts) {
  const waiting = [suite];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    for (const test of at.tests ?? []) {
      if (test.skipped) counts.skipped++;
      else if (test.passed) counts.passed++;
      else counts.failed++;
    }
    for (const below of at.suites ?? []) waiting.push(below);
  }
}

/** @param {{ file?: string }} options `file`: where `scripts/test.mjs` reads the counts */
export function countReporter({ file }) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        if (session.testResults) count(session.testResults, counts);
        // A file that did not load has no results, only errors.
        if (!session.passed && session.errors.length) counts.failed++;
      }
      if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
    },
  };
}
