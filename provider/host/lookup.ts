import * as pulumi from "@pulumi/pulumi";
import { isIP } from "node:net";
import { officeNameOf } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { withSshSecrets } from "../component/old-args";
import type { HostChildren } from "./children";
import { HostLookup } from "./lookup-state";
import type { OfficeKeyState } from "./observed";
import type { KMSHostLookupArgs } from "./old-args";
import { addressOf, fullNameOf } from "./windows-machine";

/** License status of a host that is known by its name alone. */
export const notObserved = "NotObserved";

/** Arguments that `KMSHost.get` was called with; the constructor tells them apart from those of a host to create. */
const lookups = new WeakMap<object, KMSHostLookupArgs>();

/** A copy of the arguments that `lookupOf` knows, its secrets marked, for the engine stores them. */
export function lookupArgs(args: KMSHostLookupArgs): KMSHostLookupArgs {
  const copy = { ...args, ...(args.ssh && { ssh: withSshSecrets(args.ssh) }) };
  lookups.set(copy, copy);
  return copy;
}

/** The arguments of a host that is only looked up; undefined for one to create. */
export const lookupOf = (args: object): KMSHostLookupArgs | undefined => lookups.get(args);

/** Declares what looks at an existing host; nothing that changes it. */
export function lookUpHost(name: string, args: KMSHostLookupArgs, parent: pulumi.Resource): HostChildren {
  const zoneNames = pulumi.output(args.zoneNames ?? []);
  return args.azureVmId === undefined && args.ssh === undefined
    ? namedHost(args, zoneNames)
    : observedHost(name, args, zoneNames, parent);
}

function namedHost(args: KMSHostLookupArgs, zoneNames: pulumi.Output<string[]>): HostChildren {
  const fqdn = pulumi.output(args.fqdn!);
  const computerName = fqdn.apply((name) => (isIP(name) === 0 ? name.split(".")[0] : ""));
  return {
    azureVmId: pulumi.output(""),
    machineId: pulumi.output(""),
    fqdn,
    names: namesOf(fqdn, computerName, zoneNames),
    partialProductKey: pulumi.output(""),
    licenseStatus: pulumi.output(notObserved),
    currentCount: pulumi.output(0),
    officeKeys: pulumi.output((args.officeVersions ?? []).map(namedOfficeKey)),
    ...activatedElsewhere(),
    port: pulumi.output(args.port ?? limits.kmsPort),
  };
}

const namedOfficeKey = (version: string): OfficeKeyState => ({
  office: officeNameOf(version),
  partialProductKey: "",
  licenseStatus: notObserved,
  installationId: "",
  currentCount: 0,
});

function observedHost(
  name: string,
  args: KMSHostLookupArgs,
  zoneNames: pulumi.Output<string[]>,
  parent: pulumi.Resource,
): HostChildren {
  const { ssh, keyGroup, os } = args;
  const azureVmId = pulumi.output(args.azureVmId ?? "");
  const officeVersions = (args.officeVersions ?? []).map(officeNameOf);
  const inputs = {
    name,
    azureVmId,
    ...(ssh && { ssh }),
    keyGroup,
    os,
    declaredPort: args.port ?? 0,
    officeVersions,
  };
  const seen = new HostLookup(`${name}-lookup`, inputs, { parent });
  const { machineId, computerName, partialProductKey, licenseStatus, currentCount, officeKeys, port } = seen;
  const ownName = () => (ssh === undefined ? addressOf(azureVmId, parent) : fullNameOf(seen, ssh));
  const inFirstZone = pulumi
    .all([zoneNames, computerName])
    .apply(([[zone], computer]) => (zone === undefined ? ownName() : pulumi.output(`${computer}.${zone}`)));
  const fqdn = args.fqdn === undefined ? inFirstZone : pulumi.output(args.fqdn);
  return {
    azureVmId,
    machineId,
    fqdn,
    names: namesOf(fqdn, computerName, zoneNames),
    partialProductKey,
    licenseStatus,
    currentCount,
    officeKeys,
    ...activatedElsewhere(),
    port,
  };
}

/** Outputs that only a host which this program activates has. */
const activatedElsewhere = () => ({
  installationId: pulumi.output(""),
  activationTime: pulumi.output(""),
});

/** All names that clients may report the host by: the one that they are told, and one for each zone. */
const namesOf = (
  fqdn: pulumi.Output<string>,
  computerName: pulumi.Output<string>,
  zoneNames: pulumi.Output<string[]>,
) =>
  pulumi
    .all([fqdn, computerName, zoneNames])
    .apply(([own, computer, zones]) => [
      ...new Set([own, ...(computer === "" ? [] : zones.map((zone) => `${computer}.${zone}`))]),
    ]);
