// What a client group of many machines, in which nothing changes, costs the engine, beside as many bare resources.
import { type EngineProgram, engineProgram } from "../on-engine/engine";
import { labHostKey } from "../on-engine/kms-program";
import { type Lab, startLab } from "../on-engine/lab";
import type { EngineResult } from "../on-engine/operation";
import { report } from "./shared/figure";
import { fleetProgram } from "./shared/fleet-program";
import { bootLabFleet, type LabFleet } from "./shared/lab-fleet";
import { watchMemory } from "./shared/process-memory";
import { growthExponent, median, type Sample } from "./shared/statistics";

const sizes = (process.env.KMS_BENCH_SIZES ?? "100,1000,5000").split(",").map(Number);
const operations = ["preview", "up", "refresh"] as const;

/** A refresh looks at every machine and takes long enough to be measured once. */
const runsOf = { preview: 3, up: 3, refresh: 1 };

/** A program in which each resource stands for one machine, or each member of one group does. */
interface Subject {
  name: "group" | "bare" | "azure-native";
  indexText(size: number, fleet: LabFleet): string;
}

const group: Subject = { name: "group", indexText: fleetProgram };

/**
 * Components have no provider, no inputs and no aliases: no other resource costs the engine and the state less. A
 * refresh reads nothing of them, while it looks at every member of a group.
 */
const bare: Subject = {
  name: "bare",
  indexText: (size) => `
import * as pulumi from "@pulumi/pulumi";

for (let index = 0; index < ${size}; index += 1) {
  new pulumi.ComponentResource("bench:index:Bare", "vm-" + index);
}
`,
};

/**
 * Record sets are the cheapest of the resources that machines of azure-native have: construction takes time for each alias,
 * of which a record set has 7, a virtual machine 29 and a network interface 60.
 */
const azureNative: Subject = {
  name: "azure-native",
  indexText: (size, { zoneName }) => `
import * as privatedns from "@pulumi/azure-native/privatedns";

for (let index = 0; index < ${size}; index += 1) {
  new privatedns.PrivateRecordSet("vm-" + index, {
    ...{ resourceGroupName: "fleet", privateZoneName: "${zoneName}", relativeRecordSetName: "vm-" + index },
    ...{ recordType: "A", ttl: 600, aRecords: [{ ipv4Address: "10.1.0.1" }] },
  });
}
`,
};

/** Milliseconds of each operation, and the most memory that the provider of a group had in it. */
type Times = Record<(typeof operations)[number], number>;

async function measure(lab: Lab, fleet: LabFleet, subject: Subject, size: number): Promise<Times> {
  const stack = await engineProgram(lab, `fleet-${subject.name}-${size}`, subject.indexText(size, fleet), {
    ownProcess: true,
  });
  try {
    stack.setConfig("kmsHostKey", labHostKey, true);
    const first = await watched(() => stack.up());
    if (subject === group) {
      reportMemory("first-up", first.megabytes, size);
    }
    await reportState(stack, subject, size);
    const times = {} as Times;
    for (const operation of operations) {
      times[operation] = await measureOperation(stack, operation, subject, size);
    }
    return times;
  } finally {
    await stack.remove();
  }
}

async function measureOperation(
  stack: EngineProgram,
  operation: (typeof operations)[number],
  subject: Subject,
  size: number,
): Promise<number> {
  const milliseconds: number[] = [];
  const megabytes: number[] = [];
  const runs = runsOf[operation];
  for (let run = 0; run < runs; run += 1) {
    const seen = await watched(() => stack[operation]());
    milliseconds.push(seen.result.milliseconds);
    megabytes.push(...seen.megabytes);
  }
  const name = `engine-fleet/${subject.name}/${operation}`;
  report({ name, value: median(milliseconds), unit: "ms", machines: size, runs });
  if (subject === group) {
    reportMemory(operation, megabytes, size);
  }
  return median(milliseconds);
}

/** What the operation did, and the peak memory of the process with all dynamic resources, where the system reports it. */
async function watched(
  operate: () => Promise<EngineResult>,
): Promise<{ result: EngineResult; megabytes: number[] }> {
  const memory = watchMemory(process.pid, /^\S*node\b.*dynamic-provider/);
  const result = await operate();
  const megabytes = memory.stop();
  if (!result.ok) {
    throw new Error(result.text);
  }
  return { result, megabytes: megabytes === undefined ? [] : [megabytes] };
}

function reportMemory(operation: string, megabytes: number[], machines: number): void {
  if (megabytes.length > 0) {
    report({
      name: `engine-fleet/group/${operation}/provider-memory`,
      value: Math.max(...megabytes),
      unit: "MB, resident peak of the dynamic provider's process",
      machines,
    });
  }
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** The size of the whole state, and for a group the size of what it stores of its members beside its arguments. */
async function reportState(stack: EngineProgram, subject: Subject, machines: number): Promise<void> {
  const name = `engine-fleet/${subject.name}/state`;
  const unit = "bytes a machine, JSON without indentation";
  report({ name, value: bytesOf(JSON.parse(await stack.storedState())) / machines, unit, machines });
  if (subject === group) {
    const { resources } = (await stack.exportState()).deployment as StoredDeployment;
    const members = resources.find(({ type }) => type.endsWith(":ClientActivation"))?.outputs?.members;
    report({ name: `${name}/members`, value: bytesOf(members) / machines, unit, machines });
  }
}

/** What is read of an exported deployment. */
interface StoredDeployment {
  resources: { type: string; outputs?: Record<string, unknown> }[];
}

async function main(): Promise<void> {
  // The file backend writes the whole state after each step otherwise, which alone would grow with the square.
  Object.assign(process.env, { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
  const samples = Object.fromEntries(operations.map((operation) => [operation, [] as Sample[]]));
  for (const size of sizes) {
    const lab = await startLab();
    try {
      const fleet = await bootLabFleet(lab, size);
      const ofGroup = await measure(lab, fleet, group, size);
      const ofBare = await measure(lab, fleet, bare, size);
      const ofNative = await measure(lab, fleet, azureNative, size);
      for (const operation of operations) {
        samples[operation].push({ size, milliseconds: ofGroup[operation] });
        report({
          name: `engine-fleet/${operation}/relative`,
          value: ofGroup[operation] / ofBare[operation],
          unit: "group / bare resources",
          machines: size,
        });
        report({
          name: `engine-fleet/${operation}/relative-azure-native`,
          value: ofGroup[operation] / ofNative[operation],
          unit: "group / bare resources of azure-native",
          machines: size,
        });
      }
    } finally {
      await lab.stop();
    }
  }
  for (const operation of operations) {
    report({
      name: `engine-fleet/group/${operation}/exponent`,
      value: growthExponent(samples[operation]),
      unit: "exponent, 1 is linear",
      sizes,
    });
  }
}

void main();
