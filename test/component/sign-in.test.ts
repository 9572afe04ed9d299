import assert from "node:assert/strict";
import { unlikeEnvironment } from "../../provider/component/sign-in";

describe("the credentials of a provider and those of the environment", () => {
  const cases: [string, Record<string, unknown>, Record<string, string>, string[]][] = [
    ["no settings at all", {}, {}, []],
    ["the same principal", { clientId: "a", tenantId: "t" }, { ARM_CLIENT_ID: "A", ARM_TENANT_ID: "t" }, []],
    ["another principal", { clientId: "a" }, { ARM_CLIENT_ID: "b" }, ["ARM_CLIENT_ID"]],
    ["a secret that the environment lacks", { clientSecret: "s" }, {}, ["ARM_CLIENT_SECRET"]],
    ["the public cloud by default", { environment: "public" }, {}, []],
    [
      "the public cloud beside another",
      { environment: "public" },
      { ARM_ENVIRONMENT: "china" },
      ["ARM_ENVIRONMENT"],
    ],
    ["a switch that is off", { useMsi: "false", useOidc: false }, {}, []],
    ["a switch that is on", { useMsi: "true" }, {}, ["ARM_USE_MSI"]],
    ["a switch that is on in both", { useOidc: true }, { ARM_USE_OIDC: "true" }, []],
  ];
  for (const [name, settings, env, expected] of cases) {
    it(`are ${expected.length === 0 ? "the same" : "different"} with ${name}`, () => {
      assert.deepEqual(unlikeEnvironment(settings, env), expected);
    });
  }
});
