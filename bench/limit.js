/* global document, window, requestAnimationFrame */
// What the elements are measured against: the same spans in a list that does nothing else. No framework, no component, one
// pass over the spans, an index in typed arrays, and as many rows of plain DOM as are in sight. It knows one shape of input,
// keeps nothing apart, and reports nothing.

const ROW = 24;
/** A taller element is cut off by browsers: further down, the place of the scrollbar is stretched. */
const TALLEST = 8_000_000;

const scroller = document.querySelector('#scroller');
const height = document.querySelector('#height');
const detail = document.querySelector('#detail');

/** The spans, in the order of the file; all arrays by their number, but for `order`. */
let spans = [];
let parent, firstChild, nextSibling, depth, start, duration, isClosed;
/** Numbers of spans in the order of the tree, and for each span the place in it where what is below has ended. */
let order, endOf;
/** Numbers of the spans that have a row. */
let shown;
let shownCount = 0;
let selected = -1;
let traceStart = 0;
let traceDuration = 1;

function spansOf({ resourceSpans }) {
  const lists = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.map((scoped) => scoped.spans));
  return lists.length === 1 ? lists[0] : lists.flat();
}

function takeTimes() {
  // In microseconds from a second near by: a number cannot hold nanoseconds of this century.
  const near = Number(spans[0].startTimeUnixNano.slice(0, -9));
  const micros = (time) => (time.slice(0, -9) - near) * 1e6 + time.slice(-9) / 1e3;
  let least = Infinity;
  let most = -Infinity;
  for (let at = 0; at < spans.length; at++) {
    const { startTimeUnixNano, endTimeUnixNano } = spans[at];
    const begun = micros(startTimeUnixNano);
    const ended = micros(endTimeUnixNano);
    start[at] = begun;
    duration[at] = ended - begun;
    if (begun < least) least = begun;
    if (ended > most) most = ended;
  }
  traceStart = least;
  traceDuration = most - least || 1;
}

function takeParents() {
  const numbers = new Map();
  for (let at = 0; at < spans.length; at++) numbers.set(spans[at].spanId, at);
  for (let at = 0; at < spans.length; at++) {
    const { parentSpanId } = spans[at];
    parent[at] = parentSpanId === undefined ? -1 : (numbers.get(parentSpanId) ?? -1);
  }
  // Siblings are in the file in the order in which they began. The list of roots is that of a span after the last.
  for (let at = spans.length - 1; at >= 0; at--) {
    const above = parent[at] < 0 ? spans.length : parent[at];
    nextSibling[at] = firstChild[above];
    firstChild[above] = at;
  }
}

function takeOrder() {
  let place = 0;
  for (let at = firstChild[spans.length]; at >= 0;) {
    order[place++] = at;
    if (parent[at] >= 0) depth[at] = depth[parent[at]] + 1;
    if (firstChild[at] >= 0) {
      at = firstChild[at];
      continue;
    }
    endOf[at] = place;
    while (at >= 0 && nextSibling[at] < 0) {
      at = parent[at];
      if (at >= 0) endOf[at] = place;
    }
    if (at >= 0) at = nextSibling[at];
  }
}

function index(trace) {
  spans = spansOf(trace);
  const count = spans.length;
  [parent, nextSibling, order, endOf, shown] = Array.from({ length: 5 }, () => new Int32Array(count).fill(-1));
  firstChild = new Int32Array(count + 1).fill(-1);
  [start, duration] = [new Float64Array(count), new Float64Array(count)];
  depth = new Uint16Array(count);
  isClosed = new Uint8Array(count);
  selected = -1;
  takeTimes();
  takeParents();
  takeOrder();
}

function takeShown() {
  shownCount = 0;
  for (let place = 0; place < order.length;) {
    const at = order[place];
    shown[shownCount++] = at;
    place = isClosed[at] ? endOf[at] : place + 1;
  }
}

const rows = [];

function newRow() {
  const [row, name, lane, bar] = ['div', 'div', 'div', 'div'].map((tag) => document.createElement(tag));
  const label = document.createTextNode('');
  row.setAttribute('role', 'row');
  [name.className, lane.className, bar.className] = ['name', 'lane', 'bar'];
  name.append(label);
  lane.append(bar);
  row.append(name, lane);
  scroller.append(row);
  return { row, name, bar, label };
}

function draw() {
  const { clientHeight, scrollTop } = scroller;
  const tall = shownCount * ROW;
  const scale = tall > TALLEST ? (tall - clientHeight) / (TALLEST - clientHeight) : 1;
  const top = scrollTop * scale;
  const first = Math.floor(top / ROW);
  const count = Math.min(shownCount - first, Math.ceil(clientHeight / ROW) + 1);
  while (rows.length < count) rows.push(newRow());
  for (let at = 0; at < rows.length; at++) {
    const { row, name, bar, label } = rows[at];
    if (at >= count) {
      row.style.display = 'none';
      continue;
    }
    const span = shown[first + at];
    row.style.display = '';
    row.style.transform = `translateY(${scrollTop + (first + at) * ROW - top}px)`;
    row.setAttribute('aria-selected', String(span === selected));
    label.data = spans[span].name;
    name.style.paddingLeft = `${depth[span] * 14}px`;
    bar.style.left = `${((start[span] - traceStart) / traceDuration) * 100}%`;
    bar.style.width = `${Math.max(0.1, (duration[span] / traceDuration) * 100)}%`;
  }
}

function show() {
  height.style.height = `${Math.min(shownCount * ROW, TALLEST)}px`;
  draw();
}

let isDue = false;
scroller.addEventListener(
  'scroll',
  () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      draw();
    });
  },
  { passive: true },
);

window.bench = {
  rowSelector: '[role=row]',
  async load(trace) {
    index(trace);
    takeShown();
    show();
  },
  async scrollTarget() {
    return scroller;
  },
  async expandAll() {
    isClosed.fill(0);
    takeShown();
    show();
  },
  async collapseAll() {
    for (let at = 0; at < spans.length; at++) isClosed[at] = firstChild[at] >= 0 ? 1 : 0;
    takeShown();
    scroller.scrollTop = 0;
    show();
  },
  /** Leaves the spans with a text in their names, and what is above them. */
  async search(text) {
    if (text === '') {
      takeShown();
      show();
      return;
    }
    const wanted = text.toLowerCase();
    const isKept = new Uint8Array(spans.length);
    for (let at = 0; at < spans.length; at++) {
      if (!spans[at].name.toLowerCase().includes(wanted)) continue;
      for (let above = at; above >= 0 && !isKept[above]; above = parent[above]) isKept[above] = 1;
    }
    shownCount = 0;
    for (const at of order) if (isKept[at]) shown[shownCount++] = at;
    scroller.scrollTop = 0;
    show();
  },
  async select(row) {
    selected = shown[row];
    draw();
    const lines = spans[selected].attributes.map(({ key, value }) => `${key} = ${Object.values(value)[0]}`);
    detail.textContent = lines.join('\n');
  },
};
