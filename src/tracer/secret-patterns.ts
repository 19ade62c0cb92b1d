/** One kind of secret, and how it is told. Patterns are linear: no nested or overlapping repetition. */
export interface SecretPattern {
  /** What stands in the place of the secret: `[masked:name]`. */
  name: string;
  /** A text without this holds none. */
  hint?: string;
  pattern: RegExp;
  /** A closer look at what the pattern found. */
  accept?: (match: string) => boolean;
}

/** Names of properties whose values are secrets. */
export const SECRET_KEY =
  /^(?:.*[-_.])?(?:api[-_]?key|x-api-key|apikey|secret|client[-_]?secret|access[-_]?token|refresh[-_]?token|id[-_]?token|auth[-_]?token|bearer|password|passwd|passphrase|authorization|proxy-authorization|cookie|set-cookie|credentials?|private[-_]?key|session[-_]?token)$/i;

/** Keys of providers, tokens and credentials. On by default. The longer prefixes come first. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { name: 'anthropic-key', hint: 'sk-ant-', pattern: /\bsk-ant-[\w-]{16,}/g },
  { name: 'openrouter-key', hint: 'sk-or-', pattern: /\bsk-or-[\w-]{16,}/g },
  { name: 'openai-key', hint: 'sk-', pattern: /\bsk-[\w-]{20,}/g },
  { name: 'langfuse-key', hint: 'k-lf-', pattern: /\b[ps]k-lf-[\w-]{16,}/g },
  { name: 'stripe-key', hint: '_live_', pattern: /\b[rs]k_live_\w{10,}/g },
  { name: 'stripe-key', hint: '_test_', pattern: /\b[rs]k_test_\w{10,}/g },
  { name: 'google-key', hint: 'AIza', pattern: /\bAIza[\w-]{35}/g },
  { name: 'google-token', hint: 'ya29.', pattern: /\bya29\.[\w-]{20,}/g },
  { name: 'aws-key-id', hint: 'AKIA', pattern: /\bAKIA[0-9A-Z]{16}\b/g },
  { name: 'aws-key-id', hint: 'ASIA', pattern: /\bASIA[0-9A-Z]{16}\b/g },
  { name: 'github-token', hint: 'gh', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/g },
  { name: 'github-token', hint: 'github_pat_', pattern: /\bgithub_pat_\w{22,}/g },
  { name: 'gitlab-token', hint: 'glpat-', pattern: /\bglpat-[\w-]{20,}/g },
  { name: 'slack-token', hint: 'xox', pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
  { name: 'slack-webhook', hint: 'hooks.slack.com', pattern: /hooks\.slack\.com\/services\/[\w/]{20,}/g },
  { name: 'huggingface-token', hint: 'hf_', pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { name: 'replicate-token', hint: 'r8_', pattern: /\br8_[A-Za-z0-9]{30,}/g },
  { name: 'groq-key', hint: 'gsk_', pattern: /\bgsk_[A-Za-z0-9]{40,}/g },
  { name: 'xai-key', hint: 'xai-', pattern: /\bxai-[A-Za-z0-9]{40,}/g },
  { name: 'perplexity-key', hint: 'pplx-', pattern: /\bpplx-[A-Za-z0-9]{40,}/g },
  { name: 'langsmith-key', hint: 'lsv2_', pattern: /\blsv2_[a-z]{2}_\w{32,}/g },
  { name: 'npm-token', hint: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { name: 'sendgrid-key', hint: 'SG.', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { name: 'jwt', hint: 'eyJ', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
  {
    name: 'private-key',
    hint: 'PRIVATE KEY',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { name: 'bearer-token', hint: 'earer ', pattern: /\b[Bb]earer [\w.~+/=-]{16,}/g },
  { name: 'basic-credentials', hint: 'asic ', pattern: /\b[Bb]asic [A-Za-z0-9+/]{16,}={0,2}/g },
  { name: 'url-credentials', hint: '://', pattern: /(?<=:\/\/)[^\s/:@]{1,256}:[^\s/@]{1,256}(?=@)/g },
];

const digits = (text: string): string => text.replace(/\D/g, '');

/** ISO/IEC 7812: the last digit checks the others. */
function hasLuhnDigit(match: string): boolean {
  let sum = 0;
  Array.from(digits(match))
    .reverse()
    .forEach((digit, place) => {
      const value = Number(digit) * (place % 2 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
  return sum % 10 === 0;
}

/** ISO 13616: the number, letters written as two digits, leaves 1 when divided by 97. */
function hasIbanRemainder(match: string): boolean {
  const plain = match.replace(/\s/g, '');
  let remainder = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    for (const digit of parseInt(character, 36).toString()) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

/** What may tell who somebody is. On request. Names and addresses need a model and are not found. */
export const PERSONAL_PATTERNS: readonly SecretPattern[] = [
  { name: 'email', hint: '@', pattern: /[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g },
  { name: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, accept: hasIbanRemainder },
  { name: 'card', pattern: /\b(?:\d[ -]?){12,18}\d\b/g, accept: hasLuhnDigit },
  { name: 'ssn', hint: '-', pattern: /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g },
  { name: 'ip', hint: '.', pattern: /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b/g },
  { name: 'ip', hint: ':', pattern: /\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b/g },
  {
    name: 'phone',
    pattern: /(?<![\w.])\+?\(?\d{1,4}\)?(?:[ .-]?\(?\d{2,4}\)?){2,4}(?![\w])/g,
    accept: (match) => digits(match).length >= 9 && digits(match).length <= 15 && /[+ ().-]/.test(match),
  },
];
