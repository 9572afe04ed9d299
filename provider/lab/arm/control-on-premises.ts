import { findSetupKey } from "../../catalog/setup-keys";
import { systemEdition } from "../windows/system-edition";
import { ArmError } from "./arm-error";
import type { ArmState } from "./arm-state";
import { objectsIn, textOf, type JsonObject } from "./json";
import { onPremisesNetwork, type OnPremises } from "./on-premises";
import { emptyZone } from "./on-premises-dns";

const badRequest = (message: string) => new ArmError(400, "BadRequest", message);

function text(body: JsonObject, key: string): string {
  const value = textOf(body[key]);
  if (value === undefined || value === "") {
    throw badRequest(`${key} must be a text`);
  }
  return value;
}

/**
 * Boots a machine outside Azure, installed from volume media: it has the setup key of its system.
 * @throws ArmError 400; KmsError KMS7302, KMS7304
 */
export function bootOnPremises(arm: ArmState, body: JsonObject): { id: string } {
  const [computerName, osBuild, editionId] = ["name", "osBuild", "editionId"].map((key) => text(body, key));
  const { productType } = body;
  if (productType !== 1 && productType !== 2 && productType !== 3) {
    throw badRequest("productType must be 1, 2 or 3");
  }
  const system = { osBuild, editionId, productType } as const;
  const domain = textOf(body.domain) ?? "";
  const id = `/${onPremisesNetwork}/${computerName}`.toLowerCase();
  const is = systemEdition(system);
  arm.fleet.boot({
    ...system,
    id,
    computerName,
    domain,
    serverFeatures: productType !== 1,
    setupKey: is && !is.evaluation ? findSetupKey(is.os.name, is.edition.name)?.key : undefined,
    networkProfile: domain === "" ? "Private" : "Domain",
    uuid: textOf(body.uuid),
  });
  arm.onPremises.add({ machineId: id, computerName, dnsSuffix: textOf(body.dnsSuffix) ?? domain });
  return { id };
}

/** Tells which records machines outside Azure see in a zone, or which DNS server they ask for it. @throws ArmError 400 */
export function setOnPremisesZone(onPremises: OnPremises, body: JsonObject): void {
  const zoneName = text(body, "zone").toLowerCase();
  const srv = objectsIn(body.srv).map((record) => ({
    priority: Number(record.priority ?? 0),
    weight: Number(record.weight ?? 0),
    port: Number(record.port ?? 0),
    target: text(record, "target").toLowerCase().replace(/\.$/, ""),
  }));
  const addresses = new Map(
    objectsIn(body.a).map((record) => [
      `${text(record, "name").toLowerCase()}.${zoneName}`,
      text(record, "address"),
    ]),
  );
  onPremises.setZone({ ...emptyZone(zoneName, textOf(body.server)), srv, addresses });
}
