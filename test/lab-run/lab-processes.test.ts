import assert from "node:assert/strict";
import { refuseMissingServers } from "./lab-processes";

const server = (name: string, place?: string) => ({
  name,
  debianPackage: `${name}-package`,
  find: () => place,
});

describe("refuseMissingServers", () => {
  it("takes a machine that has them all", () => {
    refuseMissingServers([server("named", "/usr/sbin/named"), server("sshd", "/usr/sbin/sshd")]);
  });

  it("names what is missing and the Debian packages", () => {
    assert.throws(() => refuseMissingServers([server("named"), server("sshd", "/usr/sbin/sshd")]), {
      code: "KMS7030",
      message: /stand for them: named\. .*`apt-get install named-package`/,
    });
    assert.throws(() => refuseMissingServers([server("named"), server("sshd")]), {
      message: /stand for them: named and sshd\. .*`apt-get install named-package sshd-package`/,
    });
  });
});
