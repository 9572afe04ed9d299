import type { Scalar } from "../../../provider/machine/licensing-plan";

/** Properties of one CIM instance; null where one has no value. */
export type Properties = Record<string, Scalar | null>;

type Condition = (instance: Properties) => boolean;

/** A query that WMI would refuse with WBEM_E_INVALID_QUERY. */
export class InvalidQuery extends Error {}

const token =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+)|(<=|>=|<>|!=|[=<>()]))/y;

interface Token {
  kind: "word" | "text" | "number" | "sign";
  value: string;
}

/**
 * The condition of a WQL query's WHERE clause: comparisons, IS [NOT] NULL, AND, OR, NOT and parentheses. Text has no case.
 * Source: learn.microsoft.com/windows/win32/wmisdk/where-clause.
 * @param declared the class's properties, by name in lower case
 * @throws InvalidQuery for a syntax error and for a property that the class lacks
 */
export function whereClause(text: string, declared: ReadonlyMap<string, string>): Condition {
  const tokens = tokensOf(text);
  const condition = disjunction();
  if (tokens.length > 0) {
    throw new InvalidQuery(text);
  }
  return condition;

  function disjunction(): Condition {
    let left = conjunction();
    while (takeWord("or")) {
      const [first, second] = [left, conjunction()];
      left = (instance) => first(instance) || second(instance);
    }
    return left;
  }

  function conjunction(): Condition {
    let left = factor();
    while (takeWord("and")) {
      const [first, second] = [left, factor()];
      left = (instance) => first(instance) && second(instance);
    }
    return left;
  }

  function factor(): Condition {
    if (takeWord("not")) {
      const negated = factor();
      return (instance) => !negated(instance);
    }
    if (take("sign", "(")) {
      const inner = disjunction();
      expect("sign", ")");
      return inner;
    }
    return comparison();
  }

  function comparison(): Condition {
    const property = declared.get(next("word").value.toLowerCase());
    if (property === undefined) {
      throw new InvalidQuery(text);
    }
    if (takeWord("is")) {
      const isNot = takeWord("not");
      expect("word", "null");
      return (instance) => ((instance[property] ?? null) !== null) === isNot;
    }
    const sign = next("sign").value;
    const operand = literal();
    if (operand === null) {
      const isEqual = sign === "=";
      return (instance) => ((instance[property] ?? null) === null) === isEqual;
    }
    return (instance) => compares(instance[property] ?? null, sign, operand);
  }

  function literal(): Scalar | null {
    const { kind, value } = tokens.shift() ?? fail();
    const word = value.toLowerCase();
    if (kind === "number") {
      return Number(value);
    }
    if (kind === "text") {
      return value;
    }
    return word === "null" ? null : word === "true" ? true : word === "false" ? false : fail();
  }

  function take(kind: Token["kind"], value: string): boolean {
    const taken = tokens[0]?.kind === kind && tokens[0].value.toLowerCase() === value;
    if (taken) {
      tokens.shift();
    }
    return taken;
  }

  function takeWord(word: string): boolean {
    return take("word", word);
  }

  function expect(kind: Token["kind"], value: string): void {
    if (!take(kind, value)) {
      fail();
    }
  }

  function next(kind: Token["kind"]): Token {
    const found = tokens.shift();
    return found?.kind === kind ? found : fail();
  }

  function fail(): never {
    throw new InvalidQuery(text);
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const scanner = new RegExp(token);
  while (text.slice(scanner.lastIndex).trim() !== "") {
    const found = scanner.exec(text);
    if (found === null) {
      throw new InvalidQuery(text);
    }
    const [, word, single, double, digits, sign] = found;
    if (word !== undefined) {
      tokens.push({ kind: "word", value: word });
    } else if (digits !== undefined) {
      tokens.push({ kind: "number", value: digits });
    } else if (sign !== undefined) {
      tokens.push({ kind: "sign", value: sign });
    } else {
      tokens.push({ kind: "text", value: (single ?? double).replace(/\\(.)/g, "$1") });
    }
  }
  return tokens;
}

function compares(value: Scalar | null, sign: string, operand: Scalar): boolean {
  if (value === null) {
    return false;
  }
  const order =
    typeof value === "number" && typeof operand === "number"
      ? value - operand
      : String(value).toLowerCase().localeCompare(String(operand).toLowerCase());
  switch (sign) {
    case "=":
      return order === 0;
    case "<>":
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    default:
      return order >= 0;
  }
}
