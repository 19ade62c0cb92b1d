// Pages are put together out of text: everything that stands in a template is text, unless it is markup itself.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

class Markup {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

/** What is markup already. */
export const markup = (text) => new Markup(text);

const inserted = (value) => {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(inserted).join('');
  return value === undefined || value === false ? '' : escaped(value);
};

/** A template of HTML. Texts are escaped, lists joined; what is not there is nothing. */
export const html = (strings, ...values) =>
  markup(strings.reduce((whole, part, at) => whole + inserted(values[at - 1]) + part));

/** A sentence with `code` in it. */
export const sentence = (text = '') =>
  text.split('`').map((part, at) => (at % 2 ? html`<code>${part}</code>` : html`${part}`));

/** Words that stand out in code, whatever its language: comments, texts, tags and their attributes, keywords. */
const WORDS =
  /(?<comment><!--[^]*?-->|(?<=^|\s)(?:\/\/|# ).*$|\/\*[^]*?\*\/)|(?<text>"[^"\n]*"|'(?:[^'\n\\]|\\.)*'|`[^`]*`)|(?<tag><\/?[\w.-]+|(?<![=\s])\/?>|\/>)|(?<attribute>(?<=\s)[@:(]?[\w-]+\)?(?==["{]))|(?<keyword>\b(?:import|from|export|default|const|let|await|async|new|return|for|of|if|else|function|class|def|with|as|type)\b)/gm;

/** Code with its words marked. */
export function highlighted(code) {
  const parts = [];
  let end = 0;
  for (const { 0: word, index, groups } of code.matchAll(WORDS)) {
    const [kind] = Object.entries(groups).find(([, value]) => value !== undefined);
    parts.push(html`${code.slice(end, index)}<span class="${kind}">${word}</span>`);
    end = index + word.length;
  }
  parts.push(html`${code.slice(end)}`);
  return parts;
}

/** A block of code, which can be scrolled by keys too. */
export const codeBlock = (code, label = 'Code') =>
  html`<pre
    class="code"
    tabindex="0"
    role="group"
    aria-label="${label}"
  ><code>${highlighted(code.trimEnd())}</code></pre>`;
