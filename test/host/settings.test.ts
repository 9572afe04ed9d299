import assert from "node:assert/strict";
import { hostState } from "../../provider/host/observed";
import { type DesiredHost, ensureHostPlan, hostDrift, observeHostPlan } from "../../provider/host/plan";
import { defaultSettings, hostSettings, type HostSettings } from "../../provider/host/settings";
import type { LicensingAnswer } from "../../provider/machine/licensing-plan";
import { answer } from "../machine/answer";

const values: HostSettings = {
  ...defaultSettings,
  dnsPublishing: false,
  firewallProfiles: ["Public", "Domain", "Private"],
};
const desired: DesiredHost = { partialProductKey: "ABCDN", activation: "online", settings: { values } };

/** What the script answers on a host in this desired state. */
const inDesiredState = answer({
  service: {
    KeyManagementServiceListeningPort: 1688,
    KeyManagementServiceLowPriority: false,
    KeyManagementServiceDnsPublishing: false,
    VLActivationInterval: 120,
    VLRenewalInterval: 10080,
  },
  product: { PartialProductKey: "ABCDN", ProductKeyChannel: "Volume:CSVLK", LicenseStatus: 1 },
  features: { VolumeActivation: "Installed" },
  firewall: { "pulumi-windows-kms-In-TCP": "enabled:1688:Domain,Private,Public" },
  registry: { DnsDomainPublishList: null },
});

const driftOf = (found: LicensingAnswer, host = desired) => hostDrift(host, hostState(found));

const drift = (service: object = {}, product: object = {}, rest: object = {}) =>
  driftOf({
    ...inDesiredState,
    service: { ...inDesiredState.service, ...service },
    product: { ...inDesiredState.product, ...product },
    ...rest,
  });

describe("drift of a KMS host", () => {
  it("is empty when the machine is in the desired state", () => {
    assert.deepEqual(drift(), []);
  });

  it("takes port 0 and a missing port for the default", () => {
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: 0 }), []);
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: null }), []);
  });

  it("names each difference with both values", () => {
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: 1700 }), [
      "listening port is 1700, expected 1688",
    ]);
    assert.deepEqual(drift({ VLActivationInterval: 60 }), [
      "activation interval in minutes is 60, expected 120",
    ]);
    assert.deepEqual(drift({ VLRenewalInterval: 60 }), ["renewal interval in minutes is 60, expected 10080"]);
    assert.deepEqual(drift({ KeyManagementServiceLowPriority: true }), [
      "thread priority is low, expected normal",
    ]);
    assert.deepEqual(drift({ KeyManagementServiceDnsPublishing: true }), [
      "DNS publishing by Windows is on, expected off",
    ]);
    assert.deepEqual(drift({}, { LicenseStatus: 5 }), ["license status is Notification, expected Licensed"]);
    assert.deepEqual(drift({}, { PartialProductKey: "OTHER" }), [
      "ending of the product key is OTHER, expected ABCDN",
    ]);
  });

  it("finds a closed firewall and a missing role", () => {
    assert.deepEqual(
      drift({}, {}, { firewall: { "pulumi-windows-kms-In-TCP": "disabled:1688:Domain,Private,Public" } }),
      [
        "inbound firewall rule is disabled:1688:Domain,Private,Public, expected enabled:1688:Domain,Private,Public",
      ],
    );
    assert.deepEqual(drift({}, {}, { features: { VolumeActivation: "Available" } }), [
      "Windows feature VolumeActivation is Available, expected Installed",
    ]);
  });

  it("does not ask for the role where the system has no roles", () => {
    assert.deepEqual(drift({}, {}, { features: { VolumeActivation: "unsupported" } }), []);
    assert.deepEqual(drift({}, {}, { features: {} }), []);
  });

  it("says nothing of the settings of the KMS service before the key is activated, when Windows refuses them", () => {
    const waiting: DesiredHost = { ...desired, activation: "offline" };
    const found = { ...inDesiredState, product: { ...inDesiredState.product, LicenseStatus: 2 } };
    const elsewhere = { ...found, service: { ...found.service, KeyManagementServiceListeningPort: 1700 } };
    assert.deepEqual(driftOf(elsewhere, waiting), []);
    assert.deepEqual(driftOf({ ...elsewhere, features: { VolumeActivation: "Available" } }, waiting), [
      "Windows feature VolumeActivation is Available, expected Installed",
    ]);
  });
});

describe("the table of host settings", () => {
  const operations = (settings: Partial<HostSettings>, former?: Partial<HostSettings>) =>
    ensureHostPlan({
      ...desired,
      settings: {
        values: { ...values, ...settings },
        ...(former && { former: { ...values, ...former } }),
      },
    }).operations;

  it("gives each setting one operation, which is skipped where the machine has it, and reads it back", () => {
    const plan = operations({ publishedDomains: ["corp.example,0,0"] });
    const { read } = observeHostPlan();
    const names = [...read.service, ...read.features, ...read.firewall, ...(read.registry ?? [])];
    for (const [name, row] of Object.entries(hostSettings)) {
      const operation = plan.find(({ id }) => id === row.operation);
      assert.equal(operation?.method, row.method, name);
      assert.deepEqual([operation?.unless?.length, operation?.unless?.[0].on], [1, row.on], name);
      assert.ok(names.includes(operation?.unless?.[0].property ?? ""), name);
    }
  });

  it("writes what the guard then finds", () => {
    const changed = operations({ port: 1700, lowPriority: true, firewallProfiles: ["Private", "Domain"] });
    const written = changed.map(({ id, arguments: given, unless }) => [id, given, unless?.[0].is]);
    assert.deepEqual(
      written.filter(([id]) => ["setPort", "setPriority", "allowPort"].includes(id as string)),
      [
        ["setPort", { PortNumber: 1700 }, 1700],
        ["setPriority", { EnableLowPriority: true }, true],
        [
          "allowPort",
          { Name: "pulumi-windows-kms-In-TCP", Port: 1700, Profiles: "Domain,Private" },
          "enabled:1700:Domain,Private",
        ],
      ],
    );
  });

  it("applies them in the order that Windows takes them in: the role, the key, its activation, the settings", () => {
    assert.deepEqual(
      operations({}).map(({ id }) => id),
      [
        "installRole",
        "installKey",
        "refreshStatus",
        "stopPublishing",
        "restartBeforeActivation",
        "activate",
        "refreshActivation",
        "setPort",
        "setActivationInterval",
        "setRenewalInterval",
        "setPriority",
        "setPublishing",
        "allowPort",
        "restartService",
      ],
    );
  });
});

describe("the list of domains that Windows publishes in", () => {
  const listOf = (publishedDomains: string[], former?: string[]) => {
    const host = {
      ...desired,
      settings: {
        values: { ...values, publishedDomains },
        ...(former && { former: { ...values, publishedDomains: former } }),
      },
    };
    const operation = ensureHostPlan(host).operations.find(({ id }) => id === "setPublishedDomains");
    return { operation, drift: (list: string | null) => driftOf(withList(list), host) };
  };
  const withList = (list: string | null) => ({ ...inDesiredState, registry: { DnsDomainPublishList: list } });

  it("has the zones that Windows publishes, before the activation publishes the host", () => {
    const { operation, drift: found } = listOf(["corp.example,0,0", "lab.example,10,5"]);
    assert.deepEqual(operation, {
      id: "setPublishedDomains",
      on: "registry",
      method: "SetStrings",
      arguments: { Name: "DnsDomainPublishList", Strings: "corp.example,0,0;lab.example,10,5" },
      unless: [{ on: "registry", property: "DnsDomainPublishList", is: "corp.example,0,0;lab.example,10,5" }],
      needsRestart: "sppsvc",
    });
    assert.deepEqual(found("corp.example,0,0;lab.example,10,5"), []);
    assert.deepEqual(found(null), [
      "list of domains that Windows publishes in is missing, expected corp.example,0,0;lab.example,10,5",
    ]);
  });

  it("is left alone where an administrator made it", () => {
    const { operation, drift: found } = listOf([]);
    assert.equal(operation, undefined);
    assert.deepEqual(found("hand.example,0,0"), []);
  });

  it("is taken back when the last of the zones that Windows published leaves the program", () => {
    const { operation, drift: found } = listOf([], ["corp.example,0,0"]);
    assert.deepEqual(operation?.arguments, { Name: "DnsDomainPublishList", Strings: "" });
    assert.deepEqual(found("corp.example,0,0"), [
      "list of domains that Windows publishes in is corp.example,0,0, expected none",
    ]);
    assert.deepEqual(found(null), []);
  });
});
