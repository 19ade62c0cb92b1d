import { expect } from '@open-wc/testing';
import { linkAddress, webAddress } from './web-address.js';

describe('webAddress', () => {
  for (const [text, href, host] of [
    ['https://a.example/p?q=1', 'https://a.example/p?q=1', 'a.example'],
    ['HTTP://A.example:8080', 'http://a.example:8080/', 'a.example:8080'],
    ['https://p\u0430ypal.com/', 'https://xn--pypal-4ve.com/', 'xn--pypal-4ve.com'],
    ['https://good.example@evil.example/', 'https://good.example@evil.example/', 'evil.example'],
    ['mailto:a@b.example', 'mailto:a@b.example', 'a@b.example'],
  ] as const) {
    it(`is where ${text} leads`, () => {
      expect(webAddress(text)).to.deep.equal({ href, host });
    });
  }

  it('is none for scripts, data, and paths of the page', () => {
    const others = [
      'javascript:alert(1)',
      'java\tscript:alert(1)',
      ' \u0001javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://a.example/1',
      'file:///etc/passwd',
      'filesystem:https://a.example/x',
      '//a.example',
      '/\\a.example',
      '/path',
      '#fragment',
      '?query',
      'a.example',
      '',
    ];
    for (const text of others) expect(webAddress(text), text).to.equal(undefined);
  });
});

describe('linkAddress', () => {
  it('leads to public names that are written out', () => {
    const texts = [
      'https://a.example/@user?q=a@b',
      'HTTP://A.EXAMPLE:8080#x',
      'http://\u00fcber.example',
      'mailto:a@b.example',
    ];
    for (const text of texts) expect(linkAddress(text), text).to.deep.equal(webAddress(text));
  });

  it('leads neither to own computers nor to what looks like another place', () => {
    const others = [
      'https:a.example',
      'https:\\\\a.example',
      ' https://a.example',
      'https://a.example@b.example',
      'https://user:word@a.example',
      'https://a.example\\@b.example',
      'http://localhost:6006',
      'http://127.1/',
      'http://2130706433/',
      'http://[::1]/',
      'http://169.254.169.254/',
      `https://a.example/${'x'.repeat(2000)}`,
    ];
    for (const text of others) expect(linkAddress(text), text).to.equal(undefined);
  });
});
