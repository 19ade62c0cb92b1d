// What every page of the site does: the colours that a person chose, and code that can be copied.

const choice = document.querySelector<HTMLSelectElement>('.theme select')!;
choice.value = document.documentElement.dataset['theme'] ?? 'auto';
choice.addEventListener('change', () => {
  document.documentElement.dataset['theme'] = choice.value;
  try {
    localStorage.setItem('theme', choice.value);
  } catch {
    // Where nothing may be kept, it holds for this page.
  }
});

for (const code of document.querySelectorAll<HTMLElement>('pre.code')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(code.textContent.trimEnd()).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Not allowed'),
    );
  });
  button.addEventListener('blur', () => (button.textContent = 'Copy'));
  const box = document.createElement('div');
  box.className = 'code-box';
  code.replaceWith(box);
  box.append(code, button);
}
