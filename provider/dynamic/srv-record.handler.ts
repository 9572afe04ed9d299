import type * as pulumi from "@pulumi/pulumi";
import { openSrvZone } from "../dns/open-srv-zone";
import { type SrvData, kmsServiceName, sameEntry } from "../dns/srv-zone";
import type { Handler } from "./handler";
import { report } from "./report";
import type { SrvRecordInputs, SrvRecordOutputs } from "./srv-record";
import { containsUnknown } from "./unknown";

export const srvRecordHandler: Handler<SrvRecordInputs, SrvRecordOutputs> = {
  check: () => [],

  diff(olds, news): pulumi.dynamic.DiffResult {
    const movedZone = containsUnknown(news.zone) || JSON.stringify(news.zone) !== JSON.stringify(olds.zone);
    const changed =
      containsUnknown(news) ||
      !sameEntry(olds, news) ||
      olds.port !== news.port ||
      olds.ttlSeconds !== news.ttlSeconds;
    olds.drift.forEach((difference) => report(olds.name, difference));
    return { changes: movedZone || changed || olds.drift.length > 0, replaces: movedZone ? ["zone"] : [] };
  },

  async create(inputs) {
    return { id: `${zoneName(inputs)}/${kmsServiceName}/${inputs.target}`, outs: await publish(inputs) };
  },

  async read(_id, olds) {
    const found = (await openSrvZone(olds.zone).list()).find((record) => sameEntry(record, olds));
    return { ...olds, drift: recordDrift(olds, found) };
  },

  async update(_id, olds, news) {
    const outs = await publish(news);
    if (!sameEntry(olds, news)) {
      await openSrvZone(news.zone).remove(dataOf(olds));
    }
    return outs;
  },

  remove: (_id, olds) => openSrvZone(olds.zone).remove(dataOf(olds)),
};

const zoneName = ({ zone }: SrvRecordInputs) => zone.azurePrivateZone?.zoneName ?? "";

const dataOf = ({ priority, weight, port, target }: SrvData): SrvData => ({ priority, weight, port, target });

async function publish(inputs: SrvRecordInputs): Promise<SrvRecordOutputs> {
  const { name, zone, ttlSeconds } = inputs;
  await openSrvZone(zone).add(dataOf(inputs), ttlSeconds);
  return { name, zone, ttlSeconds, ...dataOf(inputs), drift: [] };
}

function recordDrift(wanted: SrvRecordOutputs, found: SrvData | undefined): string[] {
  if (found === undefined) {
    return [`its SRV record ${wanted.target}:${wanted.port} is missing from the zone`];
  }
  return found.port === wanted.port ? [] : [`its SRV record has port ${found.port}, wanted ${wanted.port}`];
}
