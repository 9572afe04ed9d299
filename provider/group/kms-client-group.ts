import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/cloud";
import { kmsClientGroupTree } from "../component/argument-tree.generated";
import { checkArguments, registeredInputs } from "../component/checked-arguments";
import { invalidOutput, logOn, whileAlive } from "../component/diagnostics";
import { addMemberMachines } from "../component/host-machines";
import { attachedFacts } from "../component/program";
import { componentOptions } from "../component/resource-options";
import { type ComponentToReview, declaredFacts, reviewComponent, strictStack } from "../component/review";
import { kmsClientGroupArgs } from "../component/validators.generated";
import { KmsError } from "../errors/kms-error";
import type { KMSHost } from "../host/kms-host";
import type { KMSClientGroupValues } from "../rules/args.generated";
import { type Diagnostic, errorDiagnostic } from "../rules/diagnostic";
import { learnOfGroup } from "../rules/declared-machines";
import { type GroupFacts, hasAzureMembers } from "../rules/facts";
import { reviewGroup } from "../rules/rules";
import { type DeclaredGroup, groupFindings, type ServingHost } from "./activation";
import { asksAzure, learnInstances } from "./adopted-scale-set";
import type { KMSClientGroupArgs } from "./args";
import { createGroupChildren, type GroupChildren } from "./children";
import { awayInWords, directoryActivatedInWords, pendingInWords } from "./failures";
import type { KMSClientGroupInputs } from "./inputs.generated";
import { type MemberCounts, memberCounts } from "./member";
import type { MemberState } from "./state";

/** A client group whose arguments were reviewed. */
interface ReviewedGroup {
  /** Undefined for a group that has errors: none of its children is declared. */
  children?: GroupChildren;
  diagnostics: Promise<Diagnostic[]>;
}

const type = "windows-kms:index:KMSClientGroup";

/**
 * KMS clients that the same KMS hosts activate, or Azure's own KMS.
 *
 * Members that the hosts' keys cannot serve are reported at preview. An update creates the machines or takes them over,
 * installs the setup key of their edition, sets where they find their KMS host, and asks for their activation. Members
 * that the host counts too few machines for are `Pending`, not failed: the next update asks for them again.
 *
 * @example
 * new KMSClientGroup("web", {
 *   hosts: [host],
 *   os: OperatingSystem.WindowsServer2022,
 *   edition: Edition.Datacenter,
 *   machines: { azureVmIds: web.map((vm) => vm.id) },
 * });
 */
export class KMSClientGroup extends pulumi.ComponentResource<ReviewedGroup> {
  /**
   * What is known of each member: created machines first, then those of `azureVmIds` and `ssh` in the order of the
   * arguments; instances of a scale set in Azure's order.
   */
  readonly members: pulumi.Output<MemberState[]>;
  /** Machines that a KMS host must still count before pending members are activated; 0 when none is pending. */
  readonly machinesMissing: pulumi.Output<number>;
  /** How many members there are by status, for example `{ Licensed: 8, Pending: 2 }`. */
  readonly memberCounts: pulumi.Output<MemberCounts>;
  /**
   * Azure resource IDs of the members that are virtual machines. Known before the members are activated, except for the
   * instances of a scale set.
   */
  readonly azureVmIds: pulumi.Output<string[]>;
  /** What was reported about the group at preview and in the update, after `strict` and `acknowledge`. */
  readonly diagnostics: pulumi.Output<Diagnostic[]>;

  constructor(name: string, args: KMSClientGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkArguments<KMSClientGroupInputs, KMSClientGroupValues>(
      args,
      kmsClientGroupTree,
      kmsClientGroupArgs,
    );
    super(
      type,
      name,
      registeredInputs(checked, kmsClientGroupTree),
      componentOptions(opts, "KMSClientGroup"),
    );
    const reviewed = this.getData();
    const output = <Key extends keyof GroupChildren>(key: Key) =>
      pulumi.output(
        reviewed.then(({ children }) => (children === undefined ? invalidOutput() : children[key])),
      ) as unknown as GroupChildren[Key];
    this.members = output("members");
    this.machinesMissing = output("machinesMissing");
    this.memberCounts = this.members.apply(memberCounts);
    this.azureVmIds = output("azureVmIds");
    this.diagnostics = pulumi.output(reviewed.then(({ diagnostics }) => diagnostics));
  }

  protected override initialize(
    inputs: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<ReviewedGroup> {
    return whileAlive(async () => {
      const review = groupToReview(name, inputs, opts);
      const { checked, diagnostics, reported, valid } = await reviewComponent(this, review);
      if (!valid) {
        this.registerOutputs({ diagnostics });
        return { diagnostics };
      }
      const { values, isSecret } = checked;
      const hosts = await servingHosts(checked.resources);
      const strict = values.strict ?? strictStack();
      const findings = groupFindings(reported, hosts);
      const group = { name, inputs: checked.inputs, values, hosts, isSecret, strict, findings };
      const children = await createGroupChildren(group, this);
      warnOfUnfinished(group, children, this);
      if (values.office === undefined && checked.inputs.machines.azureVmIds !== undefined) {
        addMemberMachines(this, children.azureVmIds, values.hosts ?? []);
      }
      // The state of the activation has the members already; thousands of them are not stored twice.
      this.registerOutputs({
        machinesMissing: children.machinesMissing,
        memberCounts: children.members.apply(memberCounts),
        diagnostics,
      });
      return { children, diagnostics };
    });
  }
}

/** What the review of a group looks at. */
const groupToReview = (
  name: string,
  inputs: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
): ComponentToReview<KMSClientGroupInputs, KMSClientGroupValues, GroupFacts> => ({
  kind: "KMSClientGroup",
  opts,
  inputs,
  facts: declaredFacts(name),
  join: (program, group, order) => program.addGroup(group, order),
  before: async (group) => {
    if (asksAzure()) {
      await learnInstances(group);
    }
  },
  rules: (group, program, reach) => {
    learnOfGroup(group, program);
    return [...reviewGroup(group, program, reach), ...(reach === "own" ? cloudDiagnostics(group) : [])];
  },
  usesAzure: hasAzureMembers,
  subnets: ({ args: { machines } }) => [
    { path: "machines.create.subnetId", subnetId: machines?.create?.subnetId },
    { path: "machines.scaleSet.subnetId", subnetId: machines?.scaleSet?.subnetId },
  ],
});

/** The KMS hosts of a valid group with what the rules know of them. */
const servingHosts = (resources: ReadonlyMap<string, pulumi.Resource>): Promise<ServingHost[]> =>
  Promise.all(
    [...resources.values()].map(async (host) => ({
      host: host as KMSHost,
      facts: (await attachedFacts(host))!,
    })),
  );

/** Each Azure cloud has a KMS of its own. */
function cloudDiagnostics({ args }: GroupFacts): Diagnostic[] {
  try {
    if (args.azureKms === true) {
      azureCloud(process.env);
    }
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [errorDiagnostic(error)];
    }
    throw error;
  }
}

/** After an update, warns on the group of members that wait for their KMS host's count, and of those that did not answer. */
function warnOfUnfinished(
  { name, findings }: Pick<DeclaredGroup, "name" | "findings">,
  { members, machinesMissing }: Pick<GroupChildren, "members" | "machinesMissing">,
  group: pulumi.Resource,
): void {
  if (pulumi.runtime.isDryRun()) {
    return;
  }
  const warn = (text: string) => void logOn(group, "warning", text);
  pulumi.all([members, machinesMissing, pulumi.output(findings)]).apply(([all, missing, known]) => {
    const { Pending: pending = 0 } = memberCounts(all);
    if (pending > 0) {
      warn(pendingInWords(name, all, missing, known));
    }
    const byDirectory = all.filter(({ activatedBy }) => activatedBy !== undefined);
    if (byDirectory.length > 0) {
      warn(directoryActivatedInWords(all.length, byDirectory));
    }
    awayInWords(all).forEach(warn);
  });
}
