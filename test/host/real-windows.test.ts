import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { create, diff, read, update } from "../../provider/handlers";
import { hostDrift } from "../../provider/host/plan";
import { hostState, policyDiagnostics } from "../../provider/host/observed";
import { desiredByOutputs } from "../../provider/host/ensure";
import type { HostSettings } from "../../provider/host/settings";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";
import { azureEndpoint } from "../environment";
import { hostInputs, hostKey, startHostLab, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { answer } from "../machine/answer";

/** What the handler says under the stack while it works. */
async function spoken<Result>(work: () => Promise<Result>): Promise<{ result?: Result; said: string }> {
  const { write } = process.stdout;
  let said = "";
  process.stdout.write = (text: string) => {
    said += text;
    return true;
  };
  try {
    return { result: await work(), said };
  } finally {
    process.stdout.write = write;
  }
}

const withKind = (outputs: object) => ({ ...outputs, kind: "HostActivation", stateVersion: 1 });

/** The outputs that a failed step leaves behind. */
const partial = (error: unknown) => (error as { properties: ManagedHostOutputs }).properties;

/** What the lab's record has of a request. */
interface SentRequest {
  method: string;
  path: string;
  body: { properties: { protectedParameters?: { name: string }[] } };
}

describe("a KMS host on a real Windows", function () {
  this.timeout(30_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let folder: string;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    folder = mkdtempSync(path.join(tmpdir(), "real-windows-"));
    arm = await startHostLab({ record: path.join(folder, "requests.jsonl") });
    findAzureAt(arm.endpoint);
  });
  afterEach(async () => {
    await arm?.close();
    await ledger?.remove();
    rmSync(folder, { recursive: true });
  });

  const inputs = (changes: Partial<HostSettings> = {}): ManagedHostInputs => ({
    ...hostInputs,
    ledger: ledger.url,
    settings: { ...hostInputs.settings!, ...changes },
  });
  const created = async (given = inputs()) =>
    (await muted(() => create(given as never))).outs as ManagedHostOutputs;
  const updated = async (olds: ManagedHostOutputs, news = inputs()) =>
    (await muted(() => update("id", withKind(olds) as never, news as never))).outs as ManagedHostOutputs;
  const refreshed = async (host: ManagedHostOutputs) =>
    (await muted(() => read("id", withKind(host) as never))).props as ManagedHostOutputs;
  const sent = () =>
    readFileSync(path.join(folder, "requests.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as SentRequest)
      .filter(({ method }) => method === "PUT");
  const machine = async () =>
    (await arm.control.machines()).find(({ computerName }) => computerName === "kms")!;
  const spent = async () =>
    (await arm.control.activations(hostKey.slice(-5))).map(({ activations }) => activations);

  it("gets its key sealed for a key pair of its own, which serves once, and the key in clear never", async () => {
    const host = await created();
    const runCommands = sent().filter(({ path }) => path.includes("/runCommands/"));
    const protectedNames = runCommands.map(({ body }) =>
      (body.properties.protectedParameters ?? []).map(({ name }) => name),
    );
    assert.deepEqual(protectedNames, [[], ["sealedKey"]], "looked at, then activated");
    assert.deepEqual((await machine()).keyPairs, []);
    assert.equal((await machine()).partialProductKey, hostKey.slice(-5));
    await updated(host, inputs({ port: 1690 }));
    assert.deepEqual((await machine()).keyPairs, [], "its key is installed");
  });

  it("KMS3035: is left alone where it can make no key pair, and nothing is reserved", async () => {
    await arm.control.setMachineConditions("kms", { unreadable: ["keyPair"] });
    await assert.rejects(created(), { code: "KMS3035", message: /kms could not make a key pair/ });
    assert.equal((await machine()).licenseStatus, 2);
    assert.deepEqual(await spent(), []);
  });

  it("restarts its licensing service where a setting was changed that needs it, and only then", async () => {
    const host = await created();
    const atFirst = (await machine()).restarts;
    assert.equal((await machine()).publishedPort, undefined);
    const moved = await updated(host, inputs({ port: 1690, renewalIntervalMinutes: 20_160 }));
    assert.deepEqual(moved.drift, []);
    assert.equal((await machine()).restarts, atFirst + 1);
    await updated(
      moved,
      inputs({ port: 1690, renewalIntervalMinutes: 20_160, firewallProfiles: ["Public"] }),
    );
    assert.equal((await machine()).restarts, atFirst + 1, "a firewall rule counts at once");
    assert.deepEqual(await spent(), [1]);
  });

  it("needs no restart for the port and the intervals that Windows has anyway, nor does one that publishes", async () => {
    await created(inputs({ dnsPublishing: true }));
    assert.equal((await machine()).restarts, 0);
  });

  it("is restarted by the next update where the restart failed, which a refresh names", async () => {
    const host = await created();
    await arm.control.setMachineConditions("kms", { refuses: ["windowsService Restart"] });
    const failed = await updated(host, inputs({ port: 1690 })).catch(partial);
    const drift = ["Windows' licensing service works with former settings, expected a restart"];
    assert.deepEqual(failed.drift, drift);
    assert.deepEqual((await refreshed(failed)).drift, drift);
    await arm.control.setMachineConditions("kms", { refuses: [] });
    const { changes } = await muted(() =>
      diff("id", withKind(failed) as never, inputs({ port: 1690 }) as never),
    );
    assert.equal(changes, true);
    const before = (await machine()).restarts;
    assert.deepEqual((await updated(failed, inputs({ port: 1690 }))).drift, []);
    assert.equal((await machine()).restarts, before + 1);
    assert.deepEqual(await spent(), [1]);
  });

  it("publishes nothing at its activation where the package publishes it", async () => {
    await created();
    assert.equal((await machine()).publications, 0);
  });

  it("is published by Windows at its activation where the program says so", async () => {
    await created(inputs({ dnsPublishing: true }));
    assert.equal((await machine()).publications, 1);
  });

  it("serves without the volume activation tools where these can't be installed, and says so", async () => {
    await arm.control.setMachineConditions("kms", { refuses: ["feature Install"] });
    const { result, said } = await spoken(() => create(inputs() as never));
    const host = result!.outs as ManagedHostOutputs;
    assert.equal(host.licenseStatus, "Licensed");
    assert.deepEqual(host.drift, ["Windows feature VolumeActivation is Available, expected Installed"]);
    assert.match(
      said,
      /KMS4022 .*VolumeActivation.* kms: 0x800F081F \(DISMAPI_Error__Cbs_Download_Failure,/i,
    );
    assert.deepEqual((await created({ ...inputs({ installRole: false }), adopt: true })).drift, []);
  });

  it("has no drift where a part of it can't be read, and says which", async () => {
    const host = await created();
    await arm.control.setMachineConditions("kms", { unreadable: ["feature", "firewall"] });
    const { result, said } = await spoken(() => read("id", withKind(host) as never));
    assert.deepEqual((result!.props as ManagedHostOutputs).drift, []);
    assert.match(said, /KMS3018 kms answered, but feature VolumeActivation could not be read: 0x80070005/i);
    assert.match(said, /KMS3018 kms answered, but firewall pulumi-windows-kms-In-TCP could not be read/i);
  });

  it("fails at a firewall rule that Windows refuses, with what was done kept", async () => {
    await arm.control.setMachineConditions("kms", { refuses: ["firewall Allow"] });
    const failed: unknown = await created().catch((error: unknown) => error);
    assert.match((failed as Error).message, /KMS4001 kms refused the step allowPort with 0x80070005/i);
    assert.equal(partial(failed).licenseStatus, "Licensed");
    assert.ok(partial(failed).activatedAt !== undefined);
  });

  for (const part of ["service", "product", "reservations"]) {
    it(`is left alone where its ${part} can't be read: nothing is activated or reserved`, async () => {
      await arm.control.setMachineConditions("kms", { unreadable: [part] });
      await assert.rejects(created(), new RegExp(`KMS3018 kms answered, but ${part} could not be read`, "i"));
      assert.deepEqual(await spent(), []);
      assert.deepEqual(await ledger.outcomes(), []);
    });
  }

  it("keeps that it was activated where it can't be read any more after that", async () => {
    await arm.control.addFault({ match: "^PUT .*/runCommands/", times: 3, scriptMilliseconds: 600 });
    const creation = created().catch((error: unknown) => error);
    while (!(await machine()).reservations.some((line) => line.endsWith("started"))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await arm.control.setMachineConditions("kms", { unreadable: ["product"] });
    const failed = await creation;
    assert.match((failed as Error).message, /KMS(3018|4001)/);
    assert.ok(partial(failed).activatedAt !== undefined);
    assert.notDeepEqual(partial(failed).drift, []);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    await arm.control.setMachineConditions("kms", { unreadable: [] });
    assert.equal((await updated(partial(failed))).licenseStatus, "Licensed");
    assert.deepEqual(await spent(), [1]);
  });

  it("KMS3017: is not touched where a policy leaves PowerShell its constrained language, and spends nothing", async () => {
    await arm.control.setMachineConditions("kms", { constrainedLanguage: true });
    await assert.rejects(created(), /KMS3017 a policy of kms .*ConstrainedLanguage/);
    assert.deepEqual(await ledger.outcomes(), []);
    await arm.control.setMachineConditions("kms", { constrainedLanguage: false, signedScriptsOnly: true });
    await assert.rejects(created(), /KMS3017 a policy of kms .*signed scripts/);
  });

  it("KMS4023: tells in which profiles a group policy makes Windows ignore its rule", async () => {
    await arm.control.setMachineConditions("kms", { ignoredFirewallProfiles: ["Public", "Domain"] });
    const host = await created();
    assert.deepEqual([host.policyProfiles, host.drift], ["Domain,Public", []]);
    const [{ code, message, severity }] = policyDiagnostics("kms", "Domain,Public", {
      port: 1688,
      profiles: ["Private", "Public"],
    });
    assert.deepEqual([code, severity], ["KMS4023", "warning"]);
    assert.match(message, /ignore local firewall rules in the profiles Public, /);
    assert.deepEqual(policyDiagnostics("kms", "Domain", { port: 1688, profiles: ["Public"] }), []);
    await arm.control.setMachineConditions("kms", { ignoredFirewallProfiles: [] });
    assert.equal((await refreshed(host)).policyProfiles, undefined);
  });

  it("has drift where its rule admits its own subnet only", async () => {
    const host = await created();
    const firewall = (rule: string) =>
      hostDrift(
        desiredByOutputs(host),
        hostState(
          answer({
            service: {
              KeyManagementServiceDnsPublishing: false,
              VLActivationInterval: 120,
              VLRenewalInterval: 10080,
            },
            product: {
              PartialProductKey: host.keyEnding,
              ProductKeyChannel: "Volume:CSVLK",
              LicenseStatus: 1,
            },
            firewall: { "pulumi-windows-kms-In-TCP": rule },
          }),
        ),
      );
    assert.deepEqual(firewall("enabled:1688:Domain,Private,Public"), []);
    assert.deepEqual(firewall("limited:1688:Domain,Private,Public:remote LocalSubnet"), [
      "inbound firewall rule is limited:1688:Domain,Private,Public:remote LocalSubnet, expected enabled:1688:Domain,Private,Public",
    ]);
  });
});
