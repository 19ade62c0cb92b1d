/** Whether values are the same JSON, but for the order of keys, and for moments that a server cannot tell apart. */
function isEqual(one, other, precision, key) {
  if (TIMES.has(key) && typeof one === 'number' && typeof other === 'number') {
    // Of a number of milliseconds since 1970 the last bits are lost anyway.
    return Math.abs(one - other) <= precision + 0.0005;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    [...keys].every((name) => isEqual(one[name], other[name], precision, name))
  );
}

const TIMES = new Set(['start', 'end', 'time']);

/**
 * Holds spans that came back against those that were sent, field by field.
 *
 * @param lost what the server is known to lose: names of fields
 * @returns what is wrong, in words
 */
export function compare(sent, got, { precision, lost = {} }) {
  const faults = [];
  const found = new Map(got.map((span) => [`${span.traceId.slice(-32)} ${span.id}`, span]));
  if (found.size !== sent.length) faults.push(`${sent.length} spans were sent, ${found.size} came back`);
  const differing = new Map();
  for (const span of sent) {
    const back = found.get(`${span.traceId} ${span.id}`);
    if (!back) {
      faults.push(`${span.name} (${span.id}) did not come back`);
      continue;
    }
    for (const field of new Set([...Object.keys(span), ...Object.keys(back)])) {
      if (!differing.has(field) && !isEqual(span[field], back[field], precision, field))
        differing.set(field, { span, back });
    }
  }
  for (const [field, { span, back }] of differing) {
    if (field in lost) continue;
    const [was, is] = [span, back].map((one) => JSON.stringify(one[field])?.slice(0, 700));
    faults.push(`${field} of “${span.name}” was ${was}, is ${is}`);
  }
  for (const field of Object.keys(lost))
    if (!differing.has(field)) faults.push(`${field} is not lost any more: say so in the source`);
  return faults;
}
