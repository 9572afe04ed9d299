import fc from "fast-check";
import { classes } from "../../../provider/lab/windows/cim-classes.json";
import {
  type GuardedOperation,
  officeApplicationId,
  type Scalar,
  windowsApplicationId,
} from "../../../provider/machine/licensing-plan";
import { officeGroups, ports, reservationIds, selection } from "./lab-plans";
import { hostName, type PlanRun, productKeys } from "./lab-states";

const { SoftwareLicensingService: service, SoftwareLicensingProduct: product } = classes;

const argumentValues: Record<string, Scalar[]> = {
  ProductKey: productKeys,
  MachineName: [hostName, "off.corp.example", ""],
  PortNumber: [1688, 1690, 0, 70_000],
  // A value is cut at 255 characters.
  LookupDomain: ["corp.example", "", `${"label.".repeat(60)}example`],
  ActivationInterval: [120, 15, 1],
  RenewalInterval: [10_080, 43_200, 99_999],
  InstallationId: ["1".repeat(63)],
  ConfirmationId: ["2".repeat(48)],
  DisablePublishing: [true, false],
  EnableLowPriority: [true, false],
  DisableCaching: [true, false],
};

/** Methods that a program or a person may call and that the lab has. */
const methods = [
  ...Object.entries(service.methods).map(([method, parameters]) => ({ on: "service", method, parameters })),
  ...Object.entries(product.methods).map(([method, parameters]) => ({ on: "product", method, parameters })),
].filter(
  ({ method, parameters }) =>
    Object.keys(parameters).every((name) => Object.hasOwn(argumentValues, name)) &&
    !method.startsWith("ReArm"),
);

/** CIM's names have no case; Windows has no property of the last one. */
const names = (properties: object) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(properties), "Missing"), fc.boolean())
    .map(([name, isOdd]) => (isOdd ? name.toUpperCase() : name));
const readNames = (properties: object) =>
  fc.uniqueArray(names(properties), { maxLength: 6, selector: (name) => name.toLowerCase() });

const values = fc.constantFrom<Scalar>(
  "",
  "6VM33",
  "6vm33",
  "Volume:GVLK",
  "volume:csvlk",
  0,
  1,
  1688,
  true,
  false,
);

const conditions = fc
  .tuple(
    fc.oneof(
      fc.record({ on: fc.constant("service" as const), property: names(service.properties) }),
      fc.record({ on: fc.constant("product" as const), property: names(product.properties) }),
      fc.record({
        on: fc.constant("feature" as const),
        property: fc.constantFrom("VolumeActivation", "None"),
      }),
      fc.record({ on: fc.constant("firewall" as const), property: fc.constantFrom("SPPSVC-In-TCP", "none") }),
      fc.record({ on: fc.constant("registry" as const), property: fc.constant("DnsDomainPublishList") }),
      fc.record({ on: fc.constant("windowsService" as const), property: fc.constantFrom("sppsvc", "none") }),
      fc.record({
        on: fc.constant("machine" as const),
        property: fc.constantFrom("build", "editionId", "productType"),
      }),
      fc.record({ on: fc.constant("selection" as const), property: fc.constantFrom("setupKey", "none") }),
    ),
    fc.oneof(
      fc.record({ is: values }),
      fc.record({ is: fc.array(values, { maxLength: 3 }) }),
      fc.record({ isNot: values }),
      fc.record({ isNot: fc.array(values, { minLength: 1, maxLength: 3 }) }),
      fc.record({ isEndOf: fc.constantFrom("setupKey", "none") }),
    ),
  )
  .map(([about, comparison]) => ({ ...about, ...comparison }));

const methodCalls = fc.constantFrom(...methods).chain(({ on, method, parameters }) =>
  fc
    .record(
      Object.fromEntries(
        Object.keys(parameters).map((name) => [name, fc.constantFrom(...argumentValues[name])]),
      ),
    )
    .map((args) => ({
      on: on as "service" | "product",
      method,
      arguments: args,
    })),
);

/** Arguments as a method does not take them: one is missing, misnamed, of another type, or more than there are. */
const wrongArguments = fc
  .tuple(methodCalls, fc.constantFrom("none", "misnamed", "text", "truth", "more", "otherCase"))
  .map(([call, mistake]) => {
    const entries = Object.entries(call.arguments);
    const renamed = (rename: (name: string) => string) =>
      entries.map(([name, value]): [string, Scalar] => [rename(name), value]);
    const changed: [string, Scalar][] = {
      none: [],
      misnamed: renamed((name) => `${name}s`),
      text: entries.map(([name]): [string, Scalar] => [name, "1688"]),
      truth: entries.map(([name]): [string, Scalar] => [name, true]),
      more: [...entries, ["Other", 1] as [string, Scalar]],
      otherCase: renamed((name) => name.toLowerCase()),
    }[mistake];
    return { ...call, arguments: Object.fromEntries(changed) };
  });

const otherCalls = fc.oneof(
  fc.record({
    on: fc.constant("feature" as const),
    method: fc.constant("Install"),
    arguments: fc.record({ Name: fc.constantFrom("VolumeActivation", "None") }),
  }),
  fc.record({
    on: fc.constant("firewall" as const),
    method: fc.constant("Allow"),
    arguments: fc.record({
      Name: fc.constantFrom("SPPSVC-In-TCP", "pulumi-windows-kms-In-TCP"),
      Port: ports,
      Profiles: fc.constantFrom("Domain,Private,Public", "Domain,Private", "Any", "Home"),
    }),
  }),
  fc.record({
    on: fc.constant("registry" as const),
    method: fc.constant("SetStrings"),
    arguments: fc.record({
      Name: fc.constant("DnsDomainPublishList"),
      Strings: fc.constantFrom("", "corp.example,0,0", "corp.example,0,0;lab.example,10,20"),
    }),
  }),
  fc.constant({
    on: "windowsService" as const,
    method: "Restart",
    arguments: { Name: "sppsvc" },
  }),
  fc.constant({ on: "service" as const, method: "NoSuchMethod", arguments: {} }),
  fc.constant({ on: "firewall" as const, method: "Deny", arguments: {} }),
);

const operations: fc.Arbitrary<GuardedOperation[]> = fc
  .array(
    fc.record({
      call: fc.oneof(
        { weight: 8, arbitrary: methodCalls },
        { weight: 1, arbitrary: wrongArguments },
        { weight: 2, arbitrary: otherCalls },
      ),
      unless: fc.option(fc.array(conditions, { maxLength: 2 }), { nil: undefined, freq: 2 }),
      orUnless: fc.option(fc.array(conditions, { maxLength: 2 }), { nil: undefined, freq: 6 }),
      after: fc.option(fc.nat(5), { nil: undefined, freq: 4 }),
      mayFail: fc.boolean(),
      needsRestart: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((rows) =>
    rows.map(({ call, unless, orUnless, after, mayFail, needsRestart }, index) => ({
      id: `step${index}`,
      ...call,
      ...(unless !== undefined && { unless }),
      ...(orUnless !== undefined && { orUnless }),
      ...(after !== undefined && { onlyAfter: after === 5 ? ["step0", "step2"] : `step${after}` }),
      ...(mayFail && { mayFail }),
      ...(needsRestart && call.on === "service" && { needsRestart: "sppsvc" }),
    })),
  );

/** Plans that no builder makes, of all that a plan may have. */
export const freePlans: fc.Arbitrary<PlanRun> = fc
  .record({
    activation: fc.constantFrom({}, {}, { activationId: officeGroups[0] }, { keyEnding: "6VM33" }),
    operations,
    refusals: fc.array(fc.array(conditions, { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
    reservation: fc.option(fc.nat(5), { nil: undefined, freq: 3 }),
    revoke: fc.subarray(reservationIds),
    read: fc.record({
      service: readNames(service.properties),
      product: readNames(product.properties),
      features: fc.subarray(["VolumeActivation", "None"]),
      firewall: fc.subarray(["SPPSVC-In-TCP", "pulumi-windows-kms-In-TCP", "none"]),
      registry: fc.subarray(["DnsDomainPublishList", "None"]),
      windowsService: fc.subarray(["sppsvc", "none"]),
      firewallPolicy: fc.boolean(),
      reservations: fc.boolean(),
      events: fc.boolean(),
    }),
  })
  .map(({ activation, refusals, reservation, revoke, ...plan }) => ({
    secrets: {},
    plan: {
      version: 1,
      applicationId: Object.hasOwn(activation, "activationId") ? officeApplicationId : windowsApplicationId,
      ...activation,
      ...plan,
      selections: { setupKey: selection },
      ...(refusals.length > 0 && {
        refusals: refusals.map((unless, index) => ({ id: `refuse${index}`, unless })),
      }),
      ...(reservation !== undefined && {
        reservation: { id: reservationIds[0], operation: `step${reservation}` },
      }),
      ...(revoke.length > 0 && { revoke }),
    },
  }));
