import assert from "node:assert/strict";
import { explainHresult } from "../../provider/catalog/hresults";
import type { HresultSide } from "../../provider/catalog/hresults";
import type { Severity } from "../../provider/rules/verdict";
import type { ResourceVerdict } from "../../provider/rules/validate";

const weights: Severity[] = ["info", "warning", "error"];

/** A verdict that a case expects: severity, code, resource, and what its message must contain. */
export type Expected = [Severity, string, string, ...RegExp[]];

/**
 * Every expected verdict is there with its facts, and nothing weighs more than the heaviest of them; without any,
 * nothing may be said at all.
 */
export function expectVerdicts(verdicts: ResourceVerdict[], ...expected: Expected[]): void {
  for (const [severity, code, resource, ...facts] of expected) {
    const said = verdicts.filter((verdict) => verdict.code === code && verdict.resource === resource);
    const all = verdicts.map(({ message }) => message).join("\n");
    assert.equal(said.length, 1, `${code} about ${resource} in:\n${all}`);
    assert.equal(said[0].severity, severity);
    facts.forEach((fact) => assert.match(said[0].message, fact));
  }
  const heaviest = Math.max(-1, ...expected.map(([severity]) => weights.indexOf(severity)));
  assert.deepEqual(
    verdicts.filter(({ severity }) => weights.indexOf(severity) > heaviest),
    [],
  );
}

/** The HRESULT is explained with these facts, in meaning or remedy. */
export function expectExplained(hresult: string, side: HresultSide, ...facts: RegExp[]): void {
  const { meaning, remedy } = explainHresult(hresult, side);
  facts.forEach((fact) => assert.match(`${meaning}. ${remedy}`, fact, hresult));
}
