import * as pulumi from "@pulumi/pulumi";
import { type KnownPart, knownPart } from "./args/known-part";
import { argumentVerdicts } from "./args/validate-args";
import { officeGroup } from "./catalog/office";
import { withTsigSecrets } from "./dns-update-args";
import { hostFacts } from "./host-facts";
import type { OfficeKeyState } from "./host-office-keys";
import { type HostParts, createHostParts } from "./host-parts";
import { laterOutput, logVerdicts } from "./invalid-component";
import type { KMSHostArgs } from "./kms-host-args";
import { ledgerVerdicts } from "./ledger-verdicts";
import { withOfficeSecrets } from "./office-key-args";
import { programDeclared, runningProgram } from "./program";
import { dnsPublishingVerdicts } from "./rules/dns-publishing";
import { dnsZoneVerdicts } from "./rules/dns-zone";
import type { HostFacts } from "./rules/facts";
import { hostVerdicts } from "./rules/host-verdicts";
import { imageVerdicts } from "./rules/marketplace-image";
import { machineSourceVerdicts } from "./rules/machine-source";
import type { ProgramIndex } from "./rules/program-index";
import { settle } from "./rules/settle";
import { sshHostVerdicts } from "./rules/ssh-host";
import type { Verdict } from "./rules/verdict";
import { withSshSecrets } from "./ssh-args";
import { kmsHostArgs } from "./validators.generated";

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
export class KMSHost extends pulumi.ComponentResource<HostParts | undefined> {
  /** Azure resource ID of the machine. */
  readonly azureVmId: pulumi.Output<string>;
  /** SMBIOS UUID of the machine: what Microsoft's activation service knows it by. */
  readonly machineId: pulumi.Output<string>;
  /** DNS name of the host in the first zone it publishes in; its private address where it publishes in none. */
  readonly fqdn: pulumi.Output<string>;
  /** Last five characters of the installed KMS host key. */
  readonly partialProductKey: pulumi.Output<string>;
  /** `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given. */
  readonly licenseStatus: pulumi.Output<string>;
  /** What Microsoft's telephone line is told, with activation `offline`; "" otherwise. */
  readonly installationId: pulumi.Output<string>;
  /** Machines that asked in the last 30 days, 0 to 50, when the host was last looked at. */
  readonly currentCount: pulumi.Output<number>;
  /** When the key was activated, ISO 8601; "" for a machine that was activated before. */
  readonly activationTime: pulumi.Output<string>;
  /** What is known of the host keys of Office, in the order of the arguments. */
  readonly officeKeys: pulumi.Output<OfficeKeyState[]>;
  /** TCP port that the host listens on. */
  readonly port: pulumi.Output<number>;

  /** @internal All names that clients may find the host under. */
  readonly names: pulumi.Output<string[]>;
  /** @internal Logical name. */
  readonly name: string;
  /** @internal */
  readonly keyGroup: pulumi.Output<string>;
  /** @internal */
  readonly os: pulumi.Output<string>;
  /** @internal Office versions that it has a host key for. */
  readonly officeVersions: string[];
  /** @internal Zones that the host publishes in, in the order of its arguments. */
  readonly zoneNames: pulumi.Input<string>[];

  /** Whether an object is a KMSHost, of this or another copy of the package. */
  static override isInstance(obj: unknown): obj is KMSHost {
    return (
      pulumi.Resource.isInstance(obj) && (obj as unknown as { __pulumiType?: string }).__pulumiType === type
    );
  }

  constructor(name: string, args: KMSHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, withSecrets(args), opts);
    const parts = this.getData();
    const part = <Key extends keyof HostParts>(key: Key) => laterOutput(parts, key);
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
    this.officeVersions = Array.isArray(args.officeKeys) ? args.officeKeys.map((key) => key?.office) : [];
    this.zoneNames = zoneNamesOf(args);
  }

  protected override async initialize(
    args: KMSHostArgs,
    _opts: pulumi.ComponentResourceOptions,
    name: string,
  ): Promise<HostParts | undefined> {
    const finished = pulumi.runtime.rpcKeepAlive();
    try {
      const known = await knownPart(args);
      const shape = argumentVerdicts(kmsHostArgs, known);
      if (shape.length > 0) {
        logVerdicts(shape, this);
        return undefined;
      }
      const facts = hostFacts(name, known);
      if (logVerdicts(await reviewed(facts, known), this)) {
        return undefined;
      }
      validFacts.set(this, facts);
      const parts = createHostParts(name, args, this);
      const { names: _names, ...outputs } = parts;
      this.registerOutputs(outputs);
      return parts;
    } finally {
      finished();
    }
  }
}

/** Arguments of a program in JavaScript may have any shape; what is wrong is said in `initialize`. */
const zoneNamesOf = ({ srvRecords }: KMSHostArgs) =>
  Array.isArray(srvRecords)
    ? srvRecords.map((record) => (record?.privateZone ?? record?.dnsUpdate)?.zoneName ?? "")
    : [];

/** Joins the program, waits for what is declared beside this host, and applies the rules. */
async function reviewed(facts: HostFacts, known: KnownPart): Promise<Verdict[]> {
  const program = runningProgram();
  program.addHost(facts);
  await programDeclared();
  const { vm, ledger = "" } = known.values as { vm?: { core?: boolean }; ledger?: string };
  const verdicts = [
    ...machineSourceVerdicts(known.values, known.unknownPaths, ["vm", "azureVmId", "ssh"]),
    ...sshHostVerdicts(known.values, known.unknownPaths),
    ...dnsZoneVerdicts(known.values, known.unknownPaths),
    ...dnsPublishingVerdicts(known.values),
    ...hostVerdicts(facts, program),
    ...(vm === undefined ? [] : imageVerdicts({ ...facts, core: vm.core })),
    ...(await ledgerVerdicts(facts, ledger, program)),
    ...(await officeLedgerVerdicts(facts, ledger, program)),
  ];
  return settle(verdicts, known.values);
}

async function officeLedgerVerdicts(
  { name, officeKeys = [] }: HostFacts,
  ledger: string,
  program: ProgramIndex,
): Promise<Verdict[]> {
  const verdicts = officeKeys.map(({ office, productKey }, place) => {
    const facts = { name, productKey, keyGroup: office && officeGroup(office)?.name };
    return ledgerVerdicts(facts, ledger, program, `officeKeys[${place}].productKey`);
  });
  return (await Promise.all(verdicts)).flat();
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
