import ts from 'typescript';

/**
 * Small wrong versions of a source file: each mutant changes one operator, literal, call or condition. TypeScript's own
 * parser finds the places; types, imports and documentation are left alone.
 */

const SWAPPED_OPERATORS = new Map([
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
  [ts.SyntaxKind.PlusToken, ['-']],
  [ts.SyntaxKind.MinusToken, ['+']],
  [ts.SyntaxKind.AsteriskToken, ['+']],
  [ts.SyntaxKind.PlusEqualsToken, ['-=']],
  [ts.SyntaxKind.MinusEqualsToken, ['+=']],
]);

/** Methods that have a near neighbour. */
const SWAPPED_METHODS = new Map([
  ['min', 'max'],
  ['max', 'min'],
  ['find', 'findLast'],
  ['findLast', 'find'],
  ['some', 'every'],
  ['every', 'some'],
]);

/** Methods whose call can be left out of a chain. */
const DROPPED_METHODS = new Set(['filter', 'sort', 'reverse']);

const SWAPPED_WORDS = new Map([
  ['MET', 'BREACH'],
  ['BREACH', 'MET'],
  ['DUE', 'WARNING'],
  ['WARNING', 'DUE'],
]);

/**
 * @param {string} file its name, for messages
 * @param {string} source its text
 * @returns {{file: string, line: number, code: string, change: string, source: string}[]}
 *   `code` is the line as it stands, `change` what was made of which text, `source` the whole mutated file
 */
export function mutantsOf(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  const mutants = [];
  const lines = source.split('\n');

  const replace = (start, end, text) => {
    const { line } = tree.getLineAndCharacterOfPosition(start);
    const change = `${shown(source.slice(start, end))} → ${shown(text)}`;
    const before = mutants.filter((mutant) => mutant.line === line + 1 && mutant.change.startsWith(change)).length;
    mutants.push({
      file,
      line: line + 1,
      code: lines[line].trim(),
      change: before === 0 ? change : `${change} (no. ${before + 1} on the line)`,
      source: source.slice(0, start) + text + source.slice(end),
    });
  };
  const replaceNode = (node, text) => replace(node.getStart(tree), node.getEnd(), text);

  const visit = (node) => {
    if (isLeftAlone(node)) return;
    if (ts.isBinaryExpression(node)) mutateBinary(node, replaceNode);
    else if (ts.isNumericLiteral(node)) replaceNode(node, String(Number(node.text) + 1));
    else if (ts.isStringLiteral(node))
      replaceNode(node, `'${SWAPPED_WORDS.get(node.text) ?? (node.text === '' ? 'x' : '')}'`);
    else if (node.kind === ts.SyntaxKind.TrueKeyword) replaceNode(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replaceNode(node, 'true');
    else if (ts.isPrefixUnaryExpression(node)) mutatePrefix(node, replaceNode, tree);
    else if (ts.isConditionalExpression(node)) mutateCondition(node.condition, replaceNode);
    else if (ts.isIfStatement(node)) mutateCondition(node.expression, replaceNode);
    else if (ts.isExpressionStatement(node)) replaceNode(node, ';');
    else if (ts.isCallExpression(node)) mutateCall(node, replace, replaceNode, tree);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants;
}

function isLeftAlone(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function mutateBinary(node, replaceNode) {
  const operator = node.operatorToken;
  if (operator.kind === ts.SyntaxKind.QuestionQuestionToken) {
    replaceNode(node, `(${node.left.getText()})`);
    replaceNode(node, `(${node.right.getText()})`);
  } else if (operator.kind === ts.SyntaxKind.QuestionQuestionEqualsToken) replaceNode(operator, '=');
  else for (const text of SWAPPED_OPERATORS.get(operator.kind) ?? []) replaceNode(operator, text);
}

function mutatePrefix(node, replaceNode, tree) {
  const drops = node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken;
  if (drops) replaceNode(node, node.operand.getText(tree));
}

function mutateCondition(condition, replaceNode) {
  replaceNode(condition, 'true');
  replaceNode(condition, 'false');
}

function mutateCall(node, replace, replaceNode, tree) {
  if (!ts.isPropertyAccessExpression(node.expression)) return;
  const { name, expression: on } = node.expression;
  const neighbour = SWAPPED_METHODS.get(name.text);
  if (neighbour) replaceNode(name, neighbour);
  if (DROPPED_METHODS.has(name.text)) replace(on.getEnd(), node.getEnd(), '');
  if (name.text === 'of' && node.arguments.length > 1)
    replaceNode(node.arguments.at(-1), node.arguments[0].getText(tree));
}

function shown(text) {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 70 ? `${flat.slice(0, 67)}...` : flat === '' ? 'nothing' : flat;
}
