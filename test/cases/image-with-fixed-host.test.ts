import assert from "node:assert/strict";
import { memberDrift } from "../../provider/group/member";
import { ensureClientPlan } from "../../provider/group/plan";
import {
  boot,
  bootClients,
  bootHost,
  call,
  desiredClientState,
  setupKeys,
  testLab,
} from "../lab/windows/test-lab";
import { createdHost, ofHost, virtualNetwork } from "./azure-program";

describe("K33: an image in which a host is fixed by name", () => {
  it("K33: at preview nothing is said of it", () => {
    const group = { discovery: "dns" as const, lookupDomain: "corp.example" };
    const zones = [{ zoneName: "corp.example", publishedBy: "windows" as const }];
    const host = createdHost({ zones });
    const diagnostics = ofHost([virtualNetwork()], host, group);
    assert.deepEqual(diagnostics, []);
  });

  it("K33: at update the fixed name is cleared and the lookup domain set", () => {
    const desired = desiredClientState(setupKeys.server2022Datacenter);
    const { operations } = ensureClientPlan({ ...desired, discovery: "dns", lookupDomain: "corp.example" });
    const methods = operations.map(({ method }) => method);
    assert.ok(methods.includes("ClearKeyManagementServiceMachine"));
    assert.ok(methods.includes("SetKeyManagementServiceLookupDomain"));
    assert.ok(!methods.includes("SetKeyManagementServiceMachine"));
  });

  it("K33: at update name and port of the image go, and the host with the record licenses the member", () => {
    const lab = testLab();
    bootHost(lab, "kms01");
    bootClients(lab, 5);
    const id = boot(lab, "fixed");
    const set = (method: string, args: Record<string, string | number>) =>
      call(lab, id, { on: "service", method, arguments: args });
    assert.equal(set("SetKeyManagementServiceMachine", { MachineName: "kms-old.corp.example" }), "done");
    assert.equal(set("SetKeyManagementServicePort", { PortNumber: 1690 }), "done");
    const desired = {
      ...desiredClientState(setupKeys.server2022Datacenter),
      lookupDomain: "corp.example",
      hostNames: ["kms01.corp.example"],
    };
    const ensured = () => lab.fleet.runLicensingPlan(id, ensureClientPlan(desired), {});
    const answer = ensured();
    assert.equal(answer.service?.KeyManagementServiceMachine ?? "", "");
    assert.ok(["", 0, 1688].includes((answer.service?.KeyManagementServicePort ?? "") as string | number));
    assert.equal(answer.service?.KeyManagementServiceLookupDomain, "corp.example");
    assert.deepEqual(memberDrift(desired, answer), []);
    assert.equal(answer.product?.DiscoveredKeyManagementServiceMachineName, "kms01.corp.example");
    const done = ({ operations }: typeof answer) =>
      operations.filter(({ result }) => result === "done").map(({ id: operation }) => operation);
    assert.ok(!done(answer).includes("installKey"), "the setup key is left alone");
    assert.deepEqual(done(ensured()), [], "a second update changes nothing");
  });
});
