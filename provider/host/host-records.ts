import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/azure-vm-id";
import type { DnsUpdateZoneArgs } from "./dns-update-args";
import type { ZoneAddress } from "../dns/open-srv-zone";
import type { ResourceInputs } from "../dynamic/deep-input";
import type { HostActivation } from "../dynamic/host-activation";
import { type RecordPublisher, SrvRecord } from "../dynamic/srv-record";
import type { KMSHostSrvRecordArgs, PrivateZoneArgs } from "./kms-host-args";

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
