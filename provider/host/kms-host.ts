import * as pulumi from "@pulumi/pulumi";
import { kmsHostTree } from "../component/argument-tree.generated";
import { checkArguments, registeredInputs } from "../component/checked-arguments";
import { invalidOutput, whileAlive } from "../component/diagnostics";
import { addHostMachine } from "../component/host-machines";
import { attachFacts } from "../component/program";
import { componentOptions } from "../component/resource-options";
import { type ComponentToReview, declaredFacts, reviewComponent } from "../component/review";
import { warnOfSeparateRules } from "./security-group-rules";
import { kmsHostArgs } from "../component/validators.generated";
import { resourceType } from "../engine/sdk-internals";
import type { KMSHostValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import { learnOfHost } from "../rules/declared-machines";
import {
  hasWindowsHostKey,
  type HostFacts,
  hostKeysOf,
  isAzureHost,
  isCreated,
  isGiven,
  isReadOnly,
} from "../rules/facts";
import { reviewHost } from "../rules/rules";
import type { KMSHostArgs } from "./args";
import { createHostChildren, type HostChildren } from "./children";
import { type ReadZone, readsZones, readZones, zoneDiagnostics } from "./foreign-records";
import type { KMSHostInputs } from "./inputs.generated";
import type { KMSHostOfficeState } from "./state";

/** A KMS host whose arguments were reviewed. */
interface ReviewedHost {
  /** Undefined for a host that has errors. */
  facts?: HostFacts;
  /** Undefined for a host that has errors: none of its children is declared. */
  children?: HostChildren;
  diagnostics: Promise<Diagnostic[]>;
}

const type = "windows-kms:index:KMSHost";

/**
 * A KMS host: a Windows machine that activates KMS clients.
 *
 * Violations of Microsoft's licensing rules are reported at preview. An update creates the machine or takes one over,
 * installs and activates the KMS host keys, applies port, intervals and priority, and publishes the host in its zones. A
 * `readOnly` host is looked at and never changed.
 *
 * @example
 * new KMSHost("kms", {
 *   key: { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") },
 *   os: OperatingSystem.WindowsServer2022,
 *   machine: { create: { resourceGroupName, subnetId, adminPassword } },
 *   clientPrefixes: ["10.20.0.0/16"],
 *   zones: [{ zoneName: "corp.example", azurePrivateZoneId: zone.id }],
 * });
 */
export class KMSHost extends pulumi.ComponentResource<ReviewedHost> {
  /** Azure resource ID of the machine; undefined for a machine outside Azure, and for a host known by `fqdn` alone. */
  readonly azureVmId: pulumi.Output<string | undefined>;
  /** SMBIOS UUID of the machine, by which Microsoft's activation service recognises it. */
  readonly machineId: pulumi.Output<string | undefined>;
  /**
   * Name that clients reach the host under: `machine.fqdn`, else its name in the first of `zones`, else its private address,
   * for a machine over SSH its name in its domain.
   */
  readonly fqdn: pulumi.Output<string>;
  /**
   * Last five characters of the installed KMS host key. This output and the next four are about the key of Windows, for a
   * host with keys of Office alone about the first of them.
   */
  readonly partialProductKey: pulumi.Output<string | undefined>;
  /**
   * `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given,
   * `NotObserved` for a `readOnly` host known by `fqdn` alone; else Windows' own status, for example `Notification`.
   */
  readonly licenseStatus: pulumi.Output<string>;
  /** Installation ID for Microsoft's telephone activation, with activation `offline`. */
  readonly installationId: pulumi.Output<string | undefined>;
  /** Machines that asked in the last 30 days, 0 to 50, when the host was last looked at. */
  readonly currentCount: pulumi.Output<number | undefined>;
  /** When this resource activated the key, ISO 8601; undefined where the machine was activated before. */
  readonly activatedAt: pulumi.Output<string | undefined>;
  /** What is known of the host keys of Office, in the order of `officeKeys`. */
  readonly officeStates: pulumi.Output<KMSHostOfficeState[]>;
  /** TCP port that the host listens on, 1 to 65535. */
  readonly port: pulumi.Output<number>;
  /** Product key group of the KMS host key of Windows, as the arguments name it. */
  readonly keyGroup: pulumi.Output<string | undefined>;
  /** Operating system of the machine: as declared, else as found on it. */
  readonly os: pulumi.Output<string | undefined>;
  /** Edition of the operating system: as declared, else as found on the machine. */
  readonly edition: pulumi.Output<string | undefined>;
  /** DNS zones in which clients find the host, in the order of `zones`. */
  readonly zoneNames: pulumi.Output<string[]>;
  /** Azure resource ID of the network security group of a created machine. */
  readonly networkSecurityGroupId: pulumi.Output<string | undefined>;
  /** Azure resource ID of the network interface of a created machine. */
  readonly networkInterfaceId: pulumi.Output<string | undefined>;
  /** Private address of a created machine; of an existing Azure machine where its name or a record is made from it. */
  readonly privateIpAddress: pulumi.Output<string | undefined>;
  /**
   * What was reported about the host, after `strict` and `acknowledge`: by its review, and by its last update and refresh
   * about its key and its machine (KMS4020, KMS6030 to KMS6034). What a preview alone finds out there, KMS6035 to KMS6037,
   * and information about keys and zones (KMS6020), is printed and not here.
   */
  readonly diagnostics: pulumi.Output<Diagnostic[]>;

  /** @internal All names that clients may report the host by. */
  readonly names: pulumi.Output<string[]>;
  /** @internal Logical name. */
  readonly name: string;

  /** Whether an object is a KMSHost, of this or another copy of the package. */
  static override isInstance(obj: unknown): obj is KMSHost {
    return pulumi.Resource.isInstance(obj) && resourceType(obj) === type;
  }

  constructor(name: string, args: KMSHostArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkArguments<KMSHostInputs, KMSHostValues>(args, kmsHostTree, kmsHostArgs);
    super(type, name, registeredInputs(checked, kmsHostTree), componentOptions(opts, "KMSHost"));
    const reviewed = this.getData();
    const output = <Key extends keyof HostChildren>(key: Key) =>
      pulumi.output(
        reviewed.then(({ children }) => (children === undefined ? invalidOutput() : children[key])),
      ) as unknown as HostChildren[Key];
    this.azureVmId = output("azureVmId");
    this.machineId = output("machineId");
    this.fqdn = output("fqdn");
    this.partialProductKey = output("partialProductKey");
    this.licenseStatus = output("licenseStatus");
    this.installationId = output("installationId");
    this.currentCount = output("currentCount");
    this.activatedAt = output("activatedAt");
    this.officeStates = output("officeStates");
    this.port = output("port");
    this.keyGroup = output("keyGroup");
    this.os = output("os");
    this.edition = output("edition");
    this.zoneNames = output("zoneNames");
    this.networkSecurityGroupId = output("networkSecurityGroupId");
    this.networkInterfaceId = output("networkInterfaceId");
    this.privateIpAddress = output("privateIpAddress");
    this.names = output("names");
    this.name = name;
    this.diagnostics = pulumi.output(reviewed.then(allDiagnostics));
    attachFacts(
      this,
      reviewed.then(({ facts }) => facts),
    );
  }

  protected override initialize(
    inputs: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<ReviewedHost> {
    return whileAlive(async () => {
      const review = hostToReview(name, inputs, opts);
      const { checked, facts, diagnostics, reported, valid } = await reviewComponent(this, review);
      if (!valid || facts === undefined) {
        this.registerOutputs({ diagnostics });
        return { diagnostics };
      }
      facts.reported = reported;
      const children = createHostChildren(name, checked, reported, this);
      if (isCreated(facts) && hasWindowsHostKey(facts)) {
        addHostMachine(name, children.azureVmId);
      }
      if (isCreated(facts)) {
        warnOfSeparateRules(name, children.networkSecurityGroupId, checked.values.acknowledge, this);
      }
      const { names: _names, ...outputs } = children;
      this.registerOutputs({ ...outputs, diagnostics: allDiagnostics({ children, diagnostics }) });
      return { facts, children, diagnostics };
    });
  }
}

/** What the review of a host looks at. */
function hostToReview(
  name: string,
  inputs: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
): ComponentToReview<KMSHostInputs, KMSHostValues, HostFacts> {
  let zones: ReadZone[] = [];
  return {
    kind: "KMSHost",
    opts,
    inputs,
    facts: declaredFacts(name),
    join: (program, host, order) => program.addHost(host, order),
    before: async (host) => {
      zones = readsZones() ? await readZones(host) : [];
    },
    rules: (host, program, reach) => {
      learnOfHost(host, program);
      const found = reach === "program" ? zoneDiagnostics(zones, program) : [];
      return [...found, ...reviewHost(host, program, reach)];
    },
    keys: hostKeysOf,
    usesAzure,
    subnets: ({ args: { machine } }) => [
      { path: "machine.create.subnetId", subnetId: machine?.create?.subnetId },
    ],
    leavesTraces: (host) => !isReadOnly(host),
  };
}

/** What was reported about a host by its own review and by what the handlers of its children found. */
const allDiagnostics = ({ children, diagnostics }: ReviewedHost): pulumi.Output<Diagnostic[]> =>
  pulumi
    .all([diagnostics, pulumi.output(children?.diagnostics ?? [])])
    .apply(([reviewed, found]) => [...reviewed, ...found]);

/** Whether the package itself signs in to Azure for the host: for its machine, or for one of its zones. */
const usesAzure = (host: HostFacts) =>
  isAzureHost(host) ||
  (host.args.zones ?? []).some((_, index) => isGiven(host, `zones[${index}].azurePrivateZoneId`));
