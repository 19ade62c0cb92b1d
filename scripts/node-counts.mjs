// A reporter of Node's test runner that writes the counts as one line of JSON.
export default async function* nodeCounts(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') counts[data.skip === undefined ? 'passed' : 'skipped']++;
    else if (type === 'test:fail') counts.failed++;
  }
  yield `${JSON.stringify(counts)}\n`;
}
