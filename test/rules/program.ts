import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import type { Tolerance } from "../../provider/rules/diagnostic";
import { type ProgramToValidate, type ResourceDiagnostic, validate } from "../../provider/rules/validate";

/** Invented: a real product key has at most one N. */
export const labKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

type Host = HostFacts & Tolerance;
type Group = GroupFacts & Tolerance;

/** A KMS host without a fault, with what a test changes. */
export const host = (changes: Partial<Host> = {}): Host => ({
  name: "kms",
  keyGroup: "Volume License for Windows Server 2022",
  os: "Windows Server 2022",
  edition: "Datacenter",
  srvRecords: [{ zoneName: "corp.example" }],
  ...changes,
});

/** A client group without a fault, with what a test changes. */
export const group = (changes: Partial<Group> = {}): Group => ({
  name: "web",
  hosts: ["kms"],
  os: "Windows Server 2022",
  edition: "Datacenter",
  count: 10,
  ...changes,
});

/** Diagnostics of a program with these hosts and groups. */
export const diagnosticsOf = (
  hosts: Host[],
  groups: Group[] = [],
  rest: Omit<ProgramToValidate, "hosts" | "groups"> = {},
): ResourceDiagnostic[] => validate({ hosts, groups, ...rest });

/** Diagnostics of a host alone. */
export const ofHost = (changes: Partial<Host>, rest?: Omit<ProgramToValidate, "hosts" | "groups">) =>
  diagnosticsOf([host(changes)], [], rest);

/** Diagnostics of a group on a host without a fault. */
export const ofGroup = (changes: Partial<Group>, hostChanges: Partial<Host> = {}) =>
  diagnosticsOf([host(hostChanges)], [group(changes)]);

/** Each diagnostic as `resource severity code property`. */
export const brief = (diagnostics: ResourceDiagnostic[]): string[] =>
  diagnostics.map(({ resource, severity, code, property }) => `${resource} ${severity} ${code} ${property}`);

/** The diagnostics of one code. */
export const withCode = (diagnostics: ResourceDiagnostic[], code: string) =>
  diagnostics.filter((diagnostic) => diagnostic.code === code);

/** The message of the only diagnostic of this code; "" without one. */
export function messageOf(diagnostics: ResourceDiagnostic[], code: string): string {
  const [first, ...others] = withCode(diagnostics, code);
  if (others.length > 0) {
    throw new Error(`${code} is said ${others.length + 1} times`);
  }
  return first?.message ?? "";
}
