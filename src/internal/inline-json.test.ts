import { expect } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';
import { InlineJson } from './inline-json.js';

function watched(children: string): { host: HTMLElement; look: () => void; found: string[] } {
  const host = Object.assign(document.createElement('div'), { addController: () => {} });
  host.innerHTML = children;
  const found: string[] = [];
  const inline = new InlineJson(host as unknown as ReactiveControllerHost & HTMLElement, (text) => found.push(text));
  return { host, look: inline.onSlotChange, found };
}

describe('InlineJson', () => {
  it('gives the text of a JSON script', () => {
    const { look, found } = watched('<p>Loading</p><script type="application/json">{"a":1}</script>');
    look();
    expect(found).to.deep.equal(['{"a":1}']);
  });

  it('gives the same text only once, and a new one again', () => {
    const { host, look, found } = watched('<script type="application/json">one</script>');
    look();
    look();
    host.querySelector('script')!.textContent = 'two';
    look();
    expect(found).to.deep.equal(['one', 'two']);
  });

  it('takes no other script, and none further inside', () => {
    const { look, found } = watched(
      '<script type="text/plain">no</script><div><script type="application/json">no</script></div>',
    );
    look();
    expect(found).to.deep.equal([]);
  });
});
