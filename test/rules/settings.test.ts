import assert from "node:assert/strict";
import { brief, type HostChanges, messageOf, ofGroup, ofHost } from "./program";

describe("the intervals of a KMS host", () => {
  const said = (changes: HostChanges) => brief(ofHost(changes));
  const month = 43_200;

  it("are shorter than the 30 days for which a host counts a client", () => {
    const renewal = ofHost({ renewalIntervalMinutes: month });
    assert.deepEqual(brief(renewal), ["kms warning KMS2142 renewalIntervalMinutes"]);
    assert.match(
      messageOf(renewal, "KMS2142"),
      /renew every 30 days, .* counts a client for 30 days after it asked/,
    );
    assert.match(messageOf(renewal, "KMS2142"), /Choose less than 43200, or leave it out for 10080\.$/);
    assert.deepEqual(said({ renewalIntervalMinutes: month - 1 }), []);
    assert.deepEqual(said({ activationIntervalMinutes: month, renewalIntervalMinutes: month - 1 }), [
      "kms warning KMS2142 activationIntervalMinutes",
    ]);
  });

  it("let a client that is not activated ask no less often than an activated one", () => {
    const mixedUp = ofHost({ activationIntervalMinutes: 10_080, renewalIntervalMinutes: 120 });
    assert.deepEqual(brief(mixedUp), ["kms warning KMS2142 activationIntervalMinutes"]);
    assert.match(
      messageOf(mixedUp, "KMS2142"),
      /not activated ask every 7 days, less often than activated ones renew \(every 2 hours\)\. Interchange/,
    );
    assert.deepEqual(said({ activationIntervalMinutes: 10_081 }), [
      "kms warning KMS2142 activationIntervalMinutes",
    ]);
    assert.deepEqual(said({ activationIntervalMinutes: 10_080 }), []);
    assert.deepEqual(said({ renewalIntervalMinutes: 15 }), []);
    assert.deepEqual(said({ activationIntervalMinutes: 15, renewalIntervalMinutes: 15 }), []);
  });

  it("add to the time for which members are off", () => {
    const off = (offlineDays: number, renewalIntervalMinutes?: number) =>
      messageOf(ofGroup({ assume: { offlineDays } }, { renewalIntervalMinutes }), "KMS2231");
    const reason = /off for 25 days, up to 14 days after they renewed, are not counted: .* after 30 days/;
    assert.match(off(25, 20_160), reason);
    assert.equal(off(16, 20_160), "");
    assert.equal(off(25), "");
    assert.equal(off(25, 10_080), "");
    assert.equal(off(0, month), "");
    assert.match(off(31), /off for 31 days are not counted/);
  });

  it("are not judged on a host that somebody else manages", () => {
    assert.deepEqual(said({ readOnly: true, renewalIntervalMinutes: month }), []);
  });
});

describe("the port of a KMS host", () => {
  const said = (port: number, changes: HostChanges = {}) => brief(ofHost({ port, ...changes }));
  const ssh = (port?: number) => ({
    machine: { ssh: { host: "kms", user: "admin", knownHosts: "x", port } },
  });

  it("is none that Windows has", () => {
    const taken = ofHost({ port: 445 });
    assert.deepEqual(brief(taken), ["kms error KMS2144 port"]);
    assert.match(
      taken[0].message,
      /on TCP 445, file sharing \(SMB\) of Windows listens, so the KMS host cannot/,
    );
    assert.deepEqual(said(3389), ["kms warning KMS2144 port"]);
    assert.deepEqual(said(5985), ["kms warning KMS2144 port"]);
    assert.deepEqual(said(1688), []);
    assert.deepEqual(said(1690), []);
  });

  it("is none that the machine's SSH server or a domain controller has", () => {
    assert.deepEqual(said(22, ssh()), ["kms error KMS2144 port"]);
    assert.deepEqual(said(2222, ssh(2222)), ["kms error KMS2144 port"]);
    assert.deepEqual(said(22, ssh(2222)), []);
    assert.deepEqual(said(22, { ...ssh(), unknown: ["machine.ssh.port"] }), []);
    const onController = (port: number) => said(port, { assume: { domainController: true } });
    assert.deepEqual(onController(389), ["kms error KMS2144 port"]);
    assert.deepEqual(onController(3268), ["kms warning KMS2144 port"]);
    assert.deepEqual(onController(53), ["kms warning KMS2144 port"]);
    assert.deepEqual(said(389), []);
    assert.deepEqual(said(445, { readOnly: true }), []);
  });
});
