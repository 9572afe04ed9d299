import {
  constants,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from "node:crypto";
import type { LicensingAnswer } from "pulumi-windows-kms/bin/provider/testing";
import type { PlanRun } from "./cim-properties";
import { hresults, LicensingFailure } from "./hresults";
import { holds, requireReadable } from "./observe";
import type { WindowsMachine } from "./windows-machine";

/*
 * Pairs of RSA keys in a machine's own key store, which the licensing script makes for product keys.
 */

/** Pairs of the whole lab, since to make one takes a tenth of a second; a machine's next pair is another one than its last. */
const pairs: KeyObject[] = [];
const mostPairs = 2;

function pairAt(index: number): KeyObject {
  const place = index % mostPairs;
  pairs[place] ??= newPair();
  return pairs[place];
}

/**
 * The key is read again from what was generated: Node.js 20 waits forever when the garbage collector ends the work of
 * generating a key while that key is exported, as both take the key's lock.
 */
function newPair(): KeyObject {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { format: "der", type: "spki" },
    privateKeyEncoding: { format: "der", type: "pkcs8" },
  });
  return createPrivateKey({ key: privateKey, format: "der", type: "pkcs8" });
}

/** The pairs' name in the key store: one for each license of a machine. */
const containerOf = ({ activationId, applicationId }: PlanRun["plan"]) =>
  `pulumi-windows-kms ${activationId ?? applicationId}`;

/** @throws LicensingFailure where there is none of this name, or the key store cannot be read */
function existingPair(machine: WindowsMachine, container: string): KeyObject {
  requireReadable(machine, "keyPair");
  const index = machine.keyPairs.get(container);
  if (index === undefined) {
    throw new LicensingFailure(hresults.noKeyPair, "MethodInvocationException,Lab: Keyset does not exist");
  }
  return pairAt(index);
}

/** The public part of the pair of this name, which is made where there is none. @throws LicensingFailure */
export function openKeyPair(machine: WindowsMachine, container: string): PublicKey {
  requireReadable(machine, "keyPair");
  if (!machine.keyPairs.has(container)) {
    machine.keyPairs.set(container, machine.keyPairsMade);
    machine.keyPairsMade += 1;
  }
  const { n, e } = existingPair(machine, container).export({ format: "jwk" });
  const base64 = (text = "") => Buffer.from(text, "base64url").toString("base64");
  return { modulus: base64(n), exponent: base64(e) };
}

type PublicKey = NonNullable<LicensingAnswer["publicKey"]>;

/** @throws LicensingFailure where there is no such pair, or the text was not sealed for it */
export function decryptWithPair(machine: WindowsMachine, container: string, sealed: string): string {
  const key = existingPair(machine, container);
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const text = privateDecrypt({ key, padding, oaepHash: "sha1" }, Buffer.from(sealed, "base64"));
    return text.toString("utf8");
  } catch {
    throw new LicensingFailure(hresults.badData, "MethodInvocationException,Lab: Bad Data.");
  }
}

/** @throws LicensingFailure where there is none of this name */
export function removeKeyPair(machine: WindowsMachine, container: string): void {
  existingPair(machine, container);
  machine.keyPairs.delete(container);
}

/** What the script answers of the key pair that a plan asks for. @throws LicensingFailure */
export function publicKeyOf(run: PlanRun): PublicKey | undefined {
  const { machine, plan } = run;
  const container = containerOf(plan);
  if (!plan.keyPair!.unless.every((condition) => holds(run, condition))) {
    return openKeyPair(machine, container);
  }
  requireReadable(machine, "keyPair");
  machine.keyPairs.delete(container);
  return undefined;
}

/** The product key of a run, which may have come sealed; the pair serves once. @throws LicensingFailure */
export function productKeyOf({ machine, plan, secrets }: PlanRun): string {
  const { productKey = "", sealedKey = "" } = secrets;
  if (sealedKey === "") {
    return productKey;
  }
  const opened = decryptWithPair(machine, containerOf(plan), sealedKey);
  removeKeyPair(machine, containerOf(plan));
  return opened;
}
