import { expect } from '@open-wc/testing';
import { ViewSettings } from './view-settings.js';

describe('ViewSettings', () => {
  it('are cautious where nothing was decided', () => {
    const { links, media, content, textForm } = new ViewSettings();
    expect({ links, media, content, textForm }).to.deep.equal({
      links: 'ask',
      media: 'click',
      content: 'full',
      textForm: 'source',
    });
  });

  it('tell once of a change, and not of none', () => {
    const settings = new ViewSettings();
    let calls = 0;
    const end = settings.subscribe(() => calls++);
    settings.change({ links: 'off', media: 'off' });
    settings.change({ links: 'off' });
    expect(calls).to.equal(1);
    end();
    settings.change({ links: 'on' });
    expect(calls).to.equal(1);
  });

  it('take the most cautious word for one that there is not, and the usual one where an attribute is gone', () => {
    const settings = new ViewSettings();
    settings.change({ links: 'yes', media: 'data-only', content: 'mask' });
    expect(settings.links).to.equal('off');
    expect(settings.media).to.equal('data-only');
    expect(settings.content).to.equal('masked');
    settings.change({ links: null, content: null });
    expect(settings.links).to.equal('ask');
    expect(settings.content).to.equal('full');
  });

  it('give texts as they are, or masked once what masks is there', async () => {
    const settings = new ViewSettings();
    const text = `Bearer ${'a1B2'.repeat(10)} of someone@mail.example, 4111 1111 1111 1111`;
    expect(settings.readable(text)).to.equal(text);
    const isTold = new Promise<void>((resolve) => {
      settings.subscribe(() => {
        if (settings.readable('x') === 'x') resolve();
      });
    });
    settings.change({ content: 'masked' });
    expect(settings.readable(text)).to.equal('…');
    await isTold;
    expect(settings.readable(text)).to.equal('Bearer [masked] of [masked:email], [masked:card]');
    expect(settings.readable('short', 'OPENAI_API_KEY')).to.equal('[masked]');
    expect(settings.readable('short', 'name')).to.equal('short');
    settings.change({ content: 'full' });
    expect(settings.readable(text)).to.equal(text);
  });
});
