import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { allIn, byRole, hasRole, pageFaultsDuring, settled, stubbed, textIn, until } from '../test-support.js';
import type { LlmMedia } from './llm-media.js';
import { pictureSize } from './picture-size.js';

const show = (part: unknown, media = 'click'): Promise<LlmMedia> =>
  fixture(html`<llm-media .media=${media as LlmMedia['media']} .value=${{ value: part }}></llm-media>`);

/** A red picture of 3 × 2 pixels, as base64, in a format that this browser can write. */
async function picture(mimeType = 'image/png', width = 3, height = 2): Promise<string> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, mimeType));
  expect(blob?.type).to.equal(mimeType);
  return base64(new Uint8Array(await blob!.arrayBuffer()));
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const isDrawn = async (element: LlmMedia): Promise<HTMLCanvasElement> => {
  await until(() => hasRole(element, 'img'), 'a picture');
  await settled(element);
  return byRole(element, 'img') as HTMLCanvasElement;
};

/** What is fetched while something is done. */
async function fetchedDuring(answer: () => Promise<Response>, action: () => Promise<unknown>): Promise<Request[]> {
  const requests: Request[] = [];
  const stub = (input: RequestInfo | URL, options?: RequestInit): Promise<Response> => {
    requests.push(new Request(input, options));
    return answer();
  };
  await stubbed(window, 'fetch', stub, action);
  return requests;
}

describe('llm-media', () => {
  it('draws a picture that the trace holds', async () => {
    const element = await show({
      type: 'media',
      modality: 'image',
      mimeType: 'image/png',
      data: await picture(),
      name: 'red',
    });
    const canvas = await isDrawn(element);
    expect(canvas.getAttribute('aria-label')).to.match(/^Image · image\/png · 3 × 2 · \d+ B · red$/);
    expect([...canvas.getContext('2d')!.getImageData(1, 1, 1, 1).data]).to.deep.equal([255, 0, 0, 255]);
  });

  it('draws what an address of the kind data: holds', async () => {
    const uri = `data:image/png;base64,${await picture()}`;
    expect((await isDrawn(await show({ type: 'media', modality: 'image', uri }, 'data-only'))).width).to.equal(3);
  });

  it('draws nothing where media are off', async () => {
    const element = await show(
      { type: 'media', modality: 'image', mimeType: 'image/png', data: await picture() },
      'off',
    );
    await settled(element);
    expect(textIn(element)).to.match(/^Image · image\/png · \d+ B$/);
    expect(hasRole(element, 'button')).to.equal(false);
  });

  it('goes by the bytes, not by what a picture is called', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="/x"/></svg>';
    const element = await show({ type: 'media', modality: 'image', mimeType: 'image/png', data: btoa(svg) });
    await until(() => textIn(element).includes('It could not be shown.'), 'the failure');
    expect(hasRole(element, 'img')).to.equal(false);
    expect(hasRole(element, 'button', 'Save')).to.equal(true);
  });

  it('says that a picture is damaged, or too large to unpack', async () => {
    const damaged = await show({ type: 'media', modality: 'image', mimeType: 'image/png', data: '!!not base64!!' });
    await until(() => textIn(damaged).includes('It could not be shown.'), 'the failure');
    const bytes = bytesOf(await picture());
    new DataView(bytes.buffer).setUint32(16, 100_000);
    new DataView(bytes.buffer).setUint32(20, 100_000);
    const bomb = await show({ type: 'media', modality: 'image', mimeType: 'image/png', data: base64(bytes) });
    await until(() => textIn(bomb).includes('It is too large to be shown.'), 'the failure');
  });

  it('plays a recording by a click, and lets go of it', async () => {
    const silence = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
    const element = await show({ type: 'media', modality: 'audio', mimeType: 'audio/wav', data: silence });
    expect(allIn(element, 'audio')).to.have.length(0);
    byRole(element, 'button', 'Show').click();
    await until(() => allIn(element, 'audio').length > 0, 'a player');
    const { src } = allIn(element, 'audio')[0] as HTMLAudioElement;
    expect(src).to.match(/^blob:/);
    element.remove();
    const failed = await fetch(src).then(
      () => false,
      () => true,
    );
    expect(failed).to.equal(true);
  });

  it('names what is at another place, and loads nothing', async () => {
    const uri = 'https://evil.example/collect/a.png?q=c2VjcmV0';
    const requests = await fetchedDuring(
      () => Promise.reject(new TypeError('none')),
      async () => {
        const element = await show({ type: 'media', modality: 'image', uri, name: 'innocent' });
        await settled(element);
        expect(textIn(element)).to.equal(
          'Image innocent evil.example /collect/a.png query of 10 characters Load from evil.example',
        );
        expect(allIn(element, 'img, canvas, audio, video, iframe')).to.have.length(0);
      },
    );
    expect(requests).to.have.length(0);
    for (const media of ['data-only', 'off']) {
      expect(hasRole(await show({ type: 'media', modality: 'image', uri }, media), 'button')).to.equal(false);
    }
  });

  it('loads it by a click, without cookies and without telling from where', async () => {
    const uri = 'https://pictures.example/a.png';
    const png = bytesOf(await picture());
    const element = await show({ type: 'media', modality: 'image', uri });
    const requests = await fetchedDuring(
      () => Promise.resolve(new Response(new Blob([png]), { headers: { 'content-type': 'image/png' } })),
      async () => {
        byRole(element, 'button', 'Load from pictures.example').click();
        await isDrawn(element);
      },
    );
    const [request] = requests;
    expect(requests).to.have.length(1);
    const { url, credentials, referrerPolicy, redirect } = request!;
    expect({ url, credentials, referrerPolicy, redirect }).to.deep.equal({
      url: uri,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    });
    expect(hasRole(element, 'button', 'Save')).to.equal(true);
  });

  it('says that it could not be loaded, and can be asked again', async () => {
    const element = await show({ type: 'media', modality: 'video', uri: 'https://pictures.example/gone.mp4' });
    await fetchedDuring(
      () => Promise.reject(new TypeError('Failed to fetch')),
      async () => {
        byRole(element, 'button', /Load/).click();
        await until(() => textIn(element).includes('It could not be loaded.'), 'the failure');
      },
    );
    expect(hasRole(element, 'button', /Load/)).to.equal(true);
  });

  it('makes no button of what is no address of the web', async () => {
    for (const uri of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      '/same/origin.png',
      'gs://bucket/a.png',
      'file-abc123',
    ]) {
      const element = await show({ type: 'media', modality: 'image', uri });
      expect(hasRole(element, 'button'), uri).to.equal(false);
      expect(textIn(element)).to.contain(uri);
    }
  });

  it('does not follow the link that it stands in', async () => {
    const element = await show({ type: 'media', modality: 'image', uri: 'https://pictures.example/a.png' });
    const link = document.createElement('a');
    link.href = '#followed';
    element.replaceWith(link);
    link.append(element);
    await settled(element);
    await fetchedDuring(
      () => Promise.reject(new TypeError('none')),
      async () => {
        byRole(element, 'button', /Load/).click();
        await until(() => textIn(element).includes('It could not be loaded.'), 'the failure');
      },
    );
    expect(location.hash).to.equal('');
    link.remove();
  });

  it('saves the bytes under a name that cannot harm', async () => {
    const element = await show({
      type: 'media',
      modality: 'file',
      mimeType: 'application/x-msdownload',
      data: btoa('MZ'),
      name: '../../run\u202egpj.exe',
    });
    let saved: { name: string; href: string } | undefined;
    const note = function (this: HTMLAnchorElement): void {
      saved = { name: this.download, href: this.href };
    };
    await stubbed(HTMLAnchorElement.prototype, 'click', note, () => {
      byRole(element, 'button', 'Save').click();
      return Promise.resolve();
    });
    expect(saved?.name).to.equal('_.._run_gpj.exe.bin');
    const blob = await (await fetch(saved!.href)).blob();
    expect(blob.type).to.equal('application/octet-stream');
    expect(await blob.text()).to.equal('MZ');
  });

  it('lives through parts that are none', async () => {
    const faults = await pageFaultsDuring(async () => {
      for (const part of [
        undefined,
        null,
        {},
        { modality: {}, data: {}, uri: [], name: { toString: null }, mimeType: 1 },
      ]) {
        await settled(await show(part));
      }
    });
    expect(faults).to.deep.equal([]);
  });
});

describe('pictureSize', () => {
  for (const mimeType of ['image/png', 'image/jpeg']) {
    it(`reads what a browser wrote as ${mimeType}`, async () => {
      expect(pictureSize(bytesOf(await picture(mimeType, 30, 20)))).to.deep.equal({ mimeType, width: 30, height: 20 });
    });
  }

  it('reads image/webp, which not every browser writes', () => {
    const plain =
      'UklGRkQAAABXRUJQVlA4IDgAAAAQAwCdASoeABQAP3Gy0GA0rimlqAgCkC4JZQDM0BanFAAA/uC5fg0CgAH//BBfiD9QanLDKLAAAA==';
    const extended =
      'UklGRlYAAABXRUJQVlA4WAoAAAAAAAAAHQAAEwAAVlA4IDgAAAAQAwCdASoeABQAP3Gy0GA0rimlqAgCkC4JZQDM0BanFAAA/uC5fg0CgAH//BBfiD9QanLDKLAAAA==';
    for (const webp of [plain, extended]) {
      expect(pictureSize(bytesOf(webp))).to.deep.equal({ mimeType: 'image/webp', width: 30, height: 20 });
    }
  });

  it('reads GIF and AVIF', () => {
    const gif = bytesOf('R0lGODlhHgAUAAAAACw=');
    expect(pictureSize(gif)).to.deep.equal({ mimeType: 'image/gif', width: 30, height: 20 });
    const avif = new Uint8Array(64);
    avif.set(new TextEncoder().encode('....ftypavif............ispe'));
    new DataView(avif.buffer).setUint32(32, 30);
    new DataView(avif.buffer).setUint32(36, 20);
    expect(pictureSize(avif)).to.deep.equal({ mimeType: 'image/avif', width: 30, height: 20 });
  });

  it('survives any bytes', () => {
    const random = crypto.getRandomValues(new Uint8Array(200));
    for (const head of ['\x89PNG', 'GIF89a', '\xff\xd8\xff', 'RIFF....WEBPVP8 ', 'RIFF....WEBPVP8X', '....ftypavif']) {
      for (let length = 0; length < 60; length++) {
        const bytes = random.slice(0, length);
        bytes.set(Uint8Array.from(head, (letter) => letter.charCodeAt(0)).subarray(0, length));
        expect(() => pictureSize(bytes)).not.to.throw();
      }
    }
  });
});
