import assert from "node:assert/strict";
import type { OperationCounts } from "../../../provider/lab/run/event-log";
import type { FleetStatus } from "../../../provider/lab/run/fleet-status";
import { emptyReport } from "../../../provider/lab/run/lab-report";
import { bringUp, type LabRunContext, tearDown } from "../../../provider/lab/run/run-steps";

const licensed = {
  group: "web",
  name: "web-0",
  vm: "rg/web-0",
  status: "Licensed" as const,
  key: "6VM33",
  host: "kms.corp.example",
  count: 5,
  expiry: "2027-05-24T10:00:00Z",
  error: "",
};

interface Scene {
  /** What each engine command does, in turn. */
  counts: OperationCounts[];
  /** Resources in the lab after each engine command. */
  resources: string[][];
  status?: FleetStatus;
}

/** A run on a stack that answers as the scene says. */
function context({ counts, resources, status = { hosts: [], members: [licensed] } }: Scene) {
  const commands: string[] = [];
  const stack = {
    args: [],
    operate: async (...command: string[]) => {
      commands.push(command.join(" "));
      return counts[commands.length - 1];
    },
    status: async () => status,
    outputs: async () => ({ key: "[secret]" }),
  };
  const run: LabRunContext = {
    stack,
    resources: async () => resources[commands.length - 1],
    say: () => undefined,
    report: emptyReport("minimal"),
  };
  return { run, commands };
}

const good: Scene = {
  counts: [{ create: 2 }, { create: 2 }, { same: 2 }],
  resources: [[], ["/a"], ["/a"]],
};

describe("bringUp", () => {
  it("previews, updates twice, and reports steps, fleet and outputs", async () => {
    const { run, commands } = context(good);
    await bringUp(run);
    assert.deepEqual(commands, ["preview", "up --yes --skip-preview", "up --yes --skip-preview"]);
    const steps = run.report.steps.map(({ seconds, ...step }) => ({ ...step, timed: seconds >= 0 }));
    assert.deepEqual(steps, [
      { name: "preview", counts: { create: 2 }, labResources: 0, timed: true },
      { name: "up", counts: { create: 2 }, labResources: 1, timed: true },
      { name: "second up", counts: { same: 2 }, labResources: 1, timed: true },
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

  it("fails when a member is not licensed, and names it", async () => {
    const pending = { ...licensed, name: "web-1", status: "Pending" as const };
    const { run } = context({ ...good, status: { hosts: [], members: [licensed, pending] } });
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
