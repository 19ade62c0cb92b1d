import { expect } from '@open-wc/testing';
import { mediaOf, mediaPart } from './media.js';

describe('media', () => {
  it('takes a data address apart, and leaves another as it is', () => {
    expect(mediaPart('image', 'data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=')).to.deep.equal({
      type: 'media',
      modality: 'image',
      mimeType: 'image/svg+xml',
      data: 'PHN2Zz4=',
    });
    expect(mediaPart('image', 'data:text/plain,hello')).to.include({
      uri: 'data:text/plain,hello',
      mimeType: 'text/plain',
    });
    expect(mediaPart('audio', 'https://example.org/a', 'audio/mpeg')).to.include({ mimeType: 'audio/mpeg' });
  });

  it('tells an address from base64, and a modality from the type', () => {
    expect(mediaOf({ data: 'aGk=', mimeType: 'audio/wav' })).to.include({ modality: 'audio', data: 'aGk=' });
    expect(mediaOf({ image: 'data:image/png;base64,aGk=' }, 'image')).to.include({
      data: 'aGk=',
      mimeType: 'image/png',
    });
    expect(mediaOf({ file_uri: 'gs://b/c' })).to.include({ modality: 'file', uri: 'gs://b/c' });
    expect(mediaOf({ type: 'file', content: 'note: plain' })).to.include({ data: 'note: plain' });
    expect(mediaOf({ data: { 0: 1 } })).to.equal(undefined);
  });
});
