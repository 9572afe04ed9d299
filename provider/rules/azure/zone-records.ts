import { azureRules } from "../../catalog/azure-rules";
import { type Diagnostic, diagnostic } from "../diagnostic";
import { type HostFacts, isReadOnly, zonesOf } from "../facts";
import { memoized, type ProgramIndex } from "../program-index";
import { recordCountRefusal, zoneNameRefusal } from "./private-zones";

/** What Azure refuses of the private DNS zones that hold a host's records. */
export const azureZoneDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  isReadOnly(host)
    ? []
    : zonesOf(host).flatMap(({ zone: { azurePrivateZoneId: id }, path }) =>
        id === undefined ? [] : [...nameDiagnostics(id, path), ...countDiagnostics(id, path, host, index)],
      );

const nameIn = (id: string) => id.slice(id.lastIndexOf("/") + 1);

function nameDiagnostics(id: string, path: string): Diagnostic[] {
  const refusal = zoneNameRefusal(nameIn(id));
  const values = { given: nameIn(id), reason: refusal?.reason ?? "" };
  return refusal === undefined ? [] : [diagnostic("KMS2129", "error", `${path}.azurePrivateZoneId`, values)];
}

/** Said once: of the first host whose record finds no room. */
function countDiagnostics(id: string, path: string, host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const hosts = hostsByZone("hosts", index).get(id.toLowerCase()) ?? [];
  const { maximum = 0 } = azureRules.recordCount;
  return recordCountRefusal(hosts.length) === undefined || hosts[maximum] !== host.name
    ? []
    : [
        diagnostic("KMS2130", "error", `${path}.azurePrivateZoneId`, {
          zone: nameIn(id),
          given: hosts.length,
          allowed: maximum,
        }),
      ];
}

/** The hosts of the program that have their record in a zone of Azure, each once. */
const hostsByZone = memoized((_all: "hosts", index): Map<string, string[]> => {
  const byZone = new Map<string, string[]>();
  for (const host of [...index.hosts()].filter((one) => !isReadOnly(one))) {
    for (const id of new Set(
      zonesOf(host).flatMap(({ zone }) => zone.azurePrivateZoneId?.toLowerCase() ?? []),
    )) {
      const names = byZone.get(id) ?? [];
      names.push(host.name);
      byZone.set(id, names);
    }
  }
  return byZone;
});
