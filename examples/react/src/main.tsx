import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'llm-trace-kit/define/llm-trace-view.js';

function App() {
  const [name, setName] = useState('');
  return (
    <>
      <llm-trace-view
        src="trace.json"
        view="tree"
        style={{ height: 400 }}
        onllm-span-select={({ detail }) => setName(detail.span.name)}
      />
      <output>{name}</output>
    </>
  );
}

// @ts-expect-error There is no such view.
export const mistake = <llm-trace-view view="cloud" />;

createRoot(document.querySelector('#root')!).render(<App />);
