import assert from "node:assert/strict";
import { rebuild, runExampleSteps } from "./example-steps";
import type { FleetStatus } from "./fleet-status";
import type { KeyUse } from "./key-use";
import type { ConfigValues } from "./lab-example";
import { emptyReport } from "./lab-report";
import type { OperationCounts } from "./stack";
import { bringUp, type LabRunContext, tearDown } from "./steps";

const licensed = {
  group: "web",
  name: "web-0",
  azureVmId: "/id/0",
  status: "Licensed" as const,
  partialProductKey: "6VM33",
  kmsHost: "kms.corp.example",
  currentCount: 5,
  expiresAt: "2027-05-24T10:00:00Z",
};

interface Scene {
  /** What each engine command does, in turn. */
  counts: OperationCounts[];
  /** Resources in the lab after each engine command. */
  resources: string[][];
  status?: FleetStatus;
  outputs?: Record<string, unknown>;
}

/** A run on a stack that answers as the scene says. */
function context({ counts, resources, status, outputs = { key: "[secret]" } }: Scene) {
  const commands: string[] = [];
  const engineCommands = () => commands.filter((command) => !/^(config|unprotect)/.test(command));
  const stack = {
    args: [],
    policyFlags: [],
    configure: async ({ plain, secret }: ConfigValues) => {
      const secrets = Object.keys(secret).length === 0 ? "" : ` secret ${JSON.stringify(secret)}`;
      commands.push(`config ${JSON.stringify(plain)}${secrets}`);
    },
    unprotect: async () => void commands.push("unprotect"),
    operate: async (...command: string[]) => {
      commands.push(command.join(" "));
      return counts[engineCommands().length - 1];
    },
    status: async () => status ?? { features: [], hosts: [], members: [licensed] },
    outputs: async () => outputs,
  };
  const run: LabRunContext = {
    stack,
    resources: async () => resources[engineCommands().length - 1] ?? [],
    say: () => undefined,
    report: emptyReport("minimal"),
  };
  return { run, commands };
}

const good: Scene = {
  counts: [{ create: 2 }, { create: 2 }, { same: 2 }, { same: 2 }, { same: 2 }],
  resources: [[], ["/a"], ["/a"], ["/a"], ["/a"]],
};

describe("bringUp", () => {
  it("previews, updates twice, refreshes, and reports steps, fleet and outputs", async () => {
    const { run, commands } = context(good);
    await bringUp(run);
    assert.deepEqual(commands, [
      "preview",
      "up --yes --skip-preview",
      "up --yes --skip-preview",
      "refresh --yes --skip-preview",
      "preview",
    ]);
    const steps = run.report.steps.map(({ seconds, ...step }) => ({ ...step, timed: seconds >= 0 }));
    assert.deepEqual(steps, [
      { name: "preview", counts: { create: 2 }, labResources: 0, timed: true },
      { name: "up", counts: { create: 2 }, labResources: 1, timed: true },
      { name: "second up", counts: { same: 2 }, labResources: 1, timed: true },
      { name: "refresh", counts: { same: 2 }, labResources: 1, timed: true },
      { name: "preview", counts: { same: 2 }, labResources: 1, timed: true },
    ]);
    assert.deepEqual(run.report.members, [licensed]);
    assert.deepEqual(run.report.outputs, { key: "[secret]" });
  });

  it("fails when the preview created something, before any update", async () => {
    const { run, commands } = context({ ...good, resources: [["/a", "/b"]] });
    await assert.rejects(bringUp(run), {
      code: "KMS7015",
      message: /left 2 resources in the lab: \/a, \/b\./,
    });
    assert.deepEqual(commands, ["preview"]);
  });

  it("fails when the second update changed something", async () => {
    const { run } = context({ ...good, counts: [{ create: 2 }, { create: 2 }, { same: 1, update: 1 }] });
    await assert.rejects(bringUp(run), { code: "KMS7016", message: /was not empty: 1 same, 1 update\./ });
  });

  it("fails when the refresh left something to do", async () => {
    const counts = [...good.counts.slice(0, 4), { same: 1, update: 1 }];
    const { run } = context({ ...good, counts });
    await assert.rejects(bringUp(run), { code: "KMS7016" });
  });

  it("fails when a member is not licensed, and names it", async () => {
    const pending = { ...licensed, name: "web-1", status: "Pending" as const };
    const { run } = context({ ...good, status: { features: [], hosts: [], members: [licensed, pending] } });
    await assert.rejects(bringUp(run), {
      code: "KMS7018",
      message: /1 of 2 members .*: web\/web-1 Pending\./,
    });
    assert.equal(run.report.members.length, 2);
  });
});

describe("tearDown", () => {
  it("destroys", async () => {
    const { run, commands } = context({ counts: [{ delete: 2 }], resources: [[]] });
    await tearDown(run);
    assert.deepEqual(commands, ["destroy --yes --skip-preview"]);
  });

  it("fails when a resource remains in the lab", async () => {
    const { run } = context({ counts: [{ delete: 2 }], resources: [["/a"]] });
    await assert.rejects(tearDown(run), { code: "KMS7017", message: /1 resources remain .*: \/a\./ });
  });
});

describe("runExampleSteps", () => {
  const step = { name: "move", config: { phase: "2" }, servedBy: "kms.corp.example" };
  const telephone = { confirmInstallation: async (installationId: string) => `${installationId}9` };
  const scene: Scene = {
    counts: [{ update: 1 }, { update: 1 }, { same: 2 }],
    resources: [["/a"], ["/a", "/b"], ["/a", "/b"]],
  };

  it("sets the configuration, previews and updates twice, in a part of its own", async () => {
    const { run, commands } = context(scene);
    run.resources = async () => ["/a"];
    await runExampleSteps(run, [step], telephone);
    assert.deepEqual(commands, [
      'config {"phase":"2"}',
      "preview",
      "up --yes --skip-preview",
      "up --yes --skip-preview",
    ]);
    assert.deepEqual(
      run.report.steps.map(({ name, part }) => [name, part]),
      [
        ["preview", "move"],
        ["up", "move"],
        ["second up", "move"],
      ],
    );
  });

  it("sets what the telephone line answers to the installation IDs of an output", async () => {
    const { run, commands } = context({ ...scene, outputs: { ids: { confirmationId: "123" } } });
    run.resources = async () => ["/a"];
    await runExampleSteps(run, [{ name: "confirm", telephone: "ids" }], telephone);
    assert.equal(commands[0], 'config {} secret {"confirmationId":"1239"}');
    assert.equal(commands.length, 4);
  });

  it("fails when a member has another host, and names both", async () => {
    const { run } = context(scene);
    run.resources = async () => ["/a"];
    await assert.rejects(runExampleSteps(run, [{ ...step, servedBy: "new.corp.example" }], telephone), {
      code: "KMS7083",
      message: /1 of 1 members are not served by new\.corp\.example: web-0 by kms\.corp\.example\./,
    });
  });
});

describe("rebuild", () => {
  const spent = (hosts: number, activations: number): KeyUse[] => [
    {
      keyGroup: "Volume License for Windows Server 2022",
      ending: "N2W2K",
      hostLimit: 6,
      ledger: { hosts, activations, retired: 0 },
      microsoft: { hosts, activations },
    },
  ];
  const scene = (): Scene => ({
    counts: [{ delete: 1 }, { create: 1 }, { same: 2 }, { delete: 1 }, { create: 1 }, { same: 2 }],
    resources: [],
  });

  it("destroys what is not protected and updates twice, each time", async () => {
    const { run, commands } = context(scene());
    await rebuild(run, 2, async () => spent(1, 1));
    const once = [
      "destroy --exclude-protected --yes --skip-preview",
      "up --yes --skip-preview",
      "up --yes --skip-preview",
    ];
    assert.deepEqual(commands, [...once, ...once]);
    assert.deepEqual(
      [...new Set(run.report.steps.map(({ part }) => part))],
      ["rebuild 1 of 2", "rebuild 2 of 2"],
    );
  });

  it("fails with the rebuild that spends a host", async () => {
    const { run } = context(scene());
    const looks = [spent(1, 1), spent(1, 1), spent(2, 2)];
    await assert.rejects(
      rebuild(run, 2, async () => looks.shift()!),
      { code: "KMS7082", message: /rebuild 2 spent 1 hosts and 1 activations of the key ending in N2W2K/ },
    );
  });
});
