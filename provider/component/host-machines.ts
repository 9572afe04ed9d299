import type * as pulumi from "@pulumi/pulumi";
import { diagnostic } from "../rules/diagnostic";
import type { ProgramIndex } from "../rules/program-index";
import { logDiagnostics } from "./diagnostics";
import { runningProgram } from "./program";

/*
 * Machines whose IDs become known while the program runs. Nothing waits for them, so that no resource waits for another one
 * that depends on it; what is known by then is reported, in the preview too.
 */

interface MachinesOfProgram {
  /** Names of the KMS hosts, by their machines. */
  hosts: Map<string, string>;
  /** Groups by the machines of their members. */
  members: Map<string, { group: pulumi.Resource; ownHosts: readonly string[] }>;
}

const machinesOf = new WeakMap<ProgramIndex, MachinesOfProgram>();

function machinesOfProgram(): MachinesOfProgram {
  const program = runningProgram();
  const known = machinesOf.get(program) ?? { hosts: new Map(), members: new Map() };
  machinesOf.set(program, known);
  return known;
}

/** Reports a created KMS host that a group has as a member, as soon as both are known. */
export function addHostMachine(name: string, azureVmId: pulumi.Output<string | undefined>): void {
  const { hosts, members } = machinesOfProgram();
  azureVmId.apply((id) => {
    if (id !== undefined) {
      hosts.set(id.toLowerCase(), name);
      report(id, name, members.get(id.toLowerCase()));
    }
  });
}

/**
 * Reports members that are created KMS hosts of the program.
 * @param ownHosts the hosts of the group itself, which its activation checks
 */
export function addMemberMachines(
  group: pulumi.Resource,
  azureVmIds: pulumi.Output<string[]>,
  ownHosts: readonly string[],
): void {
  const { hosts, members } = machinesOfProgram();
  azureVmIds.apply((ids) =>
    ids.forEach((id) => {
      const member = { group, ownHosts };
      members.set(id.toLowerCase(), member);
      report(id, hosts.get(id.toLowerCase()), member);
    }),
  );
}

function report(
  given: string,
  host: string | undefined,
  member: { group: pulumi.Resource; ownHosts: readonly string[] } | undefined,
): void {
  if (host !== undefined && member !== undefined && !member.ownHosts.includes(host)) {
    logDiagnostics([diagnostic("KMS2266", "error", "machines", { given, host })], member.group);
  }
}
