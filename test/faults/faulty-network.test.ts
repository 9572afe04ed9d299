import assert from "node:assert/strict";
import { azureEndpoint } from "../environment";
import type { Arm } from "../lab/arm/arm-fixture";
import { OnRemove, RecordPublisher } from "../../provider/catalog/constants";
import type { SrvRecordInputs } from "../../provider/srv/state";
import { groupInputs } from "../group/group-inputs";
import { idOf } from "../lab/arm/arm-names";
import { EngineStandIn } from "./engine-stand-in";
import { startHostLab } from "./host-fixture";
import { faults, type Intervention, startStepProxy } from "./step-proxy";

const zoneName = "corp.example";
const stranger = { priority: 0, weight: 0, port: 1688, target: "old.corp.example" };

/** The records of a host beside one of another host. */
const record: SrvRecordInputs = {
  kind: "SrvRecord",
  name: "kms",
  zone: { zoneName, azurePrivateZoneId: idOf(`Microsoft.Network/privateDnsZones/${zoneName}`) },
  computerName: "kms",
  priority: 0,
  weight: 0,
  port: 1688,
  target: "kms.corp.example",
  ttlSeconds: 600,
  publishedBy: RecordPublisher.Package,
  addressRecord: "10.0.1.9",
  ready: true,
  readOnly: false,
};

/** A group of one machine, whose host counts too few. */
const group = groupInputs("10.0.1.9", {
  machines: [{ name: "kms", azureVmId: idOf("Microsoft.Compute/virtualMachines/kms") }],
  hostsReady: false,
  onRemove: OnRemove.ClearKmsHost,
});

interface Resource {
  name: string;
  inputs: object;
  change: object;
  /** Reads what exists in the end. */
  seen: (arm: Arm) => Promise<unknown>;
  present: unknown;
  changed: unknown;
  absent: unknown;
}

/** Targets of the SRV records, and the addresses of the host's name where it has a record. */
const recordsOf = async ({ dns }: Arm) => {
  const { srvRecords = [] } = await dns.recordSets.get("rg", zoneName, "SRV", "_vlmcs._tcp");
  const addresses: string[] = [];
  for await (const { name, aRecords = [] } of dns.recordSets.listByType("rg", zoneName, "A")) {
    addresses.push(...aRecords.map(({ ipv4Address }) => `${name} ${ipv4Address}`));
  }
  return [...srvRecords.map(({ target, port }) => `${target}:${port}`).sort(), ...addresses];
};
const kmsMachineOf = async (arm: Arm) => (await arm.control.machines())[0].kmsMachine;

const resources: Resource[] = [
  {
    name: "the records of a host",
    inputs: record,
    change: { port: 1700, addressRecord: "10.0.1.8" },
    seen: recordsOf,
    present: ["kms.corp.example:1688", "old.corp.example:1688", "kms 10.0.1.9"],
    changed: ["kms.corp.example:1700", "old.corp.example:1688", "kms 10.0.1.8"],
    absent: ["old.corp.example:1688"],
  },
  {
    name: "a client group",
    inputs: group,
    change: { hostNames: ["10.0.1.8"], hostAddresses: [{ name: "10.0.1.8", port: 1688 }] },
    seen: kmsMachineOf,
    present: "10.0.1.9",
    changed: "10.0.1.8",
    absent: "",
  },
];

for (const resource of resources) {
  describe(`${resource.name} on a bad network`, function () {
    this.timeout(240_000);
    const findAzureAt = azureEndpoint();

    const operations = [
      {
        name: "create",
        prepared: false,
        run: (engine: EngineStandIn) => engine.apply(),
        left: resource.present,
      },
      {
        name: "update",
        prepared: true,
        run: (engine: EngineStandIn) => engine.apply(resource.change),
        left: resource.changed,
      },
      {
        name: "read",
        prepared: true,
        run: (engine: EngineStandIn) => engine.refresh(),
        left: resource.present,
      },
      {
        name: "delete",
        prepared: true,
        run: (engine: EngineStandIn) => engine.remove(),
        left: resource.absent,
      },
    ];

    /** Runs the operation with a fault at one step, then again without one. */
    async function withFaultAt(
      { prepared, run }: (typeof operations)[number],
      step: number,
      fault: Intervention,
    ) {
      const arm = await startHostLab();
      await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "Global" });
      await arm.dns.recordSets.createOrUpdate("rg", zoneName, "SRV", "_vlmcs._tcp", {
        ttl: 600,
        srvRecords: [stranger],
      });
      const engine = new EngineStandIn(resource.inputs);
      findAzureAt(arm.endpoint);
      if (prepared) {
        await engine.apply();
      }
      const proxy = await startStepProxy(arm.endpoint, (number) => (number === step ? fault : "pass"));
      findAzureAt(proxy.endpoint);
      await run(engine).catch(() => undefined);
      findAzureAt(arm.endpoint);
      await run(engine);
      const left = await resource.seen(arm);
      await proxy.close();
      await arm.close();
      return { steps: proxy.steps, left };
    }

    for (const operation of operations) {
      it(`completes ${operation.name}, or leaves a state from which the next run does, for any fault at any step`, async () => {
        const { steps } = await withFaultAt(operation, Infinity, "pass");
        assert.ok(steps.length > 0);
        for (const fault of faults) {
          for (const [index, step] of steps.entries()) {
            const { left } = await withFaultAt(operation, index + 1, fault);
            assert.deepEqual(left, operation.left, `${fault} at step ${index + 1} ${step}`);
          }
        }
      });
    }
  });
}
