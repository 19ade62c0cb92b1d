import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'llm-trace-kit/define/llm-trace-view.js';
import { LlmTraceView } from 'llm-trace-kit/react/llm-trace-view.js';

/** The tag, as React 19 knows it. */
function Tag() {
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

/** The component, which older ones need, as they set no properties of elements. */
function Component() {
  const [name, setName] = useState('');
  return (
    <>
      <LlmTraceView
        src="trace.json"
        view="tree"
        style={{ height: 400 }}
        onSpanSelect={({ detail }) => setName(detail.span.name)}
      />
      <output>{name}</output>
    </>
  );
}

// @ts-expect-error There is no such view.
export const mistake = <llm-trace-view view="cloud" />;
// @ts-expect-error Nor is there one here.
export const other = <LlmTraceView view="cloud" />;
// @ts-expect-error A span has no such property.
export const third = <LlmTraceView onSpanSelect={({ detail }) => detail.span.nothing} />;

createRoot(document.querySelector('#root')!).render(
  <>
    <Tag />
    <Component />
  </>,
);
