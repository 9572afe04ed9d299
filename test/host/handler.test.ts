import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { officeGroup } from "../../provider/catalog/key-groups";
import { create, diff, update } from "../../provider/handlers";
import { observeHostPlan } from "../../provider/host/plan";
import { defaultSettings, hostSettings, type HostSettings } from "../../provider/host/settings";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { openMachine } from "../../provider/machine/open-machine";
import { hostInputs, hostKey, type HostLab, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { consentEnd } from "../consent-end";
import { printedOf } from "./printed-of";
import { storedHost } from "./stored-host";

const ssh = { host: "10.0.0.4", user: "admin", password: "invented", hostKeyFingerprint: "SHA256:invented" };

const declared: ManagedHostInputs = { ...hostInputs, edition: "Datacenter", ledger: "file:///nowhere" };

/** What the engine stores of that host when it needs nothing. */
const stored = storedHost(declared);

const withKind = (outputs: object) => ({ ...outputs, kind: "HostActivation", stateVersion: 1 });
const difference = (olds: object, news: object) =>
  muted(() => diff("id", withKind(olds) as never, news as never));

describe("the difference between a stored host and its inputs", () => {
  const changes = async (changed: object, olds: object = stored) =>
    (await difference(olds, { ...declared, ...changed })).changes;

  it("is none where nothing changed", async () => {
    assert.equal(await changes({}), false);
  });

  /** A change of each input, as the type has it. */
  const changed: Required<
    Omit<{ [Name in keyof ManagedHostInputs]: ManagedHostInputs[Name] }, "kind" | "readOnly" | "strict">
  > = {
    name: "other",
    stack: "organization/lab/other",
    azureVmId: idOf("Microsoft.Compute/virtualMachines/other"),
    ssh,
    tags: { team: "licensing" },
    os: "Windows Server 2019",
    edition: "Standard",
    keyGroup: "Volume License for Windows Server 2025",
    activationId: "f3d89bbf-c0ec-47ce-a8fa-e5a5f97e447f",
    productKey: "NKMSN-NNNNN-NNNNN-NNNNN-NNNNN",
    activation: "none",
    confirmationId: "1".repeat(48),
    settings: { ...declared.settings!, port: 1700 },
    ledger: "file:///elsewhere",
    activationsSpent: { hosts: 1, activations: 1 },
    hostLimitException: { hosts: 7, reference: "SR-1" },
    adopt: true,
    keepMachine: false,
    findings: [{ code: "KMS2116", message: "KMS2116 a rule closes TCP 443." }],
    acknowledge: [{ code: "KMS2004", reason: "tested" }],
    timeoutMinutes: 90,
  };
  /** They say nothing of the host. A confirmation ID belongs to the activation `offline`. */
  const withoutDifference = ["findings", "acknowledge", "timeoutMinutes", "confirmationId"];
  /** What spends a host is refused unless it is acknowledged. */
  const acknowledge = ["KMS6030", "KMS6031"].map((code) => ({ code, reason: "tested", until: consentEnd }));

  for (const [name, value] of Object.entries(changed)) {
    const expected = !withoutDifference.includes(name);
    it(`is ${expected ? "found" : "none"} where ${name} changed`, async () => {
      assert.equal(await changes({ acknowledge, [name]: value }), expected);
    });
    if (expected) {
      it(`is found where ${name} is not known yet`, async () => {
        assert.equal(await changes({ [name]: pulumi.runtime.unknownValue }), true);
      });
    }
  }

  const settings: HostSettings = {
    installRole: false,
    port: 1700,
    activationIntervalMinutes: 15,
    renewalIntervalMinutes: 15,
    lowPriority: true,
    dnsPublishing: true,
    publishedDomains: ["corp.example,0,0"],
    firewallProfiles: ["Domain"],
  };
  for (const [name, value] of Object.entries(settings)) {
    it(`is found where the setting ${name} changed`, async () => {
      assert.ok(name in hostSettings);
      assert.equal(await changes({ settings: { ...declared.settings, [name]: value } }), true);
    });
  }

  it("is found where an optional input was given before and is left out now", async () => {
    for (const name of ["os", "tags", "activationsSpent", "hostLimitException", "settings"] as const) {
      const olds = { ...stored, [name]: changed[name] };
      const { [name]: _left, ...news } = declared as unknown as Record<string, unknown>;
      assert.equal((await difference(olds, news)).changes, true, name);
    }
  });

  it("is found for a confirmation ID until it was deposited", async () => {
    const offline = { activation: "offline", confirmationId: "1".repeat(48) };
    const waiting = { ...stored, activation: "offline" };
    assert.equal(await changes(offline, waiting), true);
    assert.equal(await changes(offline, { ...waiting, confirmed: true }), false);
  });

  it("is found where something drifted, or an entry in a ledger is yet to be retired", async () => {
    assert.equal(await changes({}, { ...stored, drift: ["listening port is 1700, expected 1688"] }), true);
    const { ledger, stack, name, keyFingerprint: fingerprint, keyEnding, keyGroup, machineId } = stored;
    const entry = { ledger, stack, name, keyFingerprint: fingerprint, keyEnding, keyGroup, machineId };
    assert.equal(await changes({}, { ...stored, formerEntries: [entry] }), true);
  });

  it("is reported as drift with a code and a level, which an acknowledgement lowers and strict does not raise", async () => {
    const drift = ["listening port is 1700, expected 1688", "license status is Notification"];
    const printed = async (changed: object, olds: object = { ...stored, drift }) =>
      (await printedOf(() => diff("id", withKind(olds) as never, { ...declared, ...changed }))).printed;
    const said =
      "KMS4029 kms is not in the desired state any more: listening port is 1700, expected 1688; license status is Notification. `pulumi up` brings it back.";
    assert.ok((await printed({})).includes(`kms: warning: ${said}`), await printed({}));
    assert.ok((await printed({ strict: true })).includes(`kms: warning: ${said}`));
    const accepted = await printed({ acknowledge: [{ code: "KMS4029", reason: "maintenance" }] });
    assert.ok(
      accepted.includes(`kms: ${said}`) && accepted.includes("(acknowledged: maintenance)"),
      accepted,
    );
    assert.doesNotMatch(await printed({}, stored), /KMS4029/);
  });

  it("is a replacement for another Azure machine alone, and an ID in another case is the same one", async () => {
    const { azureVmId } = declared;
    const same = await difference(stored, { ...declared, azureVmId: azureVmId!.toUpperCase() });
    assert.deepEqual([same.changes, same.replaces], [false, []]);
    const other = await difference(stored, { ...declared, acknowledge, azureVmId: changed.azureVmId });
    assert.deepEqual(other.replaces, ["azureVmId"]);
    const { azureVmId: _azureVmId, ...news } = { ...declared, ssh: { ...ssh, user: "other" } };
    const overSsh = await difference({ ...stored, azureVmId: undefined, ssh }, news);
    assert.deepEqual([overSsh.changes, overSsh.replaces], [true, []]);
  });

  it("refuses a key group at preview that the operating system found on the machine cannot host", async () => {
    const { os: _os, edition: _edition, ...asFound } = declared;
    const { os: _stored, edition: _its, ...olds } = stored;
    const keyGroup = "Volume license for Windows 10";
    await assert.rejects(difference(olds, { ...asFound, keyGroup }), {
      code: "KMS2004",
      message: /^KMS2004 key\.keyGroup: /,
    });
  });
});

describe("a host activation", function () {
  this.timeout(30_000);
  let arm: Arm;
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ arm, ledger } = lab));

  const inputs = (changes: object = {}) => ({ ...hostInputs, ledger: ledger.url, ...changes });
  const created = async (changes: object = {}) =>
    (await muted(() => create(inputs(changes) as never))).outs as ManagedHostOutputs;
  const updated = async (olds: object, changes: object) =>
    (await muted(() => update("id", olds as never, inputs(changes) as never))).outs as ManagedHostOutputs;
  const runCommands = async () =>
    (await arm.control.requests())
      .filter(({ type }) => /runCommands/i.test(type))
      .reduce((sum, { count }) => sum + count, 0);

  it("stores the machine as found, and neither the key nor a confirmation ID", async () => {
    const { os: _os, ...asFound } = inputs({ confirmationId: "1".repeat(48) });
    const { outs } = await muted(() => create(asFound as never));
    const { foundOs, foundEdition, listeningPort, activatedAt, timeoutMinutes } = outs as ManagedHostOutputs &
      Record<string, unknown>;
    assert.deepEqual([foundOs, foundEdition, listeningPort], ["Windows Server 2022", "Datacenter", 1688]);
    assert.match(activatedAt ?? "", /^\d{4}-\d{2}-\d{2}T/);
    assert.equal(timeoutMinutes, undefined);
    const text = JSON.stringify(outs);
    assert.ok(!text.includes(hostKey));
    assert.ok(!text.includes("1".repeat(48)));
  });

  it("refuses what differs from what is declared, before anything is changed", async () => {
    for (const [changes, code] of [
      [{ os: "Windows Server 2019" }, "KMS4006"],
      [{ edition: "Standard" }, "KMS4016"],
    ] as const) {
      await assert.rejects(created(changes), { code });
    }
    const [machine] = await arm.control.machines();
    assert.equal(machine.productKeyChannel, "Volume:GVLK");
    assert.deepEqual(await ledger.outcomes(), []);
  });

  it("refuses a key that the operating system found cannot host, in the words of the preview", async () => {
    const keyGroup = "Volume license for Windows 10";
    const { os: _os, ...asFound } = inputs({ keyGroup });
    await assert.rejects(
      muted(() => create(asFound as never)),
      { code: "KMS2004", message: /^KMS2004 key\.keyGroup: .*Windows Server 2022/ },
    );
    assert.deepEqual(await ledger.outcomes(), []);
  });

  it("is not reached for changed tags, which are stored", async () => {
    const host = await created();
    const before = await runCommands();
    const tagged = await updated(host, { tags: { team: "licensing" } });
    assert.deepEqual(tagged.tags, { team: "licensing" });
    assert.equal((await updated(tagged, {})).tags, undefined);
    assert.equal(await runCommands(), before);
    await updated(tagged, { tags: {}, adopt: true });
    assert.ok((await runCommands()) > before);
  });

  it("brings the settings of the machine along with one key alone", async () => {
    const host = await created({ settings: undefined });
    assert.equal(host.settings, undefined);
    const settings = { ...defaultSettings, dnsPublishing: false, port: 1700 };
    assert.equal(host.listeningPort, 1688);
    assert.equal((await updated(host, { settings })).listeningPort, 1700);
  });

  it("brings role and firewall along with the first key of Office where there is none of Windows", async () => {
    const office = officeGroup("Office LTSC 2024")!;
    const { productKey } = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === office.name)!;
    await arm.control.installLicensePack("kms", "Office LTSC 2024");
    const settings = { ...defaultSettings, firewallProfiles: ["Domain"] };
    const { activationId, name: keyGroup } = office;
    const host = await created({ keyGroup, activationId, productKey, settings });
    assert.deepEqual([host.licenseStatus, host.partialProductKey, host.drift], ["Licensed", "N4N4K", []]);
    const answer = await openMachine(hostInputs).run(
      observeHostPlan(),
      {},
      { deadline: Date.now() + 60_000 },
    );
    assert.deepEqual(answer.features, { VolumeActivation: "Installed" });
    assert.deepEqual(answer.firewall, { "pulumi-windows-kms-In-TCP": "enabled:1688:Domain" });
    assert.equal(answer.product?.ProductKeyChannel, "Volume:GVLK", "Windows keeps its own key");
  });
});
