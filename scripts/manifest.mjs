// The custom elements manifest: every public element with its attributes, properties, methods, events, slots, parts, states and
// custom properties, out of the types and comments of the sources.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, ts as analyzed } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { glob } from 'tinyglobby';
import typescript from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The tag of each element that has an entry of its own (`elements/llm-….ts`), and the name of its class. */
async function publicElements() {
  const elements = new Map();
  for (const file of (await glob('src/elements/llm-*.ts', { cwd: root })).sort()) {
    const [, name] = /export \{ (?:type )?(Llm\w+)/.exec(await readFile(path.join(root, file), 'utf8'));
    elements.set(name, path.basename(file, '.ts'));
  }
  return elements;
}

/** What the compiler knows of the members of a class, as the analyzer reads what is written only. */
function typesOf(elements) {
  const { config } = typescript.readConfigFile(path.join(root, 'tsconfig.json'), typescript.sys.readFile);
  const { options } = typescript.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    typescript.sys,
    root,
  );
  const files = [...elements.values()].map((tag) => path.join(root, 'src/elements', tag, `${tag}.ts`));
  const program = typescript.createProgram(files, options);
  const checker = program.getTypeChecker();
  const types = new Map();
  for (const [name, tag] of elements) {
    const source = program.getSourceFile(path.join(root, 'src/elements', tag, `${tag}.ts`));
    const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).find((one) => one.name === name);
    const instance = checker.getDeclaredTypeOfSymbol(symbol);
    types.set(name, (member) => {
      const property = checker.getPropertyOfType(instance, member);
      const type = property && checker.getTypeOfSymbol(property);
      if (!type) return undefined;
      const written = checker.typeToString(type, undefined, typescript.TypeFormatFlags.NoTruncation);
      const choices = (type.types ?? []).filter(({ flags }) => !(flags & typescript.TypeFlags.Undefined));
      const isListed = choices.length > 1 && choices.every((choice) => choice.isStringLiteral());
      return { written, choices: isListed ? choices.map(({ value }) => `'${value}'`).join(' | ') : undefined };
    });
  }
  return types;
}

/** What is not for users: what is private, and what every HTML element has and nothing is said of. */
const isPublic = (member) =>
  !member.privacy &&
  !member.static &&
  !member.name.startsWith('#') &&
  !(member.name === 'focus' && !member.description);

/** A copy without what nobody needs to know: base classes have no entry, so that it is nobody's business where a member came from. */
function without(from, ...names) {
  const copy = { ...from };
  for (const name of names) delete copy[name];
  return copy;
}

const flat = (member) => without(member, 'inheritedFrom');

function described(declaration, tag, typeOf) {
  const withType = (member, field) => {
    const { written, choices } = typeOf(field) ?? {};
    const type = member.type ?? (written && { text: written });
    return { ...flat(member), ...(type && { type }), ...(choices && { parsedType: { text: choices } }) };
  };
  const members = declaration.members.filter(isPublic).map((member) => {
    if (member.kind !== 'field') return flat(member);
    const field = withType(member, member.name);
    // What is not set is `undefined`, where the type says that it may be.
    return /\b(undefined|unknown)\b/.test(field.type?.text ?? '') && !field.default
      ? { ...field, default: 'undefined' }
      : field;
  });
  const attributes = (declaration.attributes ?? []).map((attribute) => withType(attribute, attribute.fieldName));
  return {
    ...without(declaration, 'mixins'),
    superclass: { name: 'LitElement', package: 'lit' },
    tagName: tag,
    customElement: true,
    members,
    attributes,
    // The analyzer lists what is dispatched once more, without a name.
    events: (declaration.events ?? []).filter(({ name }) => name).map(flat),
  };
}

/** The manifest (schema of webcomponents/custom-elements-manifest). Its paths are those of the package. */
export async function manifest() {
  const elements = await publicElements();
  const files = await glob(['src/elements/*/llm-*.ts', 'src/elements/*.ts', 'src/internal/*-element.ts'], {
    cwd: root,
    ignore: ['**/*.test.ts', '**/*.styles.ts', 'src/elements/llm-*.ts', '**/test-*.ts'],
  });
  const sources = await Promise.all(
    files.sort().map(async (file) => {
      const text = await readFile(path.join(root, file), 'utf8');
      return analyzed.createSourceFile(file, text, analyzed.ScriptTarget.ES2022, true);
    }),
  );
  const { modules } = create({ modules: sources, plugins: litPlugin() });
  const types = typesOf(elements);
  const declarations = new Map(modules.flatMap((module) => module.declarations).map((one) => [one.name, one]));
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [...elements].flatMap(([name, tag]) => {
      const module = `dist/elements/${tag}.js`;
      return [
        {
          kind: 'javascript-module',
          path: module,
          declarations: [described(declarations.get(name), tag, types.get(name))],
          exports: [{ kind: 'js', name, declaration: { name, module } }],
        },
        {
          kind: 'javascript-module',
          path: `dist/define/${tag}.js`,
          declarations: [],
          exports: [{ kind: 'custom-element-definition', name: tag, declaration: { name, module } }],
        },
      ];
    }),
  };
}
