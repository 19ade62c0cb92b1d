import { expect } from '@open-wc/testing';
import { isStandIn, standIn } from './stand-in.js';

class Counter {
  #count = 0;
  listener: (() => unknown) | undefined;
  readonly part = { name: 'part' };

  get count(): number {
    return this.#count;
  }

  set count(value: number) {
    this.#count = value;
  }

  get callback(): unknown {
    return this.listener;
  }

  add(by: number): this {
    this.#count += by;
    return this;
  }
}

describe('standIn', () => {
  it('is used like the original: private fields, accessors, what is set on it, its class', () => {
    const counter = new Counter();
    const stand = standIn(counter, {});
    stand.add(2);
    stand.count++;
    stand.listener = (): unknown => stand;
    expect([counter.count, stand.count]).to.deep.equal([3, 3]);
    expect(stand).to.be.instanceOf(Counter);
    expect(stand.constructor).to.equal(Counter);
    expect(Object.keys(stand)).to.deep.equal(Object.keys(counter));
    expect(JSON.stringify(stand)).to.equal(JSON.stringify(counter));
    expect([isStandIn(stand), isStandIn(counter)]).to.deep.equal([true, false]);
  });

  it('gives the functions that an object holds as they are, and its methods always as the same', () => {
    const counter = new Counter();
    const stand = standIn(counter, {});
    const callback = (): void => {};
    stand.listener = callback;
    expect([stand.listener, stand.callback]).to.deep.equal([callback, callback]);
    expect(stand.add).to.equal(stand.add);
    expect(stand.add.name).to.equal('add');
    expect(Object.prototype.toString.call(stand)).to.equal('[object Object]');
  });

  it('does something else where it is told to, and lets others borrow a method', () => {
    const counter = new Counter();
    const stand = standIn(counter, {
      methods: new Map([['add', (call, [by]) => call(Number(by) * 10)]]),
      members: new Map([['part', (part: object) => ({ ...part, isStandIn: true })]]),
    });
    stand.add(2);
    expect(counter.count).to.equal(20);
    expect(stand.part).to.deep.equal({ name: 'part', isStandIn: true });
    expect(stand.part).to.equal(stand.part);
    const other = new Counter();
    stand.add.call(other, 1);
    expect([other.count, counter.count]).to.deep.equal([1, 20]);
  });

  it('stands in for functions, and for what the language lets nobody change', () => {
    const add = Object.freeze(
      Object.assign((one: number, other: number) => one + other, { part: Object.freeze({ fixed: true }) }),
    );
    const stand = standIn(add, {
      call: (call, args) => (call(...args) as number) * 10,
      members: new Map([['part', () => ({})]]),
    });
    expect([stand(1, 2), stand.call(undefined, 1, 2), stand.length]).to.deep.equal([30, 30, 2]);
    expect(stand.part).to.equal(add.part);
  });

  it('throws what the original throws', () => {
    const stand = standIn(
      {
        get broken(): string {
          throw new TypeError('broken');
        },
      },
      {},
    );
    expect(() => stand.broken).to.throw(TypeError, 'broken');
  });
});
