import assert from "node:assert/strict";
import { hostDrift } from "../../provider/host/settings";
import { hostState } from "../../provider/host/observed";
import type { DesiredHost } from "../../provider/host/settings";
import { answer } from "../machine/answer";

const desired: DesiredHost = {
  os: "Windows Server 2022",
  partialProductKey: "ABCDN",
  activation: "online",
  port: 1688,
  activationIntervalMinutes: 120,
  renewalIntervalMinutes: 10080,
  lowPriority: false,
  dnsPublishing: false,
  installRole: true,
  firewallProfiles: ["Public", "Domain", "Private"],
};

const asWished = answer({
  service: {
    KeyManagementServiceListeningPort: 1688,
    KeyManagementServiceLowPriority: false,
    KeyManagementServiceDnsPublishing: false,
    VLActivationInterval: 120,
    VLRenewalInterval: 10080,
  },
  product: { PartialProductKey: "ABCDN", ProductKeyChannel: "Volume:CSVLK", LicenseStatus: 1 },
  features: { VolumeActivation: "Installed" },
  firewall: { "SPPSVC-In-TCP": "enabled:1688:Domain,Private,Public" },
});

const drift = (service: object = {}, product: object = {}, rest: object = {}) =>
  hostDrift(
    desired,
    hostState(
      {
        ...asWished,
        service: { ...asWished.service, ...service },
        product: { ...asWished.product, ...product },
        ...rest,
      },
      1688,
    ),
  );

describe("drift of a KMS host", () => {
  it("is empty when the machine is as wanted", () => {
    assert.deepEqual(drift(), []);
  });

  it("takes port 0 and a missing port for the default", () => {
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: 0 }), []);
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: null }), []);
  });

  it("names each difference with both values", () => {
    assert.deepEqual(drift({ KeyManagementServiceListeningPort: 1700 }), [
      "listening port is 1700, wanted 1688",
    ]);
    assert.deepEqual(drift({ VLActivationInterval: 60 }), [
      "activation interval in minutes is 60, wanted 120",
    ]);
    assert.deepEqual(drift({ VLRenewalInterval: 60 }), ["renewal interval in minutes is 60, wanted 10080"]);
    assert.deepEqual(drift({ KeyManagementServiceLowPriority: true }), [
      "thread priority is low, wanted normal",
    ]);
    assert.deepEqual(drift({ KeyManagementServiceDnsPublishing: true }), [
      "DNS publishing by Windows is on, wanted off",
    ]);
    assert.deepEqual(drift({}, { LicenseStatus: 5 }), ["license status is Notification, wanted Licensed"]);
    assert.deepEqual(drift({}, { PartialProductKey: "OTHER" }), [
      "ending of the product key is OTHER, wanted ABCDN",
    ]);
  });

  it("finds a closed firewall and a missing role", () => {
    assert.deepEqual(
      drift({}, {}, { firewall: { "SPPSVC-In-TCP": "disabled:1688:Domain,Private,Public" } }),
      [
        "inbound firewall rule is disabled:1688:Domain,Private,Public, wanted enabled:1688:Domain,Private,Public",
      ],
    );
    assert.deepEqual(drift({}, {}, { features: { VolumeActivation: "Available" } }), [
      "Windows feature VolumeActivation is Available, wanted Installed",
    ]);
  });

  it("does not ask for the role where the system has no roles", () => {
    assert.deepEqual(drift({}, {}, { features: { VolumeActivation: "unsupported" } }), []);
  });
});
