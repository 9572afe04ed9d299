import assert from "node:assert/strict";
import type { Arm } from "../lab/arm/arm-fixture";
import { idOf, subscriptionId } from "../lab/arm/arm-names";
import { EngineStandIn } from "./engine-stand-in";
import { startHostLab } from "./host-fixture";
import { type Intervention, startStepProxy } from "./step-proxy";
import { faults, throughEndpoint } from "./through-endpoint";

const zone = { azurePrivateZone: { subscriptionId, resourceGroupName: "rg", zoneName: "corp.example" } };
const stranger = { priority: 0, weight: 0, port: 1688, target: "old.corp.example" };

/** A record of a host beside one that somebody else made. */
const record = {
  kind: "SrvRecord",
  name: "kms",
  zone,
  computerName: "kms",
  priority: 0,
  weight: 0,
  port: 1688,
  target: "kms.corp.example",
  ttlSeconds: 600,
  ready: true,
};

/** A group of one machine, whose host counts too few. */
const group = {
  kind: "ClientActivation",
  name: "web",
  machines: [{ name: "kms", azureVmId: idOf("Microsoft.Compute/virtualMachines/kms") }],
  os: "Windows Server 2022",
  edition: "Datacenter",
  hosts: [],
  hostsReady: false,
  acceptUnlisted: false,
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "host",
  hostNames: ["10.0.1.9"],
  hostAddresses: [{ name: "10.0.1.9", port: 1688 }],
  lookupDomain: "",
  threshold: 5,
  rollout: {},
  onRemove: "clearKmsHost",
  convertFrom: "",
};

interface Resource {
  name: string;
  inputs: object;
  change: object;
  /** What is there in the end, after an update or without the resource. */
  seen: (arm: Arm) => Promise<unknown>;
  present: unknown;
  changed: unknown;
  absent: unknown;
}

const srvOf = async (arm: Arm) => {
  const { srvRecords = [] } = await arm.dns.recordSets.get("rg", "corp.example", "SRV", "_vlmcs._tcp");
  return srvRecords.map(({ target, port }) => `${target}:${port}`).sort();
};
const kmsMachineOf = async (arm: Arm) => (await arm.control.machines())[0].kmsMachine;

const resources: Resource[] = [
  {
    name: "an SRV record",
    inputs: record,
    change: { port: 1700 },
    seen: srvOf,
    present: ["kms.corp.example:1688", "old.corp.example:1688"],
    changed: ["kms.corp.example:1700", "old.corp.example:1688"],
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
    const findAzureAt = throughEndpoint();

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

    /** Runs the operation with a fault at one step, then again without. */
    async function withFaultAt(
      { prepared, run }: (typeof operations)[number],
      step: number,
      fault: Intervention,
    ) {
      const arm = await startHostLab();
      await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "Global" });
      await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
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
      it(`${operation.name}: succeeds, or leaves what the next run succeeds from, for any fault at any step`, async () => {
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
