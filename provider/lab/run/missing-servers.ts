import { KmsError } from "../../errors/kms-error";
import { findNamed } from "../dns/find-named";
import { findSshd } from "../ssh/lab-sshd";

/** A server that stands for machines or DNS outside Azure. */
interface NeededServer {
  name: string;
  debianPackage: string;
  find: () => string | undefined;
}

const neededServers: NeededServer[] = [
  { name: "BIND (named)", debianPackage: "bind9", find: findNamed },
  { name: "OpenSSH (sshd)", debianPackage: "openssh-server", find: findSshd },
];

/** @throws KmsError KMS7030 when this machine lacks a server that machines outside Azure need */
export function refuseMissingServers(servers = neededServers): void {
  const missing = servers.filter(({ find }) => find() === undefined);
  if (missing.length > 0) {
    throw new KmsError("KMS7030", {
      values: {
        missing: missing.map(({ name }) => name).join(" and "),
        packages: missing.map(({ debianPackage }) => debianPackage).join(" "),
      },
    });
  }
}
