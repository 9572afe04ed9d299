import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How a stack's secrets are encrypted: what `stack init` is told, and the variables that open them later. */
export interface SecretsProvider {
  args: string[];
  env: Record<string, string>;
}

let started: Promise<SecretsProvider> | undefined;

/**
 * A stand-in of the transit engine of HashiCorp's Vault, one for all stacks of this process: it wraps the keys of their
 * secrets. The key that a passphrase gives takes half the time of an engine's command, each time.
 */
export const transit = (): Promise<SecretsProvider> => (started ??= startTransit());

async function startTransit(): Promise<SecretsProvider> {
  const wrapped = new Map<string, string>();
  const token = randomUUID();
  const answers: Record<string, (request: Record<string, string>) => object | undefined> = {
    "/v1/transit/encrypt/stacks": ({ plaintext }) => {
      const ciphertext = `vault:v1:${randomUUID()}`;
      wrapped.set(ciphertext, plaintext);
      return { ciphertext };
    },
    "/v1/transit/decrypt/stacks": ({ ciphertext }) => {
      const plaintext = wrapped.get(ciphertext);
      return plaintext === undefined ? undefined : { plaintext };
    },
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const isAllowed = request.headers["x-vault-token"] === token;
      const data = isAllowed
        ? answers[request.url ?? ""]?.(JSON.parse(body) as Record<string, string>)
        : undefined;
      response.writeHead(data === undefined ? 400 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(data === undefined ? { errors: ["not wrapped here"] } : { data }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  // The process ends when its tests have.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    args: ["--secrets-provider", "hashivault://stacks"],
    env: { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: token },
  };
}
