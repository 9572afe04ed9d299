import assert from "node:assert/strict";
import { ensureClientPlan } from "../../../provider/group/plan";
import { boot, clientWish, setupKeys, testLab, type TestLab, windows10 } from "./test-lab";

const host = { name: "azkms.core.windows.net", port: 1688 };

/** Makes a machine a client of Azure's own KMS. */
function ensure(lab: TestLab, id: string, setupKey = setupKeys.server2022Datacenter) {
  const wish = { ...clientWish(setupKey), discovery: "host" as const, host };
  return lab.fleet.runLicensingPlan(id, ensureClientPlan(wish), {});
}

describe("Azure's own KMS in the lab", () => {
  it("activates the first machine that asks, server or client", () => {
    const lab = testLab();
    lab.inAzure = true;
    const server = ensure(lab, boot(lab, "web1"));
    assert.equal(server.product?.LicenseStatus, 1);
    assert.equal(server.service.KeyManagementServiceMachine, host.name);
    assert.equal(server.events.response?.split(",")[0], "0x00000000");
    const client = ensure(lab, boot(lab, "pc1", windows10), setupKeys.windows10Enterprise);
    assert.equal(client.product?.LicenseStatus, 1);
  });

  it("cannot be contacted from elsewhere, as Windows says it", () => {
    const lab = testLab();
    const answer = ensure(lab, boot(lab, "web1"));
    assert.equal(answer.operations.at(-1)?.hresult, "0xC004F074");
    assert.match(answer.events.request ?? "", /^0x800706BA,0x00000000,azkms\.core\.windows\.net:1688,/);
  });
});
