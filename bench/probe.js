/* global document, window, innerHeight, performance, fetch, requestAnimationFrame, setTimeout, Element, NodeFilter, PerformanceObserver, TransformStream */
// What a page is asked while it is measured. Runs in each page before anything of its own; knows nothing of what it shows but
// the contract of `window.bench` (demo/bench.ts). It does nothing while it is not asked.
{
  const roots = [document];
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    return root;
  };

  /** Timers and frames that ran. */
  let callbacks = 0;
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
    const begin = window[name];
    if (!begin) continue;
    window[name] = function (callback, ...rest) {
      const counted = (...given) => {
        callbacks++;
        return callback(...given);
      };
      return begin.call(window, counted, ...rest);
    };
  }

  const longTasks = [];
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask' });
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  function allRows() {
    const found = [];
    for (const root of roots) found.push(...root.querySelectorAll(window.bench.rowSelector));
    return found;
  }

  /** The rows that a person sees, from the top, each with its text and how much of it is in sight. */
  async function rowsInSight() {
    const box = (await window.bench.scrollTarget()).getBoundingClientRect();
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    const found = [];
    for (const row of allRows()) {
      const place = row.getBoundingClientRect();
      const height = Math.min(bottom, place.bottom) - Math.max(top, place.top);
      if (height > 0.5) found.push({ top: place.top, height, row });
    }
    return found.sort((one, other) => one.top - other.top);
  }

  /** Whether the rows in sight are the first ones of the trace, or the last ones. */
  async function areInSight(names, end) {
    const texts = (await rowsInSight()).map(({ row }) => row.textContent);
    const wanted = Math.min(names.length, 10);
    if (texts.length < wanted) return false;
    // Further up there may be the ancestors of the first row.
    if (end === 'last') {
      texts.reverse().length = wanted;
      names = names.toReversed();
    }
    return texts.every((text, at) => at >= names.length || text.includes(names[at]));
  }

  async function until(isDone, what) {
    const begun = performance.now();
    while (!(await isDone())) {
      if (performance.now() - begun > 120_000) throw new Error(`${what}: not within two minutes`);
      await frame();
    }
  }

  /** Whether a text can be read somewhere on the page. */
  function canBeRead(text) {
    for (const root of roots) {
      if (!(root.body ?? root).textContent.includes(text)) continue;
      const nodes = document.createTreeWalker(root.body ?? root, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const { data, parentElement } = nodes.currentNode;
        if (data.includes(text) && (parentElement ?? root.host).checkVisibility()) return true;
      }
    }
    return false;
  }

  window.probe = {
    frame,
    areInSight,
    rowsInSight,
    until,
    get callbacks() {
      return callbacks;
    },

    /** Shows a trace; ends when its first rows are painted, which is marked, though more may be worked out then. */
    async load(input, rows) {
      const begun = performance.now();
      const isFailed = window.bench.load(input).then(() => new Promise(() => {}));
      let looks = 0;
      const isShown = async () => {
        looks++;
        return allRows().length > 0 && (await areInSight(rows.first, 'first'));
      };
      await Promise.race([until(isShown, 'the first rows'), isFailed]);
      // All but the first look are within a frame.
      if (looks === 1) await frame();
      // What a frame paints is there once the next task runs.
      await new Promise((resolve) => setTimeout(resolve));
      performance.mark('painted');
      return performance.now() - begun;
    },

    /** Shows a file while it comes in; says how much of it was read when the first rows were there. */
    async stream(path, rows) {
      const begun = performance.now();
      const response = await fetch(path);
      const total = Number(response.headers.get('content-length'));
      let bytes = 0;
      const counted = new TransformStream({
        transform(chunk, controller) {
          bytes += chunk.length;
          controller.enqueue(chunk);
        },
      });
      const loading = window.bench.load(response.body.pipeThrough(counted));
      await Promise.race([loading, until(() => allRows().length > 0, 'a row')]);
      await frame();
      const found = { share: (bytes / total) * 100, firstRows: performance.now() - begun };
      await loading;
      await until(() => areInSight(rows.first, 'first'), 'the first rows');
      const wall = performance.now() - begun;
      return { ...found, wall, longest: await window.probe.longestTask(begun) };
    },

    /** Goes to the end and back. */
    async checkEnds(rows) {
      const target = await window.bench.scrollTarget();
      target.scrollTop = target.scrollHeight;
      await until(() => areInSight(rows.last, 'last'), 'the last rows');
      target.scrollTop = 0;
      await until(() => areInSight(rows.first, 'first'), 'the first rows again');
    },

    /** Selects a row; gives the frames until its detail can be read, and milliseconds. */
    async select(row, mark) {
      await frame();
      const begun = performance.now();
      await window.bench.select(row);
      let frames = 0;
      await until(() => {
        frames++;
        return canBeRead(mark);
      }, mark);
      await frame();
      return { frames, wall: performance.now() - begun };
    },

    /** Times of frames, and what of the box of the rows is blank where that is wanted, until `stop` is called. */
    async watch(isBlankWanted) {
      const target = await window.bench.scrollTarget();
      const covered = async () => (await rowsInSight()).reduce((sum, { height }) => sum + height, 0);
      const whole = isBlankWanted ? await covered() : 1;
      const times = [];
      const shares = [];
      // What a frame paints is there once everything that it does because of the scrolling was done.
      const look = async () => shares.push(Math.max(0, 1 - (await covered()) / whole) * 100);
      const onScroll = () => void requestAnimationFrame(look);
      if (isBlankWanted) target.addEventListener('scroll', onScroll);
      let isOver = false;
      const done = (async () => {
        while (!isOver) times.push(await frame());
        target.removeEventListener('scroll', onScroll);
        const gaps = times.slice(1).map((time, at) => time - times[at]);
        gaps.sort((one, other) => one - other);
        return {
          frames: times.length,
          p95: gaps[Math.floor(gaps.length * 0.95)],
          dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0),
          blank: shares.reduce((sum, share) => sum + share, 0) / shares.length,
        };
      })();
      window.probe.stop = () => {
        isOver = true;
        return done;
      };
    },

    /** Goes from the first row to the last in so many milliseconds, as a dragged scrollbar does. */
    async drag(duration) {
      const target = await window.bench.scrollTarget();
      const height = target.scrollHeight - target.clientHeight;
      const begun = performance.now();
      for (let share = 0; share < 1;) {
        await frame();
        // Between frames, as a person's move comes in.
        await new Promise((resolve) => setTimeout(resolve));
        share = Math.min(1, (performance.now() - begun) / duration);
        target.scrollTop = height * share;
      }
    },

    /** Nodes that stand in the page, shadow trees among them, and how many of them are elements. */
    countNodes() {
      let [inPage, elements] = [0, 0];
      for (const root of roots.filter(({ isConnected }) => isConnected)) {
        const nodes = document.createTreeWalker(root);
        while (nodes.nextNode()) inPage++;
        elements += root.querySelectorAll('*').length;
      }
      return { inPage, elements };
    },

    /** Milliseconds of the longest task since a time; 0 where none took 50. */
    async longestTask(since) {
      // Entries come a little later.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return longTasks.reduce(
        (most, { startTime, duration }) => (startTime + duration > since ? Math.max(most, duration) : most),
        0,
      );
    },
  };
}
