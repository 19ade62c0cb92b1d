import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { sharedText } from '../test/shared-files.js';
import { SECRET, SECRET_KEY } from './secret-patterns.js';

interface Rule {
  id: string;
  /** As engines before 2025 take it; where they do not, as gitleaks has it. */
  regex_js: string | null;
  regex_re2: string;
}

interface Sample {
  rule: string;
  label: 'tp' | 'fp';
  b64: string;
}

/** The rules of gitleaks for what is found here as well. Those that need more than the key itself are left out. */
const CLAIMED = new Set([
  ...['anthropic-admin-api-key', 'anthropic-api-key', 'aws-access-token', 'aws-amazon-bedrock-api-key-long-lived'],
  ...['databricks-api-token', 'gcp-api-key', 'github-app-token', 'github-fine-grained-pat', 'github-oauth'],
  ...['github-pat', 'github-refresh-token', 'gitlab-cicd-job-token', 'gitlab-deploy-token', 'gitlab-feed-token'],
  ...['gitlab-feature-flag-client-token', 'gitlab-incoming-mail-token', 'gitlab-kubernetes-agent-token'],
  ...['gitlab-oauth-app-secret', 'gitlab-pat', 'gitlab-pat-routable', 'gitlab-ptt', 'gitlab-rrt'],
  ...['gitlab-runner-authentication-token', 'gitlab-runner-authentication-token-routable', 'gitlab-scim-token'],
  ...['huggingface-access-token', 'huggingface-organization-api-token', 'jwt', 'npm-access-token', 'openai-api-key'],
  ...['perplexity-api-key', 'private-key', 'sendgrid-api-token', 'sidekiq-sensitive-url', 'slack-app-token'],
  ...['slack-bot-token', 'slack-config-access-token', 'slack-config-refresh-token', 'slack-legacy-bot-token'],
  ...['slack-legacy-token', 'slack-legacy-workspace-token', 'slack-user-token', 'slack-webhook-url'],
  'stripe-access-token',
]);

const decoded = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));

const masked = (text: string): string => text.replace(SECRET, '$1$2$3$4[masked]');

describe('the patterns of secrets', () => {
  it('find the samples of gitleaks for every provider that is claimed', async function () {
    const text = await sharedText('corpora/secrets/gitleaks-samples.json');
    if (text === undefined) return this.skip();
    const { samples } = JSON.parse(text) as { samples: Sample[] };
    // Some stand under both labels: what gitleaks leaves out again by entropy or by a list.
    const doubtful = new Set(samples.filter(({ label }) => label === 'fp').map(({ rule, b64 }) => `${rule} ${b64}`));
    const claimed = samples.filter(
      ({ rule, label, b64 }) => CLAIMED.has(rule) && label === 'tp' && !doubtful.has(`${rule} ${b64}`),
    );
    expect(claimed).to.have.length.above(10);
    const missed = claimed.map(({ b64 }) => decoded(b64)).filter((sample) => masked(sample) === sample);
    expect(missed).to.deep.equal([]);
    return undefined;
  });

  it('find whatever the rules of gitleaks find for every provider that is claimed', async function () {
    this.timeout(60_000);
    const text = await sharedText('corpora/secrets/gitleaks-rules.json');
    if (text === undefined) return this.skip();
    const { rules } = JSON.parse(text) as { rules: Rule[] };
    const claimed = rules.filter(({ id }) => CLAIMED.has(id));
    expect(claimed).to.have.length(CLAIMED.size);
    const missed = new Set<string>();
    for (const { id, regex_js, regex_re2 } of claimed) {
      // What random texts are made of knows neither word boundaries nor modifiers; some dots are meant as such.
      const source = (regex_js ?? regex_re2)
        .replace(/\(\?i:/g, '(?:')
        .replace(/\(\?i\)|\\b/g, '')
        .replace(/(?<=hooks|slack|xoxe)\./g, '\\.');
      for (const sample of fc.sample(fc.stringMatching(new RegExp(`^(?:${source})$`)), 30)) {
        const text = `: ${sample} `;
        if (masked(text) === text) missed.add(`${id}: ${sample}`);
      }
    }
    expect([...missed]).to.deep.equal([]);
    return undefined;
  });

  it('leave prose, code and ids as they are', () => {
    for (const text of [
      'a task-oriented risk-assessment of desk-lamps',
      'hf_transformers_model_configuration_for_everybody',
      'https://example.com/a:b/c@d?x=1',
      'the bearer of this letter, and basic assumptions about it',
      'chatcmpl-8f7a6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a9f',
      'toolu_01A09q90qw90lq917835lq9 call_abcdefghijklmnopqrstuvwx msg_013Zva2CMHLNnXjNJJKqJ2EF',
      '4bf92f3577b34da6a3ce929d0e0e4736 550e8400-e29b-41d4-a716-446655440000',
      'npm_config_registry gh_pages sk_SK.UTF-8 xoxo',
    ]) {
      expect(masked(text)).to.equal(text);
    }
  });

  it('take time that grows with the text, whatever it is made of', () => {
    const pieces = [
      'sk-',
      '_sk-a',
      'eyJ',
      '_eyJaaaaaaaaa',
      '-----BEGIN ',
      '-----BEGIN A A ',
      '://',
      '://a:',
      ':',
      'a',
      'xoxa-',
    ];
    pieces.push('%20', '\\n', 'SG.aaaaaaaaaaaaaaaa', 'bearer ', 'hooks.slack.com/a/', 'lsv2_a', 'gla', 'AKIA', '"\\"');
    const count = (text: string): number => text.match(SECRET)?.length ?? 0;
    // A pattern that is worse than linear would take minutes for one of them.
    for (const piece of pieces) expect(count(piece.repeat(400_000 / piece.length)), piece).to.be.a('number');
  });

  it('tell names of secrets by their end', () => {
    for (const name of [
      'api_key',
      'x-api-key',
      'apiKeys',
      'Authorization',
      'userPassword',
      'GITHUB_ACCESS_TOKEN',
      'id_token',
    ])
      expect(SECRET_KEY.test(name), name).to.equal(true);
    for (const name of [
      'max_tokens',
      'paid_tokens',
      'key',
      'keyboard',
      'secretary',
      'token_count',
      'tokenizer',
      'valid_token',
    ])
      expect(SECRET_KEY.test(name), name).to.equal(false);
  });
});
