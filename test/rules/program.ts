import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import type { Tolerance } from "../../provider/rules/verdict";
import { type ProgramToValidate, type ResourceVerdict, validate } from "../../provider/rules/validate";

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

/** Verdicts of a program with these hosts and groups. */
export const verdictsOf = (
  hosts: Host[],
  groups: Group[] = [],
  rest: Omit<ProgramToValidate, "hosts" | "groups"> = {},
): ResourceVerdict[] => validate({ hosts, groups, ...rest });

/** Verdicts of a host alone. */
export const ofHost = (changes: Partial<Host>, rest?: Omit<ProgramToValidate, "hosts" | "groups">) =>
  verdictsOf([host(changes)], [], rest);

/** Verdicts of a group on a host without a fault. */
export const ofGroup = (changes: Partial<Group>, hostChanges: Partial<Host> = {}) =>
  verdictsOf([host(hostChanges)], [group(changes)]);

/** Each verdict as `resource severity code property`. */
export const brief = (verdicts: ResourceVerdict[]): string[] =>
  verdicts.map(({ resource, severity, code, property }) => `${resource} ${severity} ${code} ${property}`);

/** The verdicts of one code. */
export const withCode = (verdicts: ResourceVerdict[], code: string) =>
  verdicts.filter((verdict) => verdict.code === code);

/** The message of the only verdict of this code; "" without one. */
export function messageOf(verdicts: ResourceVerdict[], code: string): string {
  const [first, ...others] = withCode(verdicts, code);
  if (others.length > 0) {
    throw new Error(`${code} is said ${others.length + 1} times`);
  }
  return first?.message ?? "";
}
