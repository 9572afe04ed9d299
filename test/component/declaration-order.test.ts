import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { KMSClientGroupArgs } from "../../provider/group/args";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, recordDeclared, stopMocks } from "../declared-resources";
import { allowFailingPrograms } from "../failing-programs";
import { key, os } from "../host/mocked-host";

const vm = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;

/** What a program does between two of its declarations. */
type Pause = () => Promise<unknown>;

const pauses: [string, Pause][] = [
  ["waits for a turn of the event loop", () => new Promise((resolve) => void setImmediate(resolve))],
  ["waits for a moment", () => setTimeout(30)],
];

const members = (names: string[]) => ({ azureVmIds: names.map(vm) });
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => prefix + index);

/** A program whose resources have to do with each other, one declaration in each step. */
function steps(late: number): (() => unknown)[] {
  const hosts: Record<string, KMSHost> = {};
  const declareHost = (name: string, place: number) => () => {
    const machine = { azureVmId: vm(name) };
    hosts[name] = new KMSHost(name, { key, os: place < 2 ? setTimeout(late, os) : os, machine });
  };
  const group = (name: string, args: Partial<KMSClientGroupArgs>, names: string[]) => () =>
    new KMSClientGroup(name, {
      hosts: [hosts.kms1],
      os,
      edition: "Datacenter",
      machines: members(names),
      ...args,
    });
  return [
    ...many("kms", 7).map(declareHost),
    group("few", { strict: true }, ["a", "b"]),
    group("more", {}, many("m", 49)),
    group("taken", {}, ["b", "c"]),
  ];
}

/** What is logged of a program, and what its components have as output, sorted. */
async function reviewed(pause: Pause, late = 0) {
  const logged: string[] = [];
  const listen = (level: string) => (text: string, resource?: pulumi.Resource) => {
    logged.push(`${level} ${(resource as unknown as { __name: string }).__name} ${text}`);
    return Promise.resolve();
  };
  const { error, warn, info } = pulumi.log;
  const log = pulumi.log as unknown as Record<string, unknown>;
  Object.assign(log, { error: listen("error"), warn: listen("warning"), info: listen("info") });
  const components: (KMSHost | KMSClientGroup)[] = [];
  try {
    await recordDeclared([], { preview: true });
    await pulumi.runtime.runInPulumiStack(async () => {
      for (const step of steps(late)) {
        const made = step();
        if (made instanceof KMSClientGroup) {
          components.push(made);
        }
        await pause();
      }
      return { diagnostics: components.map(({ diagnostics }) => diagnostics) };
    });
    await allDeclared();
    const outputs = await Promise.all(
      components.map(
        ({ diagnostics }) =>
          new Promise<string[]>(
            (resolve) => void diagnostics.apply((all) => resolve(all.map(({ message }) => message))),
          ),
      ),
    );
    return { logged: logged.sort(), outputs: outputs.flat().sort() };
  } finally {
    Object.assign(log, { error, warn, info });
    stopMocks();
  }
}

describe("what is reported of a program", () => {
  allowFailingPrograms();

  let expected: Awaited<ReturnType<typeof reviewed>>;
  before(async () => {
    expected = await reviewed(() => Promise.resolve());
  });

  it("is what its resources are together, each said once", () => {
    const { logged, outputs } = expected;
    const codes = logged
      .map((line) => line.split(" ").slice(0, 3).join(" "))
      .filter((line) => !/KMS2226/.test(line));
    assert.deepEqual(codes, [
      "error kms6 KMS2101",
      "error taken KMS2217",
      "info kms0 KMS6020",
      "warning more KMS2209",
    ]);
    assert.ok(outputs.length > 0);
  });

  for (const [title, pause] of pauses) {
    it(`is the same where the program ${title} after each declaration`, async () => {
      assert.deepEqual(await reviewed(pause), expected);
    });
  }

  it("is the same where arguments become known later than those of resources that follow", async () => {
    assert.deepEqual(await reviewed(() => Promise.resolve(), 100), expected);
  });
});
