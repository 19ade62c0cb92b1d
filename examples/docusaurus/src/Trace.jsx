import React, { useEffect, useMemo, useRef, useState } from 'react';
import { usePluginData } from '@docusaurus/useGlobalData';
import 'llm-trace-kit/define/llm-trace-view.js';

export default function Trace() {
  const served = usePluginData('trace');
  // React writes the HTML anew for each other object.
  const html = useMemo(() => ({ __html: served }), [served]);
  const place = useRef(null);
  const [name, setName] = useState('');
  useEffect(() => {
    const { current } = place;
    const onSelect = ({ detail }) => setName(detail.span.name);
    current.addEventListener('llm-span-select', onSelect);
    return () => current.removeEventListener('llm-span-select', onSelect);
  }, []);
  return (
    <>
      <div ref={place} dangerouslySetInnerHTML={html} />
      <p>
        Selected: <output>{name}</output>
      </p>
    </>
  );
}
