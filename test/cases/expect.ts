import assert from "node:assert/strict";
import { explainHresult } from "../../provider/catalog/hresults";
import type { HresultSide } from "../../provider/catalog/hresults";
import type { Severity } from "../../provider/rules/diagnostic";
import type { ResourceDiagnostic } from "../../provider/rules/validate";

const weights: Severity[] = ["info", "warning", "error"];

/** A diagnostic that a case expects: severity, code, resource, and what its message must contain. */
export type Expected = [Severity, string, string, ...RegExp[]];

/**
 * Every expected diagnostic is there with its facts, and nothing weighs more than the heaviest of them; without any,
 * nothing may be said at all.
 */
export function expectDiagnostics(diagnostics: ResourceDiagnostic[], ...expected: Expected[]): void {
  for (const [severity, code, resource, ...facts] of expected) {
    const said = diagnostics.filter(
      (diagnostic) => diagnostic.code === code && diagnostic.resource === resource,
    );
    const all = diagnostics.map(({ message }) => message).join("\n");
    assert.equal(said.length, 1, `${code} about ${resource} in:\n${all}`);
    assert.equal(said[0].severity, severity);
    facts.forEach((fact) => assert.match(said[0].message, fact));
  }
  const heaviest = Math.max(-1, ...expected.map(([severity]) => weights.indexOf(severity)));
  assert.deepEqual(
    diagnostics.filter(({ severity }) => weights.indexOf(severity) > heaviest),
    [],
  );
}

/** The HRESULT is explained with these facts, in meaning or remedy. */
export function expectExplained(hresult: string, side: HresultSide, ...facts: RegExp[]): void {
  const { meaning, remedy } = explainHresult(hresult, side);
  facts.forEach((fact) => assert.match(`${meaning}. ${remedy}`, fact, hresult));
}
