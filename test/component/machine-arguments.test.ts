import assert from "node:assert/strict";
import {
  providers,
  azureVmId,
  scaleSetId,
  key,
  create,
  fingerprint,
  ssh,
  ofHost,
  ofGroup,
  messages,
  brief,
  refusal,
} from "./arguments";

describe("SSH servers", () => {
  it("need a host, and take a jump host that has none of its own", async () => {
    assert.deepEqual(
      await ofHost({ machine: { ssh: { ...ssh, jump: ssh, keepAliveSeconds: 30, agent: true } } }),
      [],
    );
    assert.deepEqual(await brief(ofHost({ machine: { ssh: {} } })), ["KMS1002 machine.ssh.host"]);
    const jump = { ...ssh, jump: ssh };
    assert.deepEqual(await brief(ofHost({ machine: { ssh: { ...ssh, jump } } })), [
      "KMS1001 machine.ssh.jump.jump",
    ]);
  });

  it("refuse a fingerprint of another form, of a host, a jump host and a member", async () => {
    const allowed = "SHA256: and 43 characters, as `ssh-keygen -lf` shows it";
    for (const given of ["MD5:aa:bb", "SHA256:short", fingerprint.slice(7), `${fingerprint}aa`, ""]) {
      const wrong = { ...ssh, hostKeyFingerprint: given };
      const refused = (path: string) => [refusal(`${path}.hostKeyFingerprint`, given, allowed)];
      assert.deepEqual(await messages(ofHost({ machine: { ssh: wrong } })), refused("machine.ssh"));
      assert.deepEqual(
        await messages(ofHost({ machine: { ssh: { ...ssh, jump: wrong } } })),
        refused("machine.ssh.jump"),
      );
      assert.deepEqual(
        await messages(ofGroup({ machines: { ssh: { machines: [ssh, wrong] } } })),
        refused("machines.ssh.machines[1]"),
      );
    }
  });

  it("never show a secret, of the machine nor of its jump host", async () => {
    const secrets = { password: 12345678, privateKey: "", passphrase: 87654321 };
    const machine = { ssh: { ...ssh, ...secrets, jump: { ...ssh, ...secrets } } };
    const found = await messages(ofHost({ machine }));
    assert.equal(found.length, 6);
    assert.doesNotMatch(found.join("\n"), /12345678|87654321/);
  });
});

describe("secrets", () => {
  it("are never repeated", async () => {
    const text = JSON.stringify([
      ...(await ofHost({ key: { ...key, productKey: "" } })),
      ...(await ofHost({ key: { ...key, productKey: { value: "NKMSN" } } })),
      ...(await ofHost({ machine: { create: { ...create, adminPassword: "short-s" } } })),
      ...(await ofHost({ officeKeys: [{ office: "LTSC 2024", productKey: { value: "NKMSN" } }] })),
    ]);
    assert.ok(!text.includes("NKMSN"));
    assert.ok(!text.includes("short-s"));
    assert.match(text, /adminPassword: a text of 7 characters is not allowed/);
    assert.match(text, /officeKeys\[0\]\.productKey/);
  });
});

describe("scale sets and created machines", () => {
  const ofSet = (changes: object) =>
    ofGroup({ machines: { scaleSet: { ...create, capacity: 10, ...changes } } });

  it("are accepted when they are right", async () => {
    assert.deepEqual(await ofSet({}), []);
    const all = {
      orchestrationMode: "Uniform",
      capacity: 0,
      name: "web_farm.1",
      computerNamePrefix: "web-9chr-",
    };
    assert.deepEqual(await ofSet(all), []);
    assert.deepEqual(await ofGroup({ machines: { scaleSetId, autoscaled: true } }), []);
  });

  it("keep to Azure's ranges", async () => {
    for (const [property, value] of Object.entries({
      capacity: 1001,
      orchestrationMode: "Loose",
      name: "web-",
      computerNamePrefix: "ten-letter",
      adminPassword: "short",
    })) {
      assert.deepEqual(await brief(ofSet({ [property]: value })), [`KMS1003 machines.scaleSet.${property}`]);
    }
    const [message] = await messages(ofSet({ capacity: 1001 }));
    assert.match(message, /scaleSet\.capacity: 1001 is not allowed\. .*0 to 1000/);
    assert.deepEqual(await brief(ofGroup({ machines: { create: { ...create, count: 0 } } })), [
      "KMS1003 machines.create.count",
    ]);
  });

  it("need a capacity, which is not called count", async () => {
    assert.deepEqual(await brief(ofSet({ capacity: undefined, count: 3 })), [
      "KMS1001 machines.scaleSet.count",
      "KMS1002 machines.scaleSet.capacity",
    ]);
  });

  it("refuse an ID of something else", async () => {
    const [error] = await ofGroup({ machines: { scaleSetId: azureVmId } });
    assert.equal(`${error.code} ${error.path}`, "KMS1003 machines.scaleSetId");
    assert.match(error.message, /virtualMachineScaleSets\/NAME/);
  });
});

describe("several mistakes", () => {
  it("are reported together", async () => {
    assert.deepEqual(await brief(ofHost({ port: 0, lowPriority: "yes", extra: 1 })), [
      "KMS1001 extra",
      "KMS1003 lowPriority",
      "KMS1003 port",
    ]);
    assert.deepEqual(await brief(ofGroup({ hosts: [], discovery: "both", machines: { azureVmIds: [] } })), [
      "KMS1003 discovery",
      "KMS1003 hosts",
      "KMS1003 machines.azureVmIds",
    ]);
    const officeKeys = [{ office: "LTSC 2024", productKey: 1, activation: "later" }];
    assert.deepEqual(await brief(ofHost({ officeKeys })), [
      "KMS1003 officeKeys[0].activation",
      "KMS1003 officeKeys[0].productKey",
    ]);
  });

  it("include the ID of a route table", async () => {
    const table = `${providers}/Microsoft.Network/routeTables/tunnel_`;
    assert.deepEqual(await ofGroup({ azureKms: true, azureKmsRouteTableId: table }), []);
    assert.deepEqual(await brief(ofGroup({ azureKms: "yes", azureKmsRouteTableId: "tunnel" })), [
      "KMS1003 azureKms",
      "KMS1003 azureKmsRouteTableId",
    ]);
  });
});
