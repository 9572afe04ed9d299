import { settle } from "../../provider/rules/acknowledge";
import type {
  KMSClientGroupValues,
  KMSClientMachinesValues,
  KMSHostValues,
} from "../../provider/rules/args.generated";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import { type ProgramFacts, programIndex } from "../../provider/rules/program-index";
import { groupDiagnostics, hostDiagnostics } from "../../provider/rules/rules";

/** Invented: a real product key has at most one N. */
export const labKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

/** What is not an argument of a resource. */
type Rest<Facts> = Partial<Omit<Facts, "args" | "unknown">> & { unknown?: string[] };

export type HostChanges = KMSHostValues & Rest<HostFacts>;
export type GroupChanges = KMSClientGroupValues & Rest<GroupFacts>;

/** A KMS host without a fault, with what a test changes; members of `key` and `assume` one by one. */
export function host({ name = "kms", unknown = [], seen, ...args }: HostChanges = {}): HostFacts {
  const key = { keyGroup: "Volume License for Windows Server 2022", ...args.key };
  return {
    name,
    unknown: new Set(unknown),
    seen,
    args: {
      os: "Windows Server 2022",
      edition: "Datacenter",
      zones: [{ zoneName: "corp.example" }],
      ...args,
      ...("key" in args && args.key === undefined ? {} : { key }),
    },
  };
}

/** A client group without a fault, with what a test changes. */
export function group({
  name = "web",
  unknown = [],
  seen,
  azureCloud,
  ...args
}: GroupChanges = {}): GroupFacts {
  return {
    name,
    unknown: new Set(unknown),
    seen,
    azureCloud,
    args: {
      hosts: ["kms"],
      os: "Windows Server 2022",
      edition: "Datacenter",
      machines: members(10),
      ...args,
    },
  };
}

/** So many existing machines of which nothing is known. */
export const members = (count: number): KMSClientMachinesValues => ({
  ssh: { machines: Array.from({ length: count }, () => ({})) },
});

/** Existing Azure machines, so many. */
export const azureMembers = (count: number, prefix = "vm"): KMSClientMachinesValues => ({
  azureVmIds: Array.from({ length: count }, (_, index) => `/subscriptions/s/vms/${prefix}${index + 1}`),
});

/** A diagnostic with the name of the resource that it is about. */
export type ResourceDiagnostic = Diagnostic & { resource: string };

/** What Microsoft's rules say of a program with these hosts and groups. */
export function diagnosticsOf(
  hosts: HostFacts[],
  groups: GroupFacts[] = [],
  rest: Omit<ProgramFacts, "hosts" | "groups"> = {},
): ResourceDiagnostic[] {
  const index = programIndex({ hosts, groups, ...rest });
  const named = ({ name, args }: HostFacts | GroupFacts, diagnostics: Diagnostic[]) =>
    settle(diagnostics, { ...args, today: rest.today }).map((one) => ({ resource: name, ...one }));
  return [
    ...hosts.flatMap((one) => named(one, hostDiagnostics(one, index))),
    ...groups.flatMap((one) => named(one, groupDiagnostics(one, index))),
  ];
}

/** Diagnostics of a host alone. */
export const ofHost = (changes: HostChanges, rest?: Omit<ProgramFacts, "hosts" | "groups">) =>
  diagnosticsOf([host(changes)], [], rest);

/** Diagnostics of a group on a host without a fault. */
export const ofGroup = (changes: GroupChanges, hostChanges: HostChanges = {}) =>
  diagnosticsOf([host(hostChanges)], [group(changes)]);

/** Each diagnostic as `resource severity code path`. */
export const brief = (diagnostics: ResourceDiagnostic[]): string[] =>
  diagnostics.map(({ resource, severity, code, path }) => `${resource} ${severity} ${code} ${path}`);

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
