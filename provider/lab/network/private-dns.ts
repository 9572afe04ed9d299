import {
  azureAnswer,
  recordCountRefusal,
  srvNumberRefusal,
  ttlRefusal,
  zoneNameRefusal,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import { nameOf, parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import { refuse } from "../arm/refuse";
import { ipNumber } from "./ip-prefix";

export const linkType = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

/** Property that holds the records of each type. */
const recordProperties: Record<string, string> = {
  A: "aRecords",
  AAAA: "aaaaRecords",
  CNAME: "cnameRecord",
  MX: "mxRecords",
  PTR: "ptrRecords",
  SRV: "srvRecords",
  TXT: "txtRecords",
};

/** Types of record sets, as the last part of the resource type. */
export const recordTypes = Object.keys(recordProperties);

/** What is written is served a while later. */
function delay(change: ResourceChange, { clock, conditions }: ArmState): void {
  const { previous } = change;
  const now = clock.now();
  const before =
    previous?.unseen !== undefined && now < previous.unseen.until ? previous.unseen.before : previous?.body;
  if (conditions.dnsDelaySeconds > 0) {
    change.unseen = {
      until: now + conditions.dnsDelaySeconds * 1000,
      ...(before !== undefined && { before }),
    };
  }
}

/** Private zones count what is in them. */
export const privateZoneBehaviour: TypeBehaviour = {
  write(change) {
    refuse(zoneNameRefusal(change.name), "name");
    return undefined;
  },
  read(resource, arm) {
    const children = arm.store.childrenOf(resource.id);
    const links = children.filter(({ type }) => type === linkType);
    const registering = links.filter(({ body }) => objectAt(body.properties).registrationEnabled === true);
    return {
      ...resource.body,
      properties: {
        ...objectAt(resource.body.properties),
        maxNumberOfRecordSets: 25_000,
        maxNumberOfVirtualNetworkLinks: 1000,
        maxNumberOfVirtualNetworkLinksWithRegistration: 100,
        numberOfRecordSets: children.length - links.length,
        numberOfVirtualNetworkLinks: links.length,
        numberOfVirtualNetworkLinksWithRegistration: registering.length,
      },
    };
  },
};

/** A virtual network is linked to a zone once, and registers its machines in one zone at most. */
export const networkLinkBehaviour: TypeBehaviour = {
  write(change, arm) {
    const properties = objectAt(change.body.properties);
    const others = arm.store
      .ofType(linkType)
      .filter(({ id }) => id.toLowerCase() !== change.id.toLowerCase());
    const ofNetwork = others.filter(({ body }) => networkOf(body) === networkOf(change.body));
    const zoneOf = (id: string) => nameOf(parentId(id)!);
    const zone = zoneOf(change.id);
    const same = ofNetwork.find(({ id }) => zoneOf(id).toLowerCase() === zone.toLowerCase());
    if (same !== undefined) {
      refuse({ rule: "linkTwice", reason: "" }, "virtualNetwork", { zone, other: zoneOf(same.id) });
    }
    const registering = ofNetwork.find(({ body }) => objectAt(body.properties).registrationEnabled === true);
    if (properties.registrationEnabled === true && registering !== undefined) {
      const refusal = { rule: "linkRegistration", reason: "" } as const;
      const { code, message } = azureAnswer(refusal, { other: zoneOf(registering.id) });
      throw new ArmError(409, code, message);
    }
    change.body.properties = {
      registrationEnabled: false,
      ...properties,
      virtualNetworkLinkState: "Completed",
    };
    delay(change, arm);
    return undefined;
  },
};

/** The linked virtual network, in lower case. */
export const networkOf = (body: JsonObject) =>
  textOf(objectAt(body.properties, "virtualNetwork").id)?.toLowerCase() ?? "";

/** Record sets have a time to live and complete, different records of their own type. */
export const recordSetBehaviour: TypeBehaviour = {
  write(change, arm) {
    const properties = objectAt(change.body.properties);
    const recordType = change.id.split("/").at(-2) ?? "";
    refuse(ttlRefusal(Number(properties.ttl)), "ttl");
    checkRecordType(change, properties, recordType);
    refuse(recordCountRefusal(objectsIn(properties[recordProperties[recordType]]).length), recordType);
    if (recordType === "SRV") {
      checkSrvRecords(change, objectsIn(properties.srvRecords));
    }
    const addresses = objectsIn(properties.aRecords).map(({ ipv4Address }) => textOf(ipv4Address) ?? "");
    const wrong = addresses.find((address) => ipNumber(address) === undefined);
    if (wrong !== undefined) {
      badRequest(`The value '${wrong}' of record set '${change.name}' is not a valid IPv4 address.`);
    }
    checkCname(change, recordType, arm);
    const zone = nameOf(parentId(change.id)!);
    const fqdn = change.name === "@" ? `${zone}.` : `${change.name}.${zone}.`;
    change.body.properties = { ...properties, fqdn, isAutoRegistered: false };
    delay(change, arm);
    return undefined;
  },
};

function badRequest(reason: string): never {
  throw new ArmError(400, "BadRequest", reason);
}

function checkRecordType({ name }: ResourceChange, properties: JsonObject, recordType: string): void {
  const foreign = recordTypes.find(
    (type) => type !== recordType && properties[recordProperties[type]] !== undefined,
  );
  if (foreign !== undefined) {
    badRequest(`Record set '${name}' of type ${recordType} cannot have records of type ${foreign}.`);
  }
}

/** What Azure compares: priority, weight and target; the port is no part of it. Source: Azure/azure-cli#21716. */
function checkSrvRecords({ name }: ResourceChange, records: JsonObject[]): void {
  const seen = new Set<string>();
  for (const { priority = 0, weight = 0, port, target } of records) {
    const host = textOf(target) ?? "";
    if (host === "" || typeof port !== "number") {
      badRequest(`An SRV record of record set '${name}' lacks its port or target.`);
    }
    for (const number of [priority, weight, port]) {
      refuse(srvNumberRefusal(Number(number)), "srvRecords");
    }
    const key = `${Number(priority)} ${Number(weight)} ${host.toLowerCase().replace(/\.$/, "")}`;
    if (seen.has(key)) {
      badRequest(`The record set '${name}' has duplicate SRV records (priority, weight, target): ${key}.`);
    }
    seen.add(key);
  }
}

/** A name with a CNAME has nothing else. Source: RFC 1034, 3.6.2. */
function checkCname(change: ResourceChange, recordType: string, arm: ArmState): void {
  const sameName = arm.store
    .childrenOf(parentId(change.id)!)
    .filter(({ type, name }) => type !== linkType && name.toLowerCase() === change.name.toLowerCase());
  const isCname = (type: string) => type.endsWith("/CNAME");
  const others = sameName.filter(({ id }) => id.toLowerCase() !== change.id.toLowerCase());
  if (others.some(({ type }) => isCname(type) || recordType === "CNAME")) {
    badRequest(`A CNAME record set cannot coexist with another record set of the name '${change.name}'.`);
  }
}
