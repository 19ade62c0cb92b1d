// A rule for ESLint: no value of an unknown type becomes a number or a text by itself. An object whose `valueOf` or `toString`
// is data makes that throw.
import ts from 'typescript';

const CONVERTED = new Set(['Number', 'String', 'BigInt']);
const PRIMITIVE =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.Never;

/** Whether all values of a type are texts, numbers, truth values or nothing. */
function isPrimitive(type, checker) {
  if (type.isUnion()) return type.types.every((part) => isPrimitive(part, checker));
  if (type.isIntersection()) return type.types.some((part) => isPrimitive(part, checker));
  const constraint = type.isTypeParameter() ? checker.getBaseConstraintOfType(type) : undefined;
  return constraint ? isPrimitive(constraint, checker) : (type.flags & PRIMITIVE) !== 0;
}

export const safeConversions = {
  meta: {
    type: 'problem',
    messages: {
      unknown: 'A value of an unknown type may throw when it is converted. Ask for its type, or use asNumber().',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    const look = (node) => {
      if (!isPrimitive(services.getTypeAtLocation(node), checker)) context.report({ node, messageId: 'unknown' });
    };
    return {
      CallExpression({ callee, arguments: given }) {
        if (CONVERTED.has(callee.name) && given.length === 1 && given[0].type !== 'SpreadElement') look(given[0]);
      },
      TemplateLiteral({ expressions, parent }) {
        if (parent.type !== 'TaggedTemplateExpression') expressions.forEach(look);
      },
    };
  },
};
