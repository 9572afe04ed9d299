import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

const cyclic: Record<string, unknown> = { list: [] };
cyclic.self = cyclic;
(cyclic.list as unknown[]).push(cyclic.list, cyclic);
const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** Values that no argument can be. */
export const wrongValues: Record<string, unknown> = {
  null: null,
  "a number": Number.NaN,
  "a bigint": 10n,
  "a symbol": Symbol("odd"),
  "a function": () => 1,
  "an empty text": "",
  "a long text": "x".repeat(100_000),
  "an object": {},
  "an object without a prototype": Object.assign(Object.create(null), { host: 5, zoneName: null }),
  "an object with a getter that throws": Object.defineProperty({}, "host", {
    enumerable: true,
    get: () => assert.fail("not readable"),
  }),
  "a revoked proxy": revoked.proxy,
  "a cyclic object": cyclic,
  "a cyclic list": cyclic.list,
  "a list of nothing": Object.assign(new Array<unknown>(4), [null, undefined], { 3: 5 }),
  "an array of the greatest length": new Array(4_294_967_295),
  "a map": new Map([["host", 5]]),
  "an Output": pulumi.output("later"),
  "a secret": pulumi.secret("hidden"),
  "a list of Outputs": [pulumi.output("later"), pulumi.output(pulumi.unknown), Promise.resolve(5)],
};
