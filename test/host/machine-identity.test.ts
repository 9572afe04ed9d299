import assert from "node:assert/strict";
import { hostState } from "../../provider/host/observed";
import type { LicensingAnswer } from "../../provider/machine/licensing-plan";

const answer = (uuid: string, name: string): LicensingAnswer => ({
  version: 1,
  operations: [],
  machine: {
    name,
    domain: "",
    uuid,
    osBuild: "20348.1",
    editionId: "ServerDatacenter",
    productType: 3,
    utc: "2027-01-31T10:00:00Z",
  },
  service: {},
  product: null,
  features: {},
  firewall: {},
  events: {},
});
const idOf = (uuid: string, name: string) => hostState(answer(uuid, name)).machineId;

describe("the identity of a KMS host in the ledger", () => {
  it("is its SMBIOS UUID, whatever its name", () => {
    const uuid = "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55";
    assert.equal(idOf(uuid, "KMS1"), uuid);
    assert.equal(idOf(uuid, "KMS2"), uuid);
  });

  for (const shared of [
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "03000200-0400-0500-0006-000700080009",
    "",
  ]) {
    it(`has the computer's name where boards share the UUID "${shared}", so that two machines are two hosts`, () => {
      assert.equal(idOf(shared, "KMS1"), `${shared}/kms1`.toLowerCase());
      assert.notEqual(idOf(shared, "KMS1"), idOf(shared, "KMS2"));
    });
  }
});
