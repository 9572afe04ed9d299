import assert from "node:assert/strict";
import { storeMembers } from "../../provider/group/stored-members";
import { fleetStatus, fleetTable } from "./fleet-status";

const host = {
  name: "kms",
  computerName: "kms",
  partialProductKey: "NNABC",
  licenseStatus: "Licensed",
};
const vmId = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/kms/providers/Microsoft.Compute/virtualMachines/${name}`;
const licensed = {
  name: "web-0",
  azureVmId: vmId("web-0"),
  status: "Licensed" as const,
  partialProductKey: "6VM33",
  kmsHost: "kms.corp.example",
  currentCount: 5,
  expiresAt: "2027-05-24T10:00:00Z",
};
const failed = {
  name: "web-10",
  azureVmId: vmId("web-10"),
  status: "Failed" as const,
  partialProductKey: "6VM33",
  kmsHost: "kms.corp.example",
  error: "0xC004F074 no host",
};

const exported = {
  deployment: {
    resources: [
      { type: "pulumi:pulumi:Stack" },
      {
        type: "pulumi-nodejs:dynamic/windows-kms:HostActivation",
        outputs: { ...host, azureVmId: "/id/h", currentCount: 0, drift: [] },
      },
      {
        type: "pulumi-nodejs:dynamic/windows-kms:ClientActivation",
        outputs: { name: "web", ...storeMembers([licensed, failed]) },
      },
    ],
  },
};

describe("fleetStatus", () => {
  it("has every host and every member of the stack", () => {
    assert.deepEqual(fleetStatus(exported), {
      features: ["hostAddresses", "powerStates", "runCommands"],
      hosts: [host],
      members: [
        { group: "web", ...licensed },
        { group: "web", ...failed },
      ],
    });
  });

  it("is empty for a stack without resources", () => {
    assert.deepEqual(fleetStatus({ deployment: {} }), { features: [], hosts: [], members: [] });
  });
});

describe("fleetTable", () => {
  it("has a line for each machine, in columns", () => {
    assert.deepEqual(fleetTable(fleetStatus(exported)), [
      "KMS host  machine  status    key",
      "kms       kms      Licensed  NNABC",
      "",
      "client group  member  status    key    KMS host          count  expiry",
      "web           web-0   Licensed  6VM33  kms.corp.example  5      2027-05-24T10:00:00Z",
      "web           web-10  Failed    6VM33  kms.corp.example                               0xC004F074 no host",
    ]);
  });
});
