import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSHost } from "../../provider/host/kms-host";
import { hostState, newerBuildDiagnostics, refuseMachine } from "../../provider/host/observed";
import { allDeclared, recordDeclared, stopMocks } from "../declared-resources";
import { labKey } from "../rules/program";
import { activationType, azureVmId, found } from "./mocked-host";

const answer = (osBuild: string, editionId: string) =>
  ({
    version: 1,
    operations: [],
    machine: {
      name: "KMS1",
      domain: "",
      uuid: "00000000-0000-4000-8000-000000000001",
      osBuild,
      editionId,
      productType: 3,
      utc: "2026-11-28T00:00:00Z",
    },
    service: {},
    product: null,
    features: {},
    firewall: {},
    registry: {},
    events: {},
  }) as unknown as Parameters<typeof hostState>[0];

const refuse = (osBuild: string, os: string, editionId = "ServerDatacenter", edition?: string) =>
  refuseMachine(hostState(answer(osBuild, editionId)), { os, edition });

describe("a KMS host whose build is newer than the catalogue", () => {
  it("is taken, and its edition compared all the same", () => {
    refuse("20400.1", "Windows Server 2022");
    refuse("28100.1", "Windows 11", "Enterprise");
    assert.throws(() => refuse("20400.1", "Windows Server 2022", "ServerStandard", "Datacenter"), {
      code: "KMS4016",
    });
    assert.throws(() => refuse("20400.1", "Windows Server 2022", "ServerDatacenterEval"), {
      code: "KMS4007",
    });
  });

  it("is refused where the build is older, between known ones, or that of another system", () => {
    for (const [build, os] of [
      ["20347.1", "Windows Server 2022"],
      ["27000.1", "Windows 11"],
      ["26100.1", "Windows Server 2022"],
      ["20348.1", "Windows Server 2019"],
    ]) {
      assert.throws(() => refuse(build, os), { code: "KMS4006" }, `${build} as ${os}`);
    }
  });

  it("is warned of with the builds that are known", () => {
    const [first, ...others] = newerBuildDiagnostics("KMS1", "20400.1", "Windows Server 2022");
    assert.deepEqual([first.code, first.severity, first.path], ["KMS4019", "warning", "os"]);
    assert.match(
      first.message,
      /KMS1 runs Windows build 20400\.1, newer than .*Windows Server 2022 .*\(20348\)/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(newerBuildDiagnostics("KMS1", "20348.9999", "Windows Server 2022"), []);
    assert.deepEqual(newerBuildDiagnostics("KMS1", "20400.1", undefined), []);
  });
});

describe("a KMSHost whose machine has a newer build", () => {
  const key = { keyGroup: "Volume License for Windows Server 2022", productKey: labKey };

  after(stopMocks);

  /** What is logged about such a host. */
  async function logged(acknowledge?: { code: string; reason: string }[]): Promise<string[]> {
    const outputs = ({ type }: { type: string }) =>
      type === activationType ? { ...found, osBuild: "20400.1" } : {};
    await recordDeclared([], { preview: false, outputs, call: () => ({}) });
    const { warn, info } = pulumi.log;
    const lines: string[] = [];
    const log = pulumi.log as { warn: unknown; info: unknown };
    log.warn = (text: string) => void lines.push(`warning ${text}`);
    log.info = (text: string) => void lines.push(`info ${text}`);
    try {
      const args = { key, os: "Windows Server 2022", machine: { azureVmId }, acknowledge };
      new KMSHost("kms", args);
      await allDeclared();
    } finally {
      Object.assign(log, { warn, info });
    }
    return lines.filter((line) => line.includes("KMS4019")).map((line) => line.split(",")[0]);
  }

  it("warns on the host, or informs where that is acknowledged", async () => {
    assert.deepEqual(await logged(), ["warning KMS4019 os: KMS1 runs Windows build 20400.1"]);
    const acknowledge = [{ code: "KMS4019", reason: "a preview of Windows" }];
    assert.deepEqual(await logged(acknowledge), ["info KMS4019 os: KMS1 runs Windows build 20400.1"]);
  });
});
