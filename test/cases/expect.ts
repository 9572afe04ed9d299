import assert from "node:assert/strict";
import { explainHresult } from "../../provider/catalog/hresults";
import type { HresultSide } from "../../provider/catalog/hresults";
import type { Severity } from "../../provider/rules/diagnostic";
import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import type { ProgramFacts } from "../../provider/rules/program-index";
import * as rules from "../rules/program";
import type { ResourceDiagnostic } from "../rules/program";

const weights: Severity[] = ["info", "warning", "error"];

/** Arguments of a resource with its logical name, and nothing that the case does not say. */
type Named<Facts extends { args: object }> = Facts["args"] & { name: string };

const factsOf = <Facts extends { args: object }>({ name, ...args }: Named<Facts>) =>
  ({ name, args, unknown: new Set() }) as unknown as Facts;

/** What the rules say of the program of a case. */
export const diagnosticsOf = (
  hosts: Named<HostFacts>[],
  groups: Named<GroupFacts>[] = [],
  rest: Omit<ProgramFacts, "hosts" | "groups"> = {},
): ResourceDiagnostic[] =>
  rules.diagnosticsOf(
    hosts.map((host) => factsOf<HostFacts>(host)),
    groups.map((group) => factsOf<GroupFacts>(group)),
    rest,
  );

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
