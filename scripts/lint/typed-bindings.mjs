// A rule for ESLint: what is bound in a Lit template is of a type that Lit cannot take for something else.
import ts from 'typescript';

const TEMPLATES = new Set(['html', 'svg', 'mathml']);
const PLAIN =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike |
  ts.TypeFlags.Void |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.Never;
const ANYTHING = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
/** What our own code makes for a template. */
const MADE = new Set(['TemplateResult', 'SVGTemplateResult', 'UncompiledTemplateResult', 'DirectiveResult', 'Node']);
const ITERABLES = new Set(['Iterable', 'IterableIterator', 'IteratorObject', 'Generator', 'ArrayIterator']);

/** For each expression of a template, whether it stands between tags, and not inside one. */
export function childPositions(pieces) {
  let isInTag = false;
  let quote = '';
  return pieces.slice(0, -1).map((piece) => {
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at];
      if (!isInTag) isInTag = character === '<' && /[a-z/!]/i.test(piece[at + 1] ?? '');
      else if (quote) quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      else if (character === '>') isInTag = false;
    }
    return !isInTag;
  });
}

/** Whether every value of a type is a text, a number, or a thing that only our own code makes. */
function isMadeForTemplates(type, checker) {
  const types = [type];
  const seen = new Set();
  for (const item of types) {
    if (seen.has(item)) continue;
    seen.add(item);
    const parts = item.isUnion() ? item.types : partsOf(item, checker);
    if (parts) types.push(...parts);
    else if (!(item.flags & PLAIN) && !MADE.has((item.aliasSymbol ?? item.symbol)?.name)) return false;
  }
  return true;
}

function partsOf(type, checker) {
  if (type.isTypeParameter()) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && [constraint];
  }
  if (checker.isArrayType(type) || checker.isTupleType(type)) return checker.getTypeArguments(type);
  if (ITERABLES.has(type.symbol?.name)) return checker.getTypeArguments(type).slice(0, 1);
  return undefined;
}

/** The type of an expression. Of Lit's `repeat()`, which says nothing of it, that of what it repeats. */
function typeOf(node, services, checker) {
  const item = node.type === 'CallExpression' && node.callee.name === 'repeat' ? node.arguments.at(-1) : undefined;
  const [signature] = item ? services.getTypeAtLocation(item).getCallSignatures() : [];
  return signature ? checker.getReturnTypeOfSignature(signature) : services.getTypeAtLocation(node);
}

export const typedBindings = {
  meta: {
    type: 'problem',
    messages: {
      child: 'A child binding takes text and templates of ours. Data goes through text(), or in a box to an element.',
      attribute: 'A binding takes no value of an unknown type. Data goes through text(), or in a box to an element.',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    return {
      TaggedTemplateExpression({ tag, quasi }) {
        if (!TEMPLATES.has(tag.name)) return;
        const areChildren = childPositions(quasi.quasis.map(({ value }) => value.raw));
        quasi.expressions.forEach((node, at) => {
          const type = typeOf(node, services, checker);
          if (!areChildren[at]) {
            if (type.flags & ANYTHING) context.report({ node, messageId: 'attribute' });
          } else if (!isMadeForTemplates(type, checker)) context.report({ node, messageId: 'child' });
        });
      },
    };
  },
};
