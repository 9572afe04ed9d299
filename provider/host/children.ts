import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/resource-ids";
import { officeGroup, officeName } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { osFamily } from "../catalog/operating-systems";
import type { SshMachineArgs } from "../component/old-args";
import { organization } from "../component/program";
import type { ResourceInputs } from "../engine/inputs";
import { computerNameFrom } from "../rules/names";
import type { ZoneAddress } from "../srv/open-zone";
import { type RecordPublisher, SrvRecord } from "../srv/record";
import type { OfficeKeyState } from "./observed";
import type { DnsUpdateZoneArgs, KMSHostArgs, KMSHostSrvRecordArgs, PrivateZoneArgs } from "./old-args";
import type { HostActivationMode } from "./settings";
import { HostActivation, type HostActivationInputs } from "./state";
import { addressOf, createWindowsMachine, defaultEdition, fullNameOf } from "./windows-machine";

/**
 * One activation for each Office version, with the machine and settings of the Windows key's. They follow each other,
 * since a machine does one thing at a time.
 */
export function createOfficeKeys(
  name: string,
  args: KMSHostArgs,
  host: { activation: HostActivation; inputs: ResourceInputs<HostActivationInputs> },
  parent: pulumi.Resource,
): pulumi.Output<OfficeKeyState[]> {
  let before = host.activation;
  const states = (args.officeKeys ?? []).map((given) => {
    const group = officeGroup(given.office)!;
    before = new HostActivation(
      `${name}-${group.id}-activation`,
      {
        ...host.inputs,
        keyGroup: group.name,
        activationId: group.activationId!,
        productKey: given.productKey,
        activation: pulumi.output(given.activation ?? "online").apply((mode) => mode as HostActivationMode),
        confirmationId: pulumi.output(given.confirmationId ?? "").apply((id) => id.replace(/-/g, "")),
        activationsSpent: given.activationsSpent ?? null,
        hostLimitException: given.hostLimitException ?? null,
      },
      { parent, dependsOn: before },
    );
    const { partialProductKey, licenseStatus, installationId, currentCount } = before;
    const office = officeName(group);
    return pulumi
      .all([partialProductKey, licenseStatus, installationId, currentCount])
      .apply(([key, status, id, count]): OfficeKeyState => ({
        office,
        partialProductKey: key,
        licenseStatus: status,
        installationId: id,
        currentCount: count,
      }));
  });
  return pulumi.all(states);
}

/** What the records of a KMS host say of it. */
export interface RecordedHost {
  /** Logical name of the KMSHost. */
  name: string;
  /** "" for a machine over SSH. */
  azureVmId: pulumi.Output<string>;
  computerName: pulumi.Output<string>;
  /** Undefined for a machine whose network is not known here. */
  privateIpAddress?: () => pulumi.Output<string>;
  port: pulumi.Output<number>;
  publishedBy: pulumi.Output<RecordPublisher>;
  /** Must have been done before clients are invited. */
  activation: HostActivation;
}

/** Address and SRV record in one zone; gives the host's name there. The SRV record comes last: it invites clients. */
export function createRecords(
  host: RecordedHost,
  record: KMSHostSrvRecordArgs,
  index: number,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { name, computerName, port, publishedBy, activation } = host;
  const { privateZone, dnsUpdate, priority = 0, weight = 0, ttlSeconds = 3600 } = record;
  const suffix = index === 0 ? "" : `-${index + 1}`;
  const dependsOn: pulumi.Resource[] = [activation];
  if (privateZone !== undefined && host.privateIpAddress !== undefined && (record.addressRecord ?? true)) {
    const { resourceGroupName, zoneName } = privateZone;
    const address = new privatedns.PrivateRecordSet(
      `${name}-a${suffix}`,
      {
        resourceGroupName,
        privateZoneName: zoneName,
        recordType: "A",
        relativeRecordSetName: computerName,
        ttl: ttlSeconds,
        aRecords: [{ ipv4Address: host.privateIpAddress() }],
      },
      { parent },
    );
    dependsOn.push(address);
  }
  const zone = privateZone === undefined ? updateZone(dnsUpdate!) : azureZone(privateZone, host);
  const target = pulumi.output(
    record.target ?? pulumi.interpolate`${computerName}.${(privateZone ?? dnsUpdate!).zoneName}`,
  );
  new SrvRecord(
    `${name}-srv${suffix}`,
    {
      name,
      zone,
      computerName,
      priority,
      weight,
      port,
      target,
      ttlSeconds,
      publishedBy,
      ready: isReady(activation),
    },
    { parent, dependsOn },
  );
  return target;
}

/** A host that awaits its confirmation, or is not to be activated, serves nobody. */
const isReady = ({ licenseStatus }: HostActivation) => licenseStatus.apply((status) => status === "Licensed");
type ZoneInput = ResourceInputs<{ zone: ZoneAddress }>["zone"];

const azureZone = (
  { resourceGroupName, zoneName, subscriptionId }: PrivateZoneArgs,
  { azureVmId }: RecordedHost,
): ZoneInput => ({
  azurePrivateZone: {
    subscriptionId: subscriptionId ?? azureVmId.apply((id) => parseAzureVmId(id).subscriptionId),
    resourceGroupName,
    zoneName,
  },
});

const updateZone = ({ zoneName, servers, tsig }: DnsUpdateZoneArgs): ZoneInput => ({
  rfc2136: {
    zoneName,
    servers,
    ...(tsig && {
      keyName: tsig.keyName,
      keyAlgorithm: tsig.algorithm ?? "hmac-sha256",
      keySecret: tsig.secret,
    }),
  },
});

/**
 * Rules of a KMS host's network security group: its port for the client prefixes, and for nobody else.
 * Azure's default rules would let the whole virtual network in.
 */
export function kmsPortRules(
  clientPrefixes: pulumi.Input<pulumi.Input<string>[]>,
  port: pulumi.Input<number>,
) {
  const common = {
    direction: network.SecurityRuleDirection.Inbound,
    protocol: network.SecurityRuleProtocol.Tcp,
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: pulumi.output(port).apply(String),
  };
  const deny = {
    ...common,
    name: "deny-kms",
    priority: 210,
    access: network.SecurityRuleAccess.Deny,
    sourceAddressPrefix: "*",
    description: "KMS for nobody else",
  };
  return pulumi.output(clientPrefixes).apply((prefixes) =>
    prefixes.length === 0
      ? [deny]
      : [
          {
            ...common,
            name: "allow-kms",
            priority: 200,
            access: network.SecurityRuleAccess.Allow,
            sourceAddressPrefixes: prefixes,
            description: "KMS for the client prefixes",
          },
          deny,
        ],
  );
}

/** The outputs of a KMS host's children. */
export interface HostChildren {
  azureVmId: pulumi.Output<string>;
  machineId: pulumi.Output<string>;
  fqdn: pulumi.Output<string>;
  /** All names that clients may find the host under: one for each zone, else its private address or its own name. */
  names: pulumi.Output<string[]>;
  partialProductKey: pulumi.Output<string>;
  licenseStatus: pulumi.Output<string>;
  installationId: pulumi.Output<string>;
  currentCount: pulumi.Output<number>;
  activationTime: pulumi.Output<string>;
  /** One for each Office version of the arguments, in their order. */
  officeKeys: pulumi.Output<OfficeKeyState[]>;
  port: pulumi.Output<number>;
}

/** A machine that shall be a KMS host, created or taken over. */
interface HostMachine {
  /** "" for a machine over SSH. */
  azureVmId: pulumi.Output<string>;
  ssh?: SshMachineArgs;
  /** Undefined for a machine that is taken over: it tells its name itself. */
  computerName?: pulumi.Output<string>;
  /** Undefined for a machine over SSH, whose network is not known here. */
  privateIpAddress?: () => pulumi.Output<string>;
}

/** Declares the children of a KMS host: machine, activation, address and SRV records. */
export function createHostChildren(name: string, args: KMSHostArgs, parent: pulumi.Resource): HostChildren {
  const machine = args.vm === undefined ? existingMachine(args, parent) : createMachine(name, args, parent);
  const port = pulumi.output(args.port ?? limits.kmsPort);
  const inputs = activationInputs(name, args, machine, port);
  const activation = new HostActivation(`${name}-activation`, inputs, { parent });
  const officeKeys = createOfficeKeys(name, args, { activation, inputs }, parent);
  const computerName = machine.computerName ?? activation.computerName;
  const recorded = { ...machine, name, computerName, port, publishedBy: publisherOf(args), activation };
  const published = (args.srvRecords ?? []).map((record, index) =>
    createRecords(recorded, record, index, parent),
  );
  const own = machine.privateIpAddress?.() ?? fullNameOf(activation, args.ssh);
  const names = published.length > 0 ? published : [own];
  return {
    azureVmId: machine.azureVmId,
    machineId: activation.machineId,
    fqdn: names[0],
    names: pulumi.all(names),
    partialProductKey: activation.partialProductKey,
    licenseStatus: activation.licenseStatus,
    installationId: activation.installationId,
    currentCount: activation.currentCount,
    activationTime: activation.activationTime,
    officeKeys,
    port,
  };
}

function createMachine(name: string, args: KMSHostArgs, parent: pulumi.Resource): HostMachine {
  const vmArgs = args.vm!;
  const { resourceGroupName, location, tags } = vmArgs;
  const securityRules = kmsPortRules(args.clientPrefixes ?? [], args.port ?? limits.kmsPort);
  const nsg = new network.NetworkSecurityGroup(
    `${name}-nsg`,
    { resourceGroupName, location, tags, securityRules },
    { parent },
  );
  const edition = args.edition ?? pulumi.output(args.os).apply(defaultEdition);
  const spec = {
    computerName: args.computerName ?? computerNameFrom(name),
    computerNameIsDefault: args.computerName === undefined,
    os: args.os,
    edition,
    args: vmArgs,
    networkSecurityGroupId: nsg.id,
  };
  const { vm, computerName, privateIpAddress } = createWindowsMachine(name, spec, { parent });
  return { azureVmId: vm.id, computerName, privateIpAddress: () => privateIpAddress };
}

function existingMachine(args: KMSHostArgs, parent: pulumi.Resource): HostMachine {
  if (args.ssh !== undefined) {
    return { azureVmId: pulumi.output(""), ssh: args.ssh };
  }
  const azureVmId = pulumi.output(args.azureVmId!);
  return { azureVmId, privateIpAddress: () => addressOf(azureVmId, parent) };
}

const publisherOf = ({ dnsPublishing }: KMSHostArgs) =>
  pulumi.output(dnsPublishing ?? "package").apply((publisher) => publisher as RecordPublisher);

function activationInputs(
  name: string,
  args: KMSHostArgs,
  machine: HostMachine,
  port: pulumi.Output<number>,
): ResourceInputs<HostActivationInputs> {
  return {
    name,
    azureVmId: machine.azureVmId,
    ...(machine.ssh && { ssh: machine.ssh }),
    os: args.os,
    keyGroup: args.keyGroup,
    productKey: args.productKey,
    activation: pulumi.output(args.activation ?? "online").apply((mode) => mode as HostActivationMode),
    confirmationId: pulumi.output(args.confirmationId ?? "").apply((id) => id.replace(/-/g, "")),
    port,
    activationIntervalMinutes: args.activationIntervalMinutes ?? limits.activationIntervalMinutes,
    renewalIntervalMinutes: args.renewalIntervalMinutes ?? limits.renewalIntervalMinutes,
    lowPriority: args.lowPriority ?? false,
    dnsPublishing: publisherOf(args).apply(
      (publisher) => publisher === "host" || (args.srvRecords ?? []).length === 0,
    ),
    installRole: pulumi.output(args.os).apply((os) => osFamily(os) === "server"),
    firewallProfiles: args.firewallProfiles ?? ["Domain", "Private", "Public"],
    keepMachine: args.vm === undefined,
    ledger: args.ledger ?? "",
    stack: `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`,
    activationsSpent: args.activationsSpent ?? null,
    hostLimitException: args.hostLimitException ?? null,
    adopt: args.adopt ?? false,
    deadlineMinutes: args.deadlineMinutes ?? 60,
  };
}
