import * as pulumi from "@pulumi/pulumi";
import { officeGroup } from "../catalog/key-groups";
import { laterOutput, logDiagnostics } from "../component/diagnostics";
import { knownPart, type KnownPart } from "../component/known-part";
import { withSshSecrets } from "../component/old-args";
import { ledgerDiagnostics, programDeclared, runningProgram } from "../component/program";
import { componentOptionDiagnostics } from "../component/resource-options";
import { signInDiagnostics } from "../component/sign-in";
import { argumentDiagnostics } from "../component/validate-args";
import type { HostFacts } from "../rules/facts";
import { machineSourceDiagnostics, sshHostDiagnostics } from "../rules/machines";
import { imageDiagnostics } from "../rules/operating-systems";
import type { ProgramIndex } from "../rules/program-index";
import { hostDiagnostics } from "../rules/validate";
import { settle, type Diagnostic } from "../rules/diagnostic";
import { dnsPublishingDiagnostics, dnsZoneDiagnostics } from "../rules/zones";
import { kmsHostArgs, kmsHostLookupArgs } from "../validators.generated";
import { createHostChildren, type HostChildren } from "./children";
import { hostFacts, lookupFacts, lookupReview } from "./facts";
import { lookupArgs, lookUpHost, lookupOf } from "./lookup";
import type { OfficeKeyState } from "./observed";
import { type KMSHostArgs, type KMSHostLookupArgs, withOfficeSecrets, withTsigSecrets } from "./old-args";

/**
 * What the rules know of each host. It holds the key, so it is no member of the host: whoever exports a resource, exports
 * all its members.
 */
const knownFacts = new WeakMap<KMSHost, Promise<HostFacts | undefined>>();
const validFacts = new WeakMap<KMSHost, HostFacts>();

/** What the rules know of a host, once it is; undefined for a host that has errors. */
export const factsOfHost = (host: KMSHost): Promise<HostFacts | undefined> =>
  knownFacts.get(host) ?? Promise.resolve(undefined);

const type = "pulumi-windows-kms:index:KMSHost";

/** Of a host that `KMSHost.get` gives: a type of its own, so that nobody takes it for one that the stack owns. */
const lookupType = "pulumi-windows-kms:index:KMSHostLookup";

/**
 * A KMS host: a Windows machine that activates KMS clients with one KMS host key.
 *
 * Everything that Microsoft's rules make wrong with it is said at preview. In the update it creates or takes over the
 * machine, installs and activates the key, sets port, intervals and priority, and publishes its SRV records.
 *
 * @example
 * new KMSHost("kms", {
 *   keyGroup: KeyGroup.WindowsServer2022,
 *   productKey: config.requireSecret("kmsHostKey"),
 *   os: OperatingSystem.WindowsServer2022,
 *   vm: { resourceGroupName, subnetId, adminPassword },
 *   clientPrefixes: ["10.20.0.0/16"],
 *   srvRecords: [{ privateZone: { resourceGroupName, zoneName: "corp.example" } }],
 * });
 */
export class KMSHost extends pulumi.ComponentResource<HostChildren | undefined> {
  /** Azure resource ID of the machine; "" for one over SSH. */
  readonly azureVmId: pulumi.Output<string>;
  /** SMBIOS UUID of the machine: what Microsoft's activation service knows it by; "" where it was not looked at. */
  readonly machineId: pulumi.Output<string>;
  /** DNS name of the host in the first zone it publishes in; its private address where it publishes in none. */
  readonly fqdn: pulumi.Output<string>;
  /** Last five characters of the installed KMS host key; "" where the machine was not looked at. */
  readonly partialProductKey: pulumi.Output<string>;
  /**
   * `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given, `NotObserved` for a
   * host that `KMSHost.get` knows by its name alone; else Windows' own status, for example `Notification`.
   */
  readonly licenseStatus: pulumi.Output<string>;
  /** What Microsoft's telephone line is told, with activation `offline`; "" otherwise. */
  readonly installationId: pulumi.Output<string>;
  /** Machines that asked in the last 30 days, 0 to 50, when the host was last looked at. */
  readonly currentCount: pulumi.Output<number>;
  /** When this resource activated the key, ISO 8601; "" for a machine that was activated before. */
  readonly activationTime: pulumi.Output<string>;
  /** What is known of the host keys of Office, in the order of the arguments. */
  readonly officeKeys: pulumi.Output<OfficeKeyState[]>;
  /** TCP port that the host listens on, 1 to 65535. */
  readonly port: pulumi.Output<number>;
  /** Product key group of the KMS host key, as the arguments name it. */
  readonly keyGroup: pulumi.Output<string>;
  /** Operating system of the machine, as the arguments name it. */
  readonly os: pulumi.Output<string>;
  /** DNS zones that hold an SRV record of the host, in the order of its arguments. */
  readonly zoneNames: pulumi.Output<string[]>;

  /** @internal All names that clients may find the host under. */
  readonly names: pulumi.Output<string[]>;
  /** @internal Logical name. */
  readonly name: string;
  /** @internal Office versions that it has a host key for. */
  readonly officeVersions: string[];

  /** Whether an object is a KMSHost, of this or another copy of the package. */
  static override isInstance(obj: unknown): obj is KMSHost {
    const found =
      pulumi.Resource.isInstance(obj) && (obj as unknown as { __pulumiType?: string }).__pulumiType;
    return found === type || found === lookupType;
  }

  /**
   * A KMS host that exists and that another program, or nobody's, manages: its client groups are activated by it, and
   * nothing on it is ever changed. With `azureVmId` or `ssh` the machine is looked at when the resource is created and in
   * each refresh.
   *
   * @throws KMS1004 no machine and no name is given; KMS3030 the machine is no KMS host; KMS3031 it listens on another port
   * @example
   * const infrastructure = new pulumi.StackReference("corp/infrastructure/prod");
   * const host = KMSHost.get("kms", {
   *   keyGroup: KeyGroup.WindowsServer2022,
   *   os: OperatingSystem.WindowsServer2022,
   *   azureVmId: infrastructure.requireOutput("kmsVmId"),
   *   zoneNames: infrastructure.requireOutput("kmsZoneNames"),
   * });
   */
  static get(name: string, args: KMSHostLookupArgs, opts?: pulumi.ComponentResourceOptions): KMSHost {
    return new KMSHost(name, lookupArgs(args) as KMSHostArgs, opts);
  }

  constructor(name: string, args: KMSHostArgs, opts?: pulumi.ComponentResourceOptions) {
    const lookup = lookupOf(args);
    super(lookup ? lookupType : type, name, lookup ?? withSecrets(args), opts);
    const parts = this.getData();
    const part = <Key extends keyof HostChildren>(key: Key) => laterOutput(parts, key);
    this.azureVmId = part("azureVmId");
    this.machineId = part("machineId");
    this.fqdn = part("fqdn");
    this.partialProductKey = part("partialProductKey");
    this.licenseStatus = part("licenseStatus");
    this.installationId = part("installationId");
    this.currentCount = part("currentCount");
    this.activationTime = part("activationTime");
    this.officeKeys = part("officeKeys");
    this.port = part("port");
    this.names = part("names");
    this.name = name;
    this.keyGroup = pulumi.output(args.keyGroup);
    this.os = pulumi.output(args.os);
    knownFacts.set(
      this,
      parts.then((all) => (all === undefined ? undefined : validFacts.get(this))),
    );
    this.officeVersions = officeVersionsOf(args);
    this.zoneNames = pulumi.output(zoneNamesOf(args));
  }

  protected override async initialize(
    args: KMSHostArgs,
    opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<HostChildren | undefined> {
    const finished = pulumi.runtime.rpcKeepAlive();
    try {
      const known = await knownPart(args);
      const lookup = lookupOf(args);
      const shape = argumentDiagnostics(lookup ? kmsHostLookupArgs : kmsHostArgs, known);
      if (shape.length > 0) {
        logDiagnostics(shape, this);
        return undefined;
      }
      const facts = lookup ? lookupFacts(name, known) : hostFacts(name, known);
      const diagnostics = [
        ...componentOptionDiagnostics(opts, "KMSHost"),
        ...(lookup ? await reviewedLookup(facts, known) : await reviewed(facts, known)),
        // Last, for it waits: all resources of the program must have joined it before.
        ...(usesAzure(args) ? await signInDiagnostics(this) : []),
      ];
      if (logDiagnostics(settle(diagnostics, known.values), this)) {
        return undefined;
      }
      validFacts.set(this, facts);
      const parts = lookup ? lookUpHost(name, lookup, this) : createHostChildren(name, args, this);
      const { names: _names, ...outputs } = parts;
      const { keyGroup, os } = args;
      this.registerOutputs({ ...outputs, keyGroup, os, zoneNames: zoneNamesOf(args) });
      return parts;
    } finally {
      finished();
    }
  }
}

/** Arguments of a program in JavaScript may have any shape; what is wrong is said in `initialize`. */
function zoneNamesOf(args: KMSHostArgs): pulumi.Input<pulumi.Input<string>[]> {
  const { srvRecords } = args;
  const own = Array.isArray(srvRecords) ? srvRecords : [];
  return (
    lookupOf(args)?.zoneNames ??
    own.map((record) => (record?.privateZone ?? record?.dnsUpdate)?.zoneName ?? "")
  );
}

function officeVersionsOf(args: KMSHostArgs): string[] {
  const { officeVersions } = lookupOf(args) ?? {};
  const { officeKeys } = args;
  return Array.isArray(officeVersions)
    ? officeVersions
    : (Array.isArray(officeKeys) ? officeKeys : []).map((key) => key?.office);
}

/** Whether the package itself asks Azure: for the machine, or for a zone. */
const usesAzure = ({ vm, azureVmId, srvRecords = [] }: KMSHostArgs) =>
  vm !== undefined ||
  azureVmId !== undefined ||
  srvRecords.some(({ privateZone }) => privateZone !== undefined);

/** Joins the program, waits for what is declared beside this host, and applies the rules. */
async function reviewed(facts: HostFacts, known: KnownPart): Promise<Diagnostic[]> {
  const program = runningProgram();
  program.addHost(facts);
  await programDeclared();
  const { vm, ledger = "" } = known.values as { vm?: { core?: boolean }; ledger?: string };
  return [
    ...machineSourceDiagnostics(known.values, known.unknownPaths, ["vm", "azureVmId", "ssh"]),
    ...sshHostDiagnostics(known.values, known.unknownPaths),
    ...dnsZoneDiagnostics(known.values, known.unknownPaths),
    ...dnsPublishingDiagnostics(known.values),
    ...hostDiagnostics(facts, program),
    ...(vm === undefined ? [] : imageDiagnostics({ ...facts, core: vm.core })),
    ...(await ledgerDiagnostics(facts, ledger, program)),
    ...(await officeLedgerDiagnostics(facts, ledger, program)),
  ];
}

/** Joins the program, so that the groups that name this host are checked against it. */
async function reviewedLookup(facts: HostFacts, known: KnownPart): Promise<Diagnostic[]> {
  const program = runningProgram();
  program.addHost(facts);
  await programDeclared();
  return lookupReview(facts, known, program);
}

async function officeLedgerDiagnostics(
  { name, officeKeys = [] }: HostFacts,
  ledger: string,
  program: ProgramIndex,
): Promise<Diagnostic[]> {
  const diagnostics = officeKeys.map(({ office, productKey }, place) => {
    const facts = { name, productKey, keyGroup: office && officeGroup(office)?.name };
    return ledgerDiagnostics(facts, ledger, program, `officeKeys[${place}].productKey`);
  });
  return (await Promise.all(diagnostics)).flat();
}

/** The engine stores a component's arguments, so what is secret among them is marked. */
function withSecrets(args: KMSHostArgs): KMSHostArgs {
  const vm = args.vm && { ...args.vm, adminPassword: pulumi.secret(args.vm.adminPassword) };
  const ssh = args.ssh && withSshSecrets(args.ssh);
  const { productKey, confirmationId, srvRecords, officeKeys } = args;
  return {
    ...args,
    productKey: pulumi.secret(productKey),
    ...(confirmationId !== undefined && { confirmationId: pulumi.secret(confirmationId) }),
    ...(vm && { vm }),
    ...(ssh && { ssh }),
    ...(Array.isArray(officeKeys) && { officeKeys: withOfficeSecrets(officeKeys) }),
    ...(Array.isArray(srvRecords) && { srvRecords: withTsigSecrets(srvRecords) }),
  };
}
