import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/cloud";
import { laterOutput, logDiagnostics } from "../component/diagnostics";
import { knownPart, type KnownPart } from "../component/known-part";
import { withSshSecrets } from "../component/old-args";
import { programDeclared, runningProgram } from "../component/program";
import { componentOptionDiagnostics } from "../component/resource-options";
import { signInDiagnostics } from "../component/sign-in";
import { argumentDiagnostics } from "../component/validate-args";
import { formatError, KmsError } from "../errors/kms-error";
import { factsOfHost, KMSHost } from "../host/kms-host";
import { machineSourceDiagnostics } from "../rules/machines";
import { officeSourceDiagnostics } from "../rules/office";
import { imageDiagnostics } from "../rules/operating-systems";
import { groupDiagnostics } from "../rules/validate";
import { errorDiagnostic, settle, diagnostic, type Diagnostic } from "../rules/diagnostic";
import { kmsClientGroupArgs } from "../validators.generated";
import { createGroupChildren, type GroupChildren } from "./children";
import { groupFacts } from "./facts";
import { memberCounts, type MemberCounts } from "./member";
import type { KMSClientGroupArgs } from "./old-args";
import type { StoredMember } from "./state";

/** After an update, says on the group how many members wait for their KMS host's count, and for how many machines. */
export function warnOfPending(name: string, parts: GroupChildren, group: pulumi.Resource): void {
  if (pulumi.runtime.isDryRun()) {
    return;
  }
  pulumi.all([parts.members, parts.machinesMissing]).apply(([members, missing]) => {
    const pending = members.filter(({ status }) => status === "Pending").length;
    if (pending > 0) {
      const values = { name, pending, all: members.length, missing };
      void pulumi.log.warn(formatError("KMS4005", { values }), group);
    }
  });
}

/**
 * KMS clients: machines of one operating system and edition that the same KMS hosts activate, or Azure's own KMS.
 *
 * At preview it says which members the hosts' keys cannot serve. In the update it creates or takes over the machines,
 * installs the setup key of their edition, tells them where the KMS host is, and asks for their activation. Members
 * that the host counts too few machines for are `Pending`, not failed: the next update asks for them again.
 *
 * @example
 * new KMSClientGroup("web", {
 *   hosts: [host],
 *   os: OperatingSystem.WindowsServer2022,
 *   edition: "Datacenter",
 *   azureVmIds: web.map((vm) => vm.id),
 * });
 */
export class KMSClientGroup extends pulumi.ComponentResource<GroupChildren | undefined> {
  /** What was seen of each member, in the order of the arguments; of a scale set's instances in Azure's order. */
  readonly members: pulumi.Output<StoredMember[]>;
  /** Machines that a KMS host must still hear from before pending members are activated; 0 when none is pending. */
  readonly machinesMissing: pulumi.Output<number>;

  /** How many members there are by status, for example `{ Licensed: 8, Pending: 2 }`. */
  readonly memberCounts: pulumi.Output<MemberCounts>;

  constructor(name: string, args: KMSClientGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-windows-kms:index:KMSClientGroup", name, withSecrets(args), opts);
    const parts = this.getData();
    const part = <Key extends keyof GroupChildren>(key: Key) => laterOutput(parts, key);
    this.members = part("members");
    this.machinesMissing = part("machinesMissing");
    this.memberCounts = this.members.apply(memberCounts);
  }

  protected override async initialize(
    args: KMSClientGroupArgs,
    opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<GroupChildren | undefined> {
    const finished = pulumi.runtime.rpcKeepAlive();
    try {
      const known = await knownPart(args);
      const shape = [...argumentDiagnostics(kmsClientGroupArgs, known), ...hostTypeDiagnostics(args)];
      if (shape.length > 0) {
        logDiagnostics(shape, this);
        return undefined;
      }
      const diagnostics = settle(
        [
          ...componentOptionDiagnostics(opts, "KMSClientGroup"),
          ...(await reviewed(name, args, known)),
          // Last, for it waits: all resources of the program must have joined it before.
          ...(args.ssh === undefined ? await signInDiagnostics(this) : []),
        ],
        known.values,
      );
      if (logDiagnostics(diagnostics, this) || (await hostFactsOf(args)).includes(undefined)) {
        return undefined;
      }
      const parts = createGroupChildren(name, args, this);
      warnOfPending(name, parts, this);
      // The members are in the state of their activation already; thousands of them are not stored twice.
      this.registerOutputs({
        machinesMissing: parts.machinesMissing,
        memberCounts: parts.members.apply(memberCounts),
      });
      return parts;
    } finally {
      finished();
    }
  }
}

/** Undefined for a host that has errors. */
const hostFactsOf = ({ hosts = [] }: KMSClientGroupArgs) => Promise.all(hosts.map(factsOfHost));

/** A program in JavaScript may name anything as its host. */
function hostTypeDiagnostics({ hosts }: KMSClientGroupArgs): Diagnostic[] {
  return (Array.isArray(hosts) ? hosts : []).flatMap((host, place) =>
    KMSHost.isInstance(host)
      ? []
      : [
          diagnostic("KMS1003", "error", `hosts[${place}]`, {
            given: "what is no KMSHost",
            allowed: "a KMSHost",
          }),
        ],
  );
}

/** Joins the program, waits for its hosts and for what is declared beside it, and applies the rules. */
async function reviewed(name: string, args: KMSClientGroupArgs, known: KnownPart): Promise<Diagnostic[]> {
  const program = runningProgram();
  const facts = groupFacts(name, args, known);
  program.addGroup(facts);
  await hostFactsOf(args);
  await programDeclared();
  const { vms, scaleSet } = known.values as { vms?: { core?: boolean }; scaleSet?: { core?: boolean } };
  const created = vms ?? scaleSet;
  return [
    ...machineSourceDiagnostics(known.values, known.unknownPaths, [
      "vms",
      "azureVmIds",
      "ssh",
      "scaleSet",
      "scaleSetId",
    ]),
    ...groupDiagnostics(facts, program),
    ...(facts.azureKms === true ? cloudDiagnostics() : []),
    ...officeSourceDiagnostics(vms ? "vms" : scaleSet && "scaleSet", facts),
    ...(created === undefined || facts.office !== undefined
      ? []
      : imageDiagnostics({ ...facts, core: created.core })),
  ];
}

/** Azure's own KMS is another one in each cloud. */
function cloudDiagnostics(): Diagnostic[] {
  try {
    azureCloud(process.env);
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [errorDiagnostic(error)];
    }
    throw error;
  }
}

/** The engine stores a component's arguments, so what is secret among them is marked. */
function withSecrets(args: KMSClientGroupArgs): KMSClientGroupArgs {
  const vms = args.vms && { ...args.vms, adminPassword: pulumi.secret(args.vms.adminPassword) };
  const scaleSet = args.scaleSet && {
    ...args.scaleSet,
    adminPassword: pulumi.secret(args.scaleSet.adminPassword),
  };
  const ssh = Array.isArray(args.ssh) ? args.ssh.map(withSshSecrets) : args.ssh;
  return { ...args, ...(vms && { vms }), ...(ssh && { ssh }), ...(scaleSet && { scaleSet }) };
}
