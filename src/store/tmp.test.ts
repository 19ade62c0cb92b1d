import { breakDatabase, hurry } from './test-faults.js';
import { newStore, endedSpan } from './test-store.js';
it('silence', async () => {
  const answer = breakDatabase({ at: 'silence', times: 1 });
  const rest = hurry();
  const store = await newStore();
  rest();
  console.log(JSON.stringify(store.status));
  store.ended(endedSpan());
  answer();
  for (let i = 0; i < 10; i++) { await new Promise(r => setTimeout(r, 300)); console.log(JSON.stringify(store.status)); }
});
