/** Names of properties whose values are secrets, by how they end: `apiKey`, `OPENAI_API_KEY`, `set-cookie`. */
export const SECRET_KEY =
  /(?:(?:api|private)[-_]?key|(?:access|refresh|auth|session|api|^id|[-_.]id)[-_]?token|secret|passw(?:or)?d|passphrase|authorization|cookie|credential|bearer)s?$/i;

/**
 * What looks like a key, a token or credentials. The groups are what stays: the beginning, which says whose it
 * is and is the same for everybody. A word must begin there, also behind the escapes of JSON and of addresses, which end in
 * a letter or a digit. Linear: no nested or overlapping repetition without a bound.
 */
export const SECRET = new RegExp(
  [
    // Keys of providers, by what must follow: any of their characters, many or some; letters and digits; capitals and digits.
    /((?:\b|_|\\(?:u...)?.|%..)(?:(?:sk-(?:ant-|or-|proj-)?|[ps]k-lf-|AIza|ya29\.|nvapi-|tvly-|gl[a-z]{2,7}-|GR1348941|github_pat_|ABSK|SG\.)(?=[\w.+/=-]{20})|(?:xox[abeoprs][-.]|xapp-|[rs]k_(?:live|test|prod)_)(?=[\w.-]{8})|(?:gh[a-z]|hf|api_org|r8|gsk|pcsk|npm|lsv2_[a-z]+)_(?=[A-Za-z\d]{20})|(?:xai-|pplx-|dapi)(?=[A-Za-z\d]{30})|A(?:KIA|SIA|BIA|CCA|3T[A-Z\d])(?=[A-Z\d]{16})|ey(?=[\w-]{9,400}\.ey)|[Bb](?:earer|asic) (?=[\w.~+/=-]{16})))[\w.~+/=-]+/,
    /(hooks\.slack\.com\/[a-z]+\/)[\w/+]{20,}/,
    /(-----BEGIN[ A-Z\d_-]{0,100}PRIVATE KEY)[^]*?(?:END [A-Z ]*PRIVATE KEY[A-Z ]*-----|$)/,
    /(:\/\/)[^\s/:@]{1,256}:[^\s/@]{1,256}(?=@)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
