import assert from "node:assert/strict";
import { addressesIn, addressOf } from "../../provider/group/member-actions";
import { memberKey, memberName } from "../../provider/group/state";

const azureVmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web";
const tags = { team: "web" };
const common = { user: "admin", password: "invented", jump: { host: "bastion" } };
const server = { name: "srv:2222", ssh: { host: "srv", port: 2222, hostKeyFingerprint: "SHA256:x" } };

describe("the address of a member", () => {
  it("in Azure is its ID, and has the tags of the run commands", () => {
    assert.deepEqual(addressOf({ azureVmId }, { tags, ssh: common }), { azureVmId, tags });
  });

  it("over SSH has what all have in common, unless the machine has its own", () => {
    assert.deepEqual(addressOf(server, { tags, ssh: common }), { ssh: { ...common, ...server.ssh } });
    const own = { ...server.ssh, user: "other" };
    assert.equal(addressOf({ ssh: own }, { tags, ssh: common }).ssh?.user, "other");
    assert.deepEqual(addressOf({ ssh: own }, { tags }).ssh, own);
  });

  it("is found by the member's state, which has no secrets", () => {
    const state = { ...memberName(server), status: "Licensed" as const };
    assert.deepEqual(state, { name: "srv:2222", ssh: "srv:2222 SHA256:x", status: "Licensed" });
    const addressOfMember = addressesIn({ tags, ssh: common, machines: [server] });
    assert.equal(addressOfMember(state).ssh?.password, "invented");
    assert.deepEqual(addressOfMember({ name: "web", azureVmId, status: "Licensed" }), { azureVmId, tags });
  });
});

describe("the identity of a member", () => {
  it("is its ID in any case, its server with the fingerprint, or its name in a Uniform scale set", () => {
    assert.equal(memberKey({ name: "web", azureVmId }), azureVmId.toLowerCase());
    assert.equal(memberKey(server), "srv:2222 SHA256:x");
    assert.equal(memberKey({ name: "web_3" }), "web_3");
  });
});
