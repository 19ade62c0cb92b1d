// The custom elements manifest of the built package, against the classes and for what users need to know.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = async (file) => JSON.parse(await readFile(path.join(root, 'dist', file), 'utf8'));
const manifest = await read('custom-elements.json');
const classes = await import('llm-trace-kit');
const declarations = manifest.modules.flatMap((module) => module.declarations);

/** What a class makes reactive and shows to users. */
function propertiesOf({ elementProperties }) {
  const properties = new Map();
  for (const [name, options] of elementProperties) {
    if (options.state || typeof name !== 'string' || name.startsWith('_')) continue;
    const attribute = typeof options.attribute === 'string' ? options.attribute : name.toLowerCase();
    properties.set(name, options.attribute === false ? undefined : attribute);
  }
  // An element inside a view is given the settings of the view; nobody else has any to give.
  properties.delete('settings');
  return properties;
}

test('every element of the package is in the manifest, with the module that it comes from', async () => {
  const elements = Object.keys(classes).filter(
    (name) => classes[name].elementProperties && classes[name].name === name,
  );
  const listed = declarations.map(({ name }) => name);
  assert.deepEqual(
    elements.filter((name) => !listed.includes(name)),
    [],
  );
  for (const { path: file, exports } of manifest.modules) {
    const module = await import(path.join(root, file));
    for (const { kind, name, declaration } of exports) {
      if (kind === 'js') assert.equal(module[name], classes[name]);
      else assert.equal(declarations.find(({ tagName }) => tagName === name).name, declaration.name);
    }
  }
});

test('it says of every element what the class has', () => {
  for (const { name, members, attributes } of declarations) {
    const properties = propertiesOf(classes[name]);
    const fields = new Map(members.filter(({ kind }) => kind === 'field').map((field) => [field.name, field]));
    for (const [property, attribute] of properties) {
      assert.ok(fields.has(property), `${name}.${property} is not listed`);
      assert.equal(fields.get(property).attribute, attribute, `${name}.${property}`);
    }
    for (const { name: member, readonly } of fields.values()) {
      assert.ok(
        properties.has(member) || readonly || member in classes[name].prototype,
        `${name}.${member} is not there`,
      );
    }
    for (const { name: method } of members.filter(({ kind }) => kind === 'method')) {
      assert.equal(typeof classes[name].prototype[method], 'function', `${name}.${method}()`);
    }
    assert.deepEqual(
      attributes.map((attribute) => attribute.name).sort(),
      [...properties.values()].filter((attribute) => attribute !== undefined).sort(),
      name,
    );
  }
});

test('every member has a type, a default and a sentence', () => {
  const missing = [];
  for (const { tagName, description, summary, members, ...lists } of declarations) {
    if (!description || !summary) missing.push(`${tagName}: description and summary`);
    for (const { kind, name, type, default: initial, readonly, return: returned, description: sentence } of members) {
      if (!sentence) missing.push(`${tagName}.${name}: sentence`);
      if (kind === 'field' && !type?.text) missing.push(`${tagName}.${name}: type`);
      if (kind === 'field' && !readonly && initial === undefined) missing.push(`${tagName}.${name}: default`);
      if (kind === 'method' && !returned?.type.text) missing.push(`${tagName}.${name}(): type`);
    }
    for (const list of ['attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates']) {
      for (const { name, description: sentence } of lists[list] ?? []) {
        if (!sentence) missing.push(`${tagName} ${list} ${name}: sentence`);
      }
    }
  }
  assert.deepEqual(missing, []);
});

test('editors are told of every tag, and of the words that an attribute takes', async () => {
  const tags = declarations.map(({ tagName }) => tagName).sort();
  const html = await read('html-data.json');
  assert.deepEqual(html.tags.map(({ name }) => name).sort(), tags);
  const view = html.tags.find(({ name }) => name === 'llm-trace-view').attributes.find(({ name }) => name === 'view');
  assert.ok(view.values.some(({ name }) => name === 'conversation'));
  const webTypes = await read('web-types.json');
  assert.deepEqual(webTypes.contributions.html.elements.map(({ name }) => name).sort(), tags);
});

test('React has a component for every element, with a property for every event', async () => {
  const components = await import('llm-trace-kit/react');
  assert.deepEqual(Object.keys(components).sort(), declarations.map(({ name }) => name).sort());
  for (const { name, tagName, events } of declarations) {
    assert.equal((await import(`llm-trace-kit/react/${tagName}.js`))[name], components[name]);
    const types = await readFile(path.join(root, `dist/react/${tagName}.d.ts`), 'utf8');
    for (const { type } of events)
      assert.ok(types.includes(`: EventName<elements.${type.text}>;`), `${name} ${type.text}`);
  }
  assert.match(
    await readFile(path.join(root, 'dist/react/llm-trace-view.js'), 'utf8'),
    /onSpanSelect: 'llm-span-select'/,
  );
});
