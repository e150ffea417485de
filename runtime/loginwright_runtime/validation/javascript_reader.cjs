"use strict";
// Reads JavaScript for the rules and runs none of it. Standard input: {"maxDepth": n, "files":
// [{"file", "text", "module", "syntaxOnly"}]}. Standard output, a line each: {"builtins": [...]}, then for each
// file {"file", "fault", "tree", "unread"}. V8 judges the syntax; Node's own acorn gives the tree,
// which is written as nested arrays [code, line, column, ...] that javascript_tree.py decodes.

const vm = require("node:vm");
const { builtinModules } = require("node:module");

const WRAPPER = ["exports", "require", "module", "__filename", "__dirname"];
const SCRIPT = {
  ecmaVersion: "latest",
  sourceType: "script",
  allowReturnOutsideFunction: true,
  allowHashBang: true,
  locations: true,
};
const MODULE = { ...SCRIPT, sourceType: "module", allowReturnOutsideFunction: false };
const DRAWN_COLUMNS = 1000;
const JUMPS = new Set(["BreakStatement", "ContinueStatement"]);
const COMPARISONS = new Set(["==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "instanceof"]);

function findParser() {
  try {
    return require("internal/deps/acorn/acorn/dist/acorn");
  } catch {
    return null; // another Node: the syntax is judged all the same
  }
}

/**
 * Where V8 found the fault: "file:line", the source line, then a line of carets. Without carets it
 * is the end of the text, or a place so far to the right that Node draws none.
 */
function faultOf(error) {
  const [head, , carets = ""] = String(error.stack).split("\n");
  const line = /:(\d+)$/.exec(head);
  const drawn = /^\s*\^/.exec(carets);
  const end = /^\s*$/.test(carets) && carets.length < DRAWN_COLUMNS ? carets.length + 1 : null;
  return {
    message: String(error.message),
    line: line ? Number(line[1]) : null,
    column: drawn ? drawn[0].length : end,
  };
}

function syntaxFault(parser, source) {
  try {
    vm.compileFunction(source.text, WRAPPER, { filename: source.file });
    return null;
  } catch (error) {
    const fault = faultOf(error);
    const again = fault.column === null && parser ? parserFault(parser, source, SCRIPT) : null;
    return again?.line === fault.line ? { ...fault, column: again.column } : fault;
  }
}

function parserFault(parser, source, options) {
  try {
    parser.parse(source.text, options);
    return null;
  } catch (error) {
    if (!error.loc) throw error;
    const message = error.message.replace(/ \(\d+:\d+\)$/, "");
    return { message, line: error.loc.line, column: error.loc.column + 1 };
  }
}

function isPath(node) {
  let inner = node;
  while (inner.type === "MemberExpression" && !inner.computed) inner = inner.object;
  return inner.type === "Identifier";
}

class Translator {
  constructor(maxDepth) {
    this.maxDepth = maxDepth;
    this.depth = 0;
    this.tooDeep = null;
  }

  place(node) {
    return [node.loc.start.line, node.loc.start.column + 1];
  }

  node(code, node, ...fields) {
    return [code, ...this.place(node), ...fields];
  }

  /** Translates one level down, or leaves out what lies too deep. */
  below(node, translate) {
    if (this.depth >= this.maxDepth) {
      this.tooDeep ??= node.loc.start.line;
      return this.node("x", node, []);
    }
    this.depth += 1;
    const result = translate();
    this.depth -= 1;
    return result;
  }

  // --- statements ------------------------------------------------------------------------------

  block(nodes) {
    return nodes.flatMap((node) => this.statement(node));
  }

  /** The statements of a body that may be a block, a single statement or missing. */
  body(node) {
    if (!node) return [];
    return node.type === "BlockStatement" ? this.block(node.body) : this.statement(node);
  }

  statement(node) {
    const translate = STATEMENTS[node.type];
    if (translate) return this.below(node, () => translate(this, node));
    return JUMPS.has(node.type) ? [this.node("q", node, "jump", null)] : [];
  }

  declarations(node) {
    return node.declarations.map((one) => {
      const value = one.init ? this.expression(one.init) : this.node("n", one, "undefined");
      return this.node("w", one, this.pattern(one.id), value, true);
    });
  }

  named(node, value) {
    const name = node.id ?? node;
    const target = this.node("n", name, node.id ? node.id.name : "default");
    return [this.node("e", node, this.node("w", node, target, value, true))];
  }

  loop(node, heads) {
    return [this.node("l", node, heads, this.body(node.body))];
  }

  loopTarget(node, value) {
    const declares = node.left.type === "VariableDeclaration";
    const target = declares ? node.left.declarations[0].id : node.left;
    return this.node("w", node.left, this.pattern(target), value, declares);
  }

  // --- expressions -----------------------------------------------------------------------------

  expressions(nodes) {
    return nodes.filter(Boolean).map((node) => this.expression(node));
  }

  expression(node) {
    const translate = EXPRESSIONS[node.type];
    if (!translate) return this.node("x", node, []);
    return this.below(node, () => translate(this, node));
  }

  /** Patterns read like the object and array they take apart. */
  pattern(node) {
    return this.expression(node);
  }

  maybe(node) {
    return node ? this.expression(node) : null;
  }

  func(node) {
    const name = node.id ? node.id.name : null;
    const parameters = node.params.map((parameter) => this.pattern(parameter));
    const body =
      node.body.type === "BlockStatement"
        ? this.block(node.body.body)
        : [this.node("q", node.body, "return", this.expression(node.body))];
    return this.node("f", node, name, parameters, body);
  }

  /** Methods and field values of a class, each of which may be called from anywhere. */
  classMembers(node) {
    const members = node.body.body.flatMap((member) => {
      if (member.type === "StaticBlock") return [];
      return [member.computed ? member.key : null, member.value];
    });
    return this.node("x", node, this.expressions([node.superClass, ...members]));
  }

  property(node) {
    if (node.type !== "Property") return [null, this.expression(node)];
    const value = this.expression(node.value);
    if (!node.computed) return [String(node.key.name ?? node.key.value), value];
    if (typeof node.key.value === "string") return [node.key.value, value];
    return [null, this.node("x", node, [this.expression(node.key), value])];
  }

  items(node) {
    return node.elements.map((one) => (one ? this.expression(one) : this.node("x", node, [])));
  }

  member(node) {
    const object = this.expression(node.object);
    const key = node.property;
    if (!node.computed) return this.node("m", key, object, key.name);
    if (typeof key.value === "string") return this.node("m", key, object, key.value);
    return this.node("i", key, object, this.expression(key));
  }

  call(node, creates) {
    const callee = this.expression(node.callee);
    const [, line, column] = creates ? this.node("c", node) : callee;
    return ["c", line, column, callee, this.expressions(node.arguments), creates, this.asked(node)];
  }

  /** For each `?.` that a call hangs on, how many names of its callee stand behind: `a?.b.c()` has 2. */
  asked(node) {
    const found = node.optional ? [0] : [];
    let names = 1;
    for (let inner = node.callee; inner.type === "MemberExpression"; inner = inner.object) {
      if (inner.optional) found.push(names);
      names += 1;
    }
    return found;
  }

  /** `a?.()` is `a ? a() : undefined`, as long as `a` is short enough to be said twice. */
  optionalCall(node) {
    if (!isPath(node.callee)) return this.call(node, false);
    const test = this.expression(node.callee);
    return this.node("?", node, test, this.call(node, false), this.node("n", node, "undefined"));
  }

  template(node) {
    const parts = [...node.quasis, ...node.expressions].sort((a, b) => a.start - b.start);
    return this.node("p", node, this.expressions(parts));
  }

  /** A long concatenation leans to the left; it is walked along, not down. */
  concatenation(node) {
    const parts = [];
    let left = node;
    for (; left.type === "BinaryExpression" && left.operator === "+"; left = left.left) {
      parts.push(left.right);
    }
    return this.node("p", node, this.expressions([left, ...parts.reverse()]));
  }

  binary(node) {
    if (node.operator === "+") return this.concatenation(node);
    const sides = this.expressions([node.left, node.right]);
    if (COMPARISONS.has(node.operator)) return this.node("=", node, node.operator, ...sides);
    return this.node("x", node, sides);
  }

  logical(node) {
    const operator = node.operator === "&&" ? "and" : "or";
    return this.node("&", node, operator, ...this.expressions([node.left, node.right]));
  }

  assignment(node) {
    const target = this.pattern(node.left);
    const value = this.expression(node.right);
    const combined = {
      "=": () => value,
      "+=": () => this.node("p", node, [target, value]),
      "&&=": () => this.node("&", node, "and", target, value),
      "||=": () => this.node("&", node, "or", target, value),
      "??=": () => this.node("&", node, "or", target, value),
    }[node.operator];
    const result = combined ? combined() : this.node("x", node, [target, value]);
    return this.node("w", node, target, result, false);
  }

  literal(node) {
    if (node.regex) return this.node("r", node, node.regex.pattern);
    if (node.bigint) return this.node("x", node, []);
    if (typeof node.value === "string") return this.node("t", node, node.value.toWellFormed());
    return this.node("k", node, Number.isNaN(node.value) ? null : node.value);
  }
}

const imported = (t, node) => [
  t.node("e", node, t.node("c", node, t.node("n", node, "import"), [t.literal(node.source)], false, [])),
];

const STATEMENTS = {
  ExpressionStatement: (t, node) => [t.node("e", node, t.expression(node.expression))],
  VariableDeclaration: (t, node) => t.declarations(node).map((one) => t.node("e", node, one)),
  FunctionDeclaration: (t, node) => t.named(node, t.func(node)),
  ClassDeclaration: (t, node) => t.named(node, t.classMembers(node)),
  IfStatement: (t, node) => [
    t.node("b", node, t.expression(node.test), t.body(node.consequent), t.body(node.alternate)),
  ],
  SwitchStatement: (t, node) => {
    const cases = node.cases.map((one) => [t.maybe(one.test), t.block(one.consequent)]);
    return [t.node("v", node, t.expression(node.discriminant), cases)];
  },
  ForStatement: (t, node) => {
    const declares = node.init?.type === "VariableDeclaration";
    const init = declares ? t.declarations(node.init) : t.expressions([node.init]);
    return t.loop(node, [...init, ...t.expressions([node.test, node.update])]);
  },
  ForOfStatement: (t, node) => {
    const item = t.node("[", node.right, t.expression(node.right));
    return t.loop(node, [t.loopTarget(node, item)]);
  },
  ForInStatement: (t, node) => {
    const key = t.node("x", node.right, [t.expression(node.right)]);
    return t.loop(node, [t.loopTarget(node, key)]);
  },
  WhileStatement: (t, node) => t.loop(node, [t.expression(node.test)]),
  DoWhileStatement: (t, node) => t.loop(node, [t.expression(node.test)]),
  TryStatement: (t, node) => {
    const rescues = node.handler ? [t.body(node.handler.body)] : [];
    return [t.node("y", node, t.body(node.block), rescues, t.body(node.finalizer))];
  },
  ReturnStatement: (t, node) => [t.node("q", node, "return", t.maybe(node.argument))],
  ThrowStatement: (t, node) => [t.node("q", node, "throw", t.expression(node.argument))],
  BlockStatement: (t, node) => t.block(node.body),
  LabeledStatement: (t, node) => t.body(node.body),
  WithStatement: (t, node) => [t.node("e", node, t.expression(node.object)), ...t.body(node.body)],
  ImportDeclaration: imported,
  ExportAllDeclaration: imported,
  ExportNamedDeclaration: (t, node) => {
    if (node.source) return imported(t, node);
    return node.declaration ? t.statement(node.declaration) : [];
  },
  ExportDefaultDeclaration: (t, node) => [t.node("e", node, t.expression(node.declaration))],
};

const inner = (t, node) => (node.argument ? t.expression(node.argument) : t.node("x", node, []));

const EXPRESSIONS = {
  Literal: (t, node) => t.literal(node),
  TemplateElement: (t, node) => t.node("t", node, (node.value.cooked ?? "").toWellFormed()),
  TemplateLiteral: (t, node) => t.template(node),
  TaggedTemplateExpression: (t, node) => t.node("x", node, t.expressions([node.tag, node.quasi])),
  Identifier: (t, node) => t.node("n", node, node.name),
  ThisExpression: (t, node) => t.node("n", node, "this"),
  MemberExpression: (t, node) => t.member(node),
  ChainExpression: (t, node) => t.expression(node.expression),
  CallExpression: (t, node) => (node.optional ? t.optionalCall(node) : t.call(node, false)),
  NewExpression: (t, node) => t.call(node, true),
  ImportExpression: (t, node) =>
    t.node("c", node, t.node("n", node, "import"), [t.expression(node.source)], false, []),
  ObjectExpression: (t, node) => t.node("o", node, node.properties.map((one) => t.property(one))),
  ObjectPattern: (t, node) => t.node("o", node, node.properties.map((one) => t.property(one))),
  ArrayExpression: (t, node) => t.node("a", node, t.items(node)),
  ArrayPattern: (t, node) => t.node("a", node, t.items(node)),
  BinaryExpression: (t, node) => t.binary(node),
  LogicalExpression: (t, node) => t.logical(node),
  ConditionalExpression: (t, node) =>
    t.node("?", node, ...t.expressions([node.test, node.consequent, node.alternate])),
  AssignmentExpression: (t, node) => t.assignment(node),
  AssignmentPattern: (t, node) =>
    t.node("w", node, t.pattern(node.left), t.expression(node.right), true),
  FunctionExpression: (t, node) => t.func(node),
  FunctionDeclaration: (t, node) => t.func(node),
  ArrowFunctionExpression: (t, node) => t.func(node),
  ClassExpression: (t, node) => t.classMembers(node),
  ClassDeclaration: (t, node) => t.classMembers(node),
  SpreadElement: (t, node) => t.node("s", node, t.expression(node.argument)),
  RestElement: (t, node) => t.node("s", node, t.pattern(node.argument)),
  SequenceExpression: (t, node) => t.node("x", node, t.expressions(node.expressions)),
  UnaryExpression: (t, node) => t.node("x", node, t.expressions([node.argument])),
  UpdateExpression: (t, node) => t.node("x", node, t.expressions([node.argument])),
  AwaitExpression: inner,
  YieldExpression: inner,
};

function treeOf(parser, source, maxDepth) {
  const program = parser.parse(source.text, source.module ? MODULE : SCRIPT);
  const translator = new Translator(maxDepth);
  const tree = translator.block(program.body);
  const deep = translator.tooDeep;
  const unread = deep === null ? null : `from line ${deep} on it is nested too deeply`;
  return { tree, unread };
}

function read(parser, source, maxDepth) {
  const nothing = { file: source.file, fault: null, tree: null, unread: null };
  if (parser === null) {
    const fault = source.module ? null : syntaxFault(parser, source);
    return { ...nothing, fault, unread: "this Node has no parser to lend" };
  }
  try {
    const fault = source.module
      ? parserFault(parser, source, MODULE)
      : syntaxFault(parser, source);
    if (fault !== null || source.syntaxOnly) return { ...nothing, fault };
    return { ...nothing, ...treeOf(parser, source, maxDepth) };
  } catch (error) {
    return { ...nothing, unread: `the parser says: ${error.message}` };
  }
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => (input += part));
process.stdin.on("end", () => {
  const { maxDepth, files } = JSON.parse(input);
  const parser = findParser();
  const lines = files.map((source) => JSON.stringify(read(parser, source, maxDepth)));
  const builtins = builtinModules.filter((name) => !name.startsWith("internal/"));
  process.stdout.write([JSON.stringify({ builtins }), ...lines, ""].join("\n"));
});
