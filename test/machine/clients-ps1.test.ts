import assert from "node:assert/strict";
import { clientsPlan, nameHash } from "../../provider/group/heard";
import { decodeAnswer } from "../../provider/machine/licensing-script";
import { logClientRequest, heardClients } from "../../provider/lab/windows/client-log";
import type { KmsRequest } from "../../provider/lab/windows/kms-host-service";
import { newMachine } from "../../provider/lab/windows/windows-machine";
import { pseudoRandom, server2022 } from "../lab/windows/test-lab";
import { scriptRunner, standInsForSuite } from "./pwsh/licensing-script";
import { describeInPowerShell } from "./pwsh/powershell";
import { modelWindows, windowsServer } from "./pwsh/windows-server";

const millisecondsPerDay = 24 * 60 * 60_000;

describeInPowerShell("machine/licensing.ps1 and the log of a KMS host", () => {
  const run = scriptRunner(standInsForSuite());

  interface Asked {
    name: string;
    machine: string;
    result: string;
    daysAgo: number;
  }

  /** What the script and the lab answer for the same log. */
  async function answers(log: Asked[], part = 0, parts = 1) {
    const now = Date.now();
    const model = windowsServer();
    const host = newMachine(
      { ...server2022, id: "/vms/kms", computerName: "kms" },
      { uuid: "u", clientMachineId: "c" },
      now,
    );
    for (const { name, machine, result, daysAgo } of log) {
      const time = now - daysAgo * millisecondsPerDay;
      model.events.push({
        id: 12290,
        time,
        values: [
          `${result}, 5, ${name}, ${machine}, 2027/01/01 00:00, 1, 1, 259200, 00000000-0000-0000-0000-000000000000`,
        ],
      });
      const request = { clientName: name, clientMachineId: machine } as KmsRequest;
      logClientRequest(host, request, result, time);
    }
    const { stdout } = await run(modelWindows(model), clientsPlan(8, part, parts));
    assert.ok(stdout.length < 4096);
    const { clients } = decodeAnswer(stdout, "kms");
    const query = { sinceDays: 8, part, parts };
    return { script: clients, lab: heardClients(host, query, now) };
  }

  const served = "0x00000000";

  it("names whom the host answered, by the newest request of each", async () => {
    const { script, lab } = await answers([
      { name: "old.corp.example", machine: "1", result: served, daysAgo: 9 },
      { name: "Served.corp.example", machine: "2", result: "0xC004F042", daysAgo: 3 },
      { name: "served", machine: "2", result: served, daysAgo: 2 },
      { name: "refused", machine: "3", result: served, daysAgo: 2 },
      { name: "refused", machine: "3", result: "0xC004F042", daysAgo: 1 },
      { name: "twin", machine: "4", result: served, daysAgo: 2 },
      { name: "twin", machine: "5", result: served, daysAgo: 1 },
    ]);
    assert.equal(Buffer.from(script!.names, "base64").toString("hex"), nameHash({ name: "served" }));
    assert.deepEqual(script, lab);
  });

  it("answers for an empty log as well", async () => {
    const { script, lab } = await answers([]);
    assert.deepEqual(script, { names: "", more: 0, oldest: null });
    assert.deepEqual(script, lab);
  });

  it("answers as the lab does for generated logs, in parts and where there is no room", async () => {
    const random = pseudoRandom(20);
    const pick = (most: number) => Math.floor(random() * most);
    const log = Array.from({ length: 900 }, (_, index) => ({
      name: `client-${pick(700)}.corp.example`,
      machine: `${pick(40)}`,
      result: pick(10) === 0 ? "0xC004F042" : served,
      daysAgo: pick(100) / 10 + 0.01 + index / 1e6,
    })).sort((one, other) => other.daysAgo - one.daysAgo);
    const unique = log.map((asked) => ({ ...asked, machine: asked.name }));
    for (const [records, part, parts] of [
      [log, 0, 1],
      [unique, 0, 1],
      [unique, 2, 3],
    ] as const) {
      const { script, lab } = await answers(records, part, parts);
      assert.deepEqual(script, lab);
    }
  });
});
