import type { Lint } from './finding.js';

/** The least that OpenAI and Anthropic keep of a prompt (their guides to prompt caching), in tokens. */
const LEAST_TOKENS = 1024;
/** Milliseconds for which they keep it, at least. */
const KEPT = 5 * 60_000;
/** A call goes on from the one before; what of it should have been in the cache. */
const EXPECTED = 0.5;

/**
 * Calls that went on from the one before, by the same agent with the same model, minutes later at most, and of which
 * hardly anything came from the prompt cache. Calls that say nothing of a cache are left out.
 */
export const promptCacheMisses: Lint = {
  name: 'prompt-cache-misses',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    if (!table.hasTokens('cacheRead')) return;
    const missed: number[] = [];
    let tokens = 0;
    for (const calls of look.callsByAgent.values()) {
      yield;
      for (let at = 1; at < calls.length; at++) {
        const before = look.trace.rowAt(calls[at - 1]!);
        const row = look.trace.rowAt(calls[at]!);
        const had = table.tokensAt(before, 'input');
        const given = table.tokensAt(row, 'input');
        const read = table.tokensAt(row, 'cacheRead');
        if (had === undefined || given === undefined || read === undefined) continue;
        const wait = table.starts[row]! - table.ends[before]!;
        const goesOn = had >= LEAST_TOKENS && given >= had && table.models[row] === table.models[before];
        if (!goesOn || !(wait >= 0 && wait <= KEPT) || read >= had * EXPECTED) continue;
        missed.push(calls[at]!);
        tokens += had - read;
      }
    }
    if (missed.length === 0) return;
    yield {
      rule: promptCacheMisses.name,
      severity: 'warning',
      values: { count: missed.length, tokens },
      spans: look.spansAt(missed),
    };
  },
};
