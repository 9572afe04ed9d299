import { cloudOfRegion, regionMeantBy } from "../../catalog/azure-regions";
import { findNamedImage, images } from "../../catalog/images";
import { findEdition } from "../../catalog/operating-systems";
import type { CreateMachineValues, CreateScaleSetValues } from "../args.generated";
import { alikeDiagnostics, type Diagnostic, diagnostic, type Fault, hintOf, shownValue } from "../diagnostic";
import { type GroupFacts, type HostFacts, hostEdition, isSecret } from "../facts";
import { adminPasswordRefusal, adminUsernameRefusal } from "./administrator";
import { holdsPath } from "../paths";
import {
  locationRefusal,
  networkResourceNameRefusal,
  resourceGroupNameRefusal,
  virtualMachineNameRefusal,
} from "./names";
import type { AzureRefusal } from "./refusal";
import { imageRefusal, mayBeArm, sizeRefusal } from "./sizes";

/** What machines are created from. */
interface Creation {
  path: string;
  create: CreateMachineValues;
  os: string | undefined;
  edition: string | undefined;
  /** Names of its longest children in the program, without what Pulumi appends. */
  children: { network?: string; compute?: string };
}

const hostCreations = (host: HostFacts): Creation[] => {
  const { machine, os } = host.args;
  return machine?.create === undefined
    ? []
    : [
        {
          path: "machine.create",
          create: machine.create,
          os: host.unknown.has("os") ? undefined : os,
          edition: hostEdition(host),
          children: { network: `${host.name}-nsg`, compute: `${host.name}-vm` },
        },
      ];
};

function groupCreations({ name, args, unknown }: GroupFacts): Creation[] {
  const { create, scaleSet } = args.machines ?? {};
  const system = {
    os: unknown.has("os") ? undefined : args.os,
    edition: unknown.has("edition") ? undefined : args.edition,
  };
  const last = `${name}-${create?.count ?? 1}`;
  const children = { network: `${last}-nic`, compute: `${last}-vm` };
  return [
    ...(create === undefined ? [] : [{ path: "machines.create", create, ...system, children }]),
    ...(scaleSet === undefined
      ? []
      : [
          {
            path: "machines.scaleSet",
            create: scaleSet,
            ...system,
            children: setName(name, scaleSet, unknown),
          },
        ]),
  ];
}

/** A scale set may have a name of its own. */
const setName = (name: string, set: CreateScaleSetValues, unknown: ReadonlySet<string>) =>
  set.name === undefined && !unknown.has("machines.scaleSet.name") ? { compute: `${name}-scale-set` } : {};

type Asker = HostFacts | GroupFacts;

/** What Azure refuses of the machine that a host is created on. */
export const hostCreationDiagnostics = (host: HostFacts): Diagnostic[] =>
  hostCreations(host).flatMap((creation) => creationDiagnostics(host, creation));

/** What Azure refuses of the machines that a group creates. */
export function groupCreationDiagnostics(group: GroupFacts): Diagnostic[] {
  const creations = groupCreations(group);
  return creations.flatMap((creation) => creationDiagnostics(group, creation));
}

const creationDiagnostics = (facts: Asker, creation: Creation): Diagnostic[] => [
  ...nameDiagnostics(creation),
  ...refusedValue(facts, creation, "resourceGroupName", "KMS2128", resourceGroupNameRefusal),
  ...refusedValue(facts, creation, "adminUsername", "KMS2131", adminUsernameRefusal),
  ...refusedValue(facts, creation, "adminPassword", "KMS2132", adminPasswordRefusal),
  ...locationDiagnostics(facts, creation),
  ...sizeDiagnostics(facts, creation),
  ...imageDiagnostics(creation, facts),
];

/** Of an image of the program, whether it can be started as the machine is, and is the system that is declared. */
function imageDiagnostics({ path, create: { image }, os, edition }: Creation, facts: Asker): Diagnostic[] {
  const { unknown } = facts;
  if (image === undefined) {
    return [];
  }
  const { id, publisher = "", sku = "", trustedLaunch = true } = image;
  const isOpen = holdsPath(unknown, `${path}.image.trustedLaunch`);
  const refusal = isOpen ? undefined : imageRefusal({ id, sku }, trustedLaunch);
  const place = `${path}.image.${id === undefined ? "sku" : "id"}`;
  const named = findNamedImage(publisher, sku);
  const declared = os === undefined || edition === undefined ? undefined : findEdition(os, edition);
  const isOther =
    named !== undefined &&
    declared !== undefined &&
    (named.os !== declared.os.name || named.edition !== declared.edition.name);
  // Images of Windows that Microsoft publishes have no plan. Source: learn.microsoft.com azure/virtual-machines/windows/cli-ps-findimage.
  const needsPlan = publisher !== "" && !/^microsoft/i.test(publisher);
  const by = shownValue(publisher, isSecret(facts, `${path}.image.publisher`));
  return [
    ...(refusal === undefined ? [] : [diagnostic("KMS2136", "error", place, { reason: refusal.reason })]),
    ...(needsPlan ? [diagnostic("KMS2148", "warning", `${path}.image.publisher`, { given: by })] : []),
    ...(isOther
      ? [
          diagnostic("KMS2138", "error", place, {
            given: `${named.os} ${named.edition}`,
            allowed: `${declared.os.name} ${declared.edition.name}`,
          }),
        ]
      : []),
  ];
}

function refusedValue(
  facts: Asker,
  { path, create }: Creation,
  member: "resourceGroupName" | "adminUsername" | "adminPassword",
  code: string,
  refusalOf: (value: string) => AzureRefusal | undefined,
): Diagnostic[] {
  const value = create[member];
  const refusal = value === undefined ? undefined : refusalOf(value);
  const place = `${path}.${member}`;
  return refusal === undefined
    ? []
    : [
        diagnostic(code, "error", place, {
          given: shownValue(value, isSecret(facts, place)),
          reason: refusal.reason,
        }),
      ];
}

function locationDiagnostics(facts: Asker, { path, create: { location } }: Creation): Diagnostic[] {
  if (location === undefined) {
    return [];
  }
  const place = `${path}.location`;
  const secret = isSecret(facts, place);
  const cloud = cloudOfRegion(location);
  if (cloud !== undefined) {
    const { azureCloud: own = "public" } = facts;
    return cloud === own
      ? []
      : [diagnostic("KMS2145", "warning", place, { given: shownValue(location, secret), cloud, own })];
  }
  const refusal = locationRefusal(location);
  const meant = secret ? undefined : regionMeantBy(location);
  const values = {
    given: shownValue(location, secret),
    reason: refusal?.reason ?? "",
    hint: hintOf(meant === undefined ? [] : [meant]),
  };
  return [
    refusal === undefined
      ? diagnostic("KMS2141", "warning", place, values)
      : diagnostic("KMS2126", "error", place, values),
  ];
}

function sizeDiagnostics(facts: Asker, { path, create, os, edition }: Creation): Diagnostic[] {
  const { size, osDiskType } = create;
  if (size === undefined) {
    return [];
  }
  const image = imageOf(os, edition, create.core === true);
  const own = create.image;
  const trustedLaunch = own === undefined ? image?.trustedLaunch === true : (own.trustedLaunch ?? true);
  // Every image of the catalogue is one of generation 2. Of the program's own it is known where it has Trusted Launch.
  const isSecond = own === undefined ? image !== undefined : trustedLaunch;
  const refusal = sizeRefusal({
    size,
    osDiskType,
    trustedLaunch,
    generation: isSecond ? 2 : 1,
    mayBeArm: own !== undefined && (own.sku === undefined || mayBeArm(own)),
  });
  if (refusal === undefined) {
    return [];
  }
  const allowed =
    refusal.rule === "sizePremium"
      ? 'a size with an s among its features, for example Standard_D2s_v5, or osDiskType "StandardSSD_LRS"'
      : "a size for x64 and Trusted Launch, for example Standard_B2as_v2 or Standard_D2s_v5";
  const place = `${path}.size`;
  const given = shownValue(size, isSecret(facts, place));
  return [diagnostic("KMS2125", "error", place, { given, reason: refusal.reason, allowed })];
}

function imageOf(os: string | undefined, edition: string | undefined, core: boolean) {
  const known = os === undefined || edition === undefined ? undefined : findEdition(os, edition);
  return images().find(
    (image) => image.os === known?.os.name && image.edition === known.edition.name && image.core === core,
  );
}

/** What Pulumi appends to the name of a resource in the program to make its name in Azure. */
const appended = "0".repeat(8);

/** Names in Azure are made from the name of the component. */
function nameDiagnostics({ children: { network, compute } }: Creation): Diagnostic[] {
  const refusal =
    (network === undefined ? undefined : networkResourceNameRefusal(`${network}${appended}`)) ??
    (compute === undefined ? undefined : virtualMachineNameRefusal(`${compute}${appended}`));
  const made = refusal?.rule === "virtualMachineName" ? compute : network;
  return refusal === undefined
    ? []
    : [diagnostic("KMS2127", "error", "", { made: `${made ?? ""}…`, reason: refusal.reason })];
}

/** Every Azure resource ID among the arguments, with its path. */
function idsOf(facts: Asker): { path: string; id: string }[] {
  const { machine, machines, zones, azureKmsRouteTableId } = facts.args as HostFacts["args"] &
    GroupFacts["args"];
  const ids: [string, string | undefined][] = [
    ["machine.azureVmId", machine?.azureVmId],
    ["machine.create.subnetId", machine?.create?.subnetId],
    ...(zones ?? []).map((zone, place): [string, string | undefined] => [
      `zones[${place}].azurePrivateZoneId`,
      zone.azurePrivateZoneId,
    ]),
    ["machines.create.subnetId", machines?.create?.subnetId],
    ["machines.scaleSet.subnetId", machines?.scaleSet?.subnetId],
    ["machines.scaleSetId", machines?.scaleSetId],
    ["azureKmsRouteTableId", azureKmsRouteTableId],
    ...(machines?.azureVmIds ?? []).map((id, place): [string, string | undefined] => [
      `machines.azureVmIds[${place}]`,
      id,
    ]),
  ];
  return ids.flatMap(([path, id]) => (id === undefined ? [] : [{ path, id }]));
}

/**
 * Resource groups that a service fills, by how it names them. Source: learn.microsoft.com azure/aks/faq,
 * azure/aks/support-policies, azure/service-fabric/overview-managed-cluster.
 */
const managedGroups = [
  { name: /^MC_/i, service: "Azure Kubernetes Service" },
  { name: /^SFC_/i, service: "Service Fabric" },
];

/** Machines of a service that replaces them as it likes. */
function managedMachineDiagnostics(facts: Asker): Diagnostic[] {
  const faults = idsOf(facts).flatMap(({ path, id }): Fault[] => {
    const [, , , , group = "", , namespace = "", , name = ""] = id.split("/");
    const managed = managedGroups.find((one) => one.name.test(group));
    return managed === undefined || namespace.toLowerCase() !== "microsoft.compute"
      ? []
      : [{ path, values: { given: name, group, service: managed.service } }];
  });
  return alikeDiagnostics("KMS2147", "warning", faults);
}

/** Names in Azure resource IDs that no resource can have, and machines of others. */
export const resourceIdDiagnostics = (facts: Asker): Diagnostic[] => [
  ...refusedIdDiagnostics(facts),
  ...managedMachineDiagnostics(facts),
];

function refusedIdDiagnostics(facts: Asker): Diagnostic[] {
  const faults = idsOf(facts).flatMap(({ path, id }): Fault[] => {
    const [, , , , group, , namespace = "", , ...names] = id.split("/");
    const refused = [
      ...(group === undefined ? [] : [{ name: group, refusal: resourceGroupNameRefusal(group) }]),
      ...(namespace.toLowerCase() === "microsoft.network" && !path.endsWith("azurePrivateZoneId")
        ? names
            .filter((_, place) => place % 2 === 0)
            .map((name) => ({ name, refusal: networkResourceNameRefusal(name) }))
        : []),
    ].find(({ refusal }) => refusal !== undefined);
    const given = shownValue(refused?.name, isSecret(facts, path));
    return refused?.refusal === undefined
      ? []
      : [{ path, values: { given, reason: refused.refusal.reason } }];
  });
  return alikeDiagnostics("KMS2128", "error", faults);
}
