import { expect, fixture, html } from '@open-wc/testing';
import { LlmTraceView } from '../elements/llm-trace-view/llm-trace-view.js';
import '../define/llm-trace-view.js';
import { de } from '../i18n/de.js';
import { en, registerLanguage } from '../i18n/index.js';
import { zh } from '../i18n/zh.js';

/** Changes of attributes are told before this. */
const told = async (view: LlmTraceView): Promise<void> => {
  await Promise.resolve();
  await view.updateComplete;
};

const says = (view: LlmTraceView): string => view.shadowRoot!.textContent;

describe('The language of an element', () => {
  it('is that of the closest lang, and follows it', async () => {
    const outer = await fixture(
      html`<div lang="de-AT">
        <p><llm-trace-view></llm-trace-view></p>
      </div>`,
    );
    const view = outer.querySelector('llm-trace-view')!;
    await told(view);
    expect(says(view)).to.contain(de.emptyTitle);
    outer.setAttribute('lang', 'zh');
    await told(view);
    expect(says(view)).to.contain(zh.emptyTitle);
    outer.firstElementChild!.setAttribute('lang', 'fr');
    await told(view);
    expect(says(view)).to.contain(en.emptyTitle);
    view.lang = 'de';
    await told(view);
    expect(says(view)).to.contain(de.emptyTitle);
    view.removeAttribute('lang');
    outer.firstElementChild!.removeAttribute('lang');
    await told(view);
    expect(says(view)).to.contain(zh.emptyTitle);
  });

  it('is that of the document where nothing closer names one', async () => {
    const { lang } = document.documentElement;
    const view = await fixture<LlmTraceView>(html`<llm-trace-view></llm-trace-view>`);
    try {
      document.documentElement.lang = 'de';
      await told(view);
      expect(says(view)).to.contain(de.emptyTitle);
    } finally {
      document.documentElement.lang = lang;
    }
  });

  it('is found through shadow roots', async () => {
    const outer = await fixture(html`<div lang="de"><p></p></div>`);
    const root = outer.firstElementChild!.attachShadow({ mode: 'closed' });
    root.innerHTML = '<section><llm-trace-view></llm-trace-view></section>';
    const view = root.querySelector('llm-trace-view')!;
    await told(view);
    expect(says(view)).to.contain(de.emptyTitle);
    outer.setAttribute('lang', 'zh');
    await told(view);
    expect(says(view)).to.contain(zh.emptyTitle);
    root.firstElementChild!.setAttribute('lang', 'de');
    await told(view);
    expect(says(view)).to.contain(de.emptyTitle);
  });

  it('is another one at another place of the page', async () => {
    const outer = await fixture(
      html`<div>
        <div lang="de"><llm-trace-view></llm-trace-view></div>
        <div lang="zh"></div>
      </div>`,
    );
    const view = outer.querySelector('llm-trace-view')!;
    outer.querySelector('[lang=zh]')!.append(view);
    await told(view);
    expect(says(view)).to.contain(zh.emptyTitle);
  });

  it('is what the page gives as messages', async () => {
    const own = { ...en, emptyTitle: 'Nothing here' };
    const outer = await fixture(html`<div lang="de"><llm-trace-view .messages=${own}></llm-trace-view></div>`);
    const view = outer.querySelector('llm-trace-view')!;
    await told(view);
    expect(says(view)).to.contain('Nothing here');
    outer.setAttribute('lang', 'zh');
    await told(view);
    expect(says(view)).to.contain('Nothing here');
  });

  it('may be added later', async () => {
    const outer = await fixture(html`<div lang="eo"><llm-trace-view></llm-trace-view></div>`);
    const view = outer.querySelector('llm-trace-view')!;
    await told(view);
    expect(says(view)).to.contain(en.emptyTitle);
    registerLanguage({ ...en, locale: 'eo', emptyTitle: 'Ankoraŭ neniu spuro' });
    await told(view);
    expect(says(view)).to.contain('Ankoraŭ neniu spuro');
  });

  it('is not watched any more once the last element left the page', async () => {
    const { observe, disconnect } = MutationObserver.prototype;
    const watching = new Set<MutationObserver>();
    MutationObserver.prototype.observe = function (this: MutationObserver, node, options) {
      if (options?.attributeFilter?.includes('lang')) watching.add(this);
      observe.call(this, node, options);
    };
    MutationObserver.prototype.disconnect = function (this: MutationObserver) {
      watching.delete(this);
      disconnect.call(this);
    };
    try {
      const outer = await fixture(html`<div lang="de"><llm-trace-view></llm-trace-view></div>`);
      expect(watching.size).to.equal(1);
      outer.replaceChildren();
      expect(watching.size).to.equal(0);
    } finally {
      Object.assign(MutationObserver.prototype, { observe, disconnect });
    }
  });
});
