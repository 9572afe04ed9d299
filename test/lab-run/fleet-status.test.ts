import assert from "node:assert/strict";
import { fleetStatus, fleetTable } from "./fleet-status";

const host = {
  name: "kms",
  computerName: "kms",
  partialProductKey: "NNABC",
  licenseStatus: "Licensed",
};
const licensed = {
  name: "web-0",
  azureVmId: "/id/0",
  status: "Licensed",
  key: "6VM33",
  host: "kms.corp.example",
  count: 5,
  expiry: "2027-05-24T10:00:00Z",
  error: "",
};
const failed = {
  ...licensed,
  name: "web-10",
  status: "Failed",
  count: 0,
  expiry: "",
  error: "0xC004F074 no host",
};

const exported = {
  deployment: {
    resources: [
      { type: "pulumi:pulumi:Stack" },
      {
        type: "pulumi-nodejs:dynamic/kms:HostActivation",
        outputs: { ...host, azureVmId: "/id/h", currentCount: 0, drift: [] },
      },
      {
        type: "pulumi-nodejs:dynamic/kms:ClientActivation",
        outputs: { name: "web", members: [licensed, failed] },
      },
    ],
  },
};

describe("fleetStatus", () => {
  it("has every host and every member of the stack", () => {
    assert.deepEqual(fleetStatus(exported), {
      hosts: [host],
      members: [
        { group: "web", ...licensed },
        { group: "web", ...failed },
      ],
    });
  });

  it("is empty for a stack without resources", () => {
    assert.deepEqual(fleetStatus({ deployment: {} }), { hosts: [], members: [] });
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
      "web           web-10  Failed    6VM33  kms.corp.example  0                            0xC004F074 no host",
    ]);
  });
});
