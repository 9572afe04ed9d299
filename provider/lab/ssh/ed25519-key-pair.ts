import { utils } from "ssh2";

/**
 * A new key pair. ssh2 writes one in 256 that nobody can read, because it leaves out zero bytes that a public key
 * begins with, so such a pair is thrown away. Source: github.com/mscdex/ssh2/issues/1390.
 */
export function ed25519KeyPair(generate = () => utils.generateKeyPairSync("ed25519")): utils.KeyPairReturn {
  let pair = generate();
  while (!isReadable(pair)) {
    pair = generate();
  }
  return pair;
}

const isReadable = ({ public: publicKey, private: privateKey }: utils.KeyPairReturn) =>
  [publicKey, privateKey].every((key) => !(utils.parseKey(key) instanceof Error));
