import assert from "node:assert/strict";
import fc from "fast-check";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import type { GroupFacts, HostFacts } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup, reviewHost } from "../../provider/rules/rules";
import contradictions from "./contradictions.json";
import { plausibleProgram, type PlausibleProgram } from "./plausible-program";

/** `PROPERTY_SEED` makes other programs, `PROPERTY_RUNS` so many times as many of them. */
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_129);
const runs = (numRuns: number) => ({ seed, numRuns: numRuns * Number(process.env.PROPERTY_RUNS ?? 1) });

type Named = Diagnostic & { resource: string };

/** What is said of a program whose resources become known in this order; `order` is that of their declaration. */
function review(program: PlausibleProgram, known = [...program.hosts, ...program.groups]): Named[] {
  const index = programIndex({ today: program.today });
  const declared: unknown[] = [...program.hosts, ...program.groups];
  const hosts: unknown[] = program.hosts;
  const isHost = (one: HostFacts | GroupFacts): one is HostFacts => hosts.includes(one);
  for (const one of known) {
    const order = declared.indexOf(one);
    if (isHost(one)) {
      index.addHost(one, order);
    } else {
      index.addGroup(one, order);
    }
  }
  const named = (resource: string, all: Diagnostic[]) => all.map((one) => ({ resource, ...one }));
  return [
    ...program.hosts.flatMap((one) => named(one.name, reviewHost(one, index))),
    ...program.groups.flatMap((one) => named(one.name, reviewGroup(one, index))),
  ];
}

const codesOf = (all: Named[]) => [
  ...new Set(
    all.filter(({ severity }) => severity !== "info").map(({ resource, code }) => `${resource} ${code}`),
  ),
];

/** Paths of everything in a value, a list's items too. */
const pathsIn = (value: unknown, path = ""): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, member]) => {
        const inner = Array.isArray(value) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
        return [inner, ...pathsIn(member, inner)];
      });

/** A value without what is at a path, as it is opened: an item of a list stays, without members. */
function without(value: unknown, keys: string[]): unknown {
  const [key, ...rest] = keys;
  if (Array.isArray(value)) {
    return value.map((item: unknown, place) =>
      String(place) !== key
        ? item
        : rest.length > 0
          ? without(item, rest)
          : typeof item === "object"
            ? {}
            : undefined,
    );
  }
  const { [key]: member, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [key]: without(member, rest) };
}

/** Arguments that must be known at preview, or the review of the arguments says so. */
const known =
  /^(readOnly|os|edition|hosts|azureKms|key\.keyGroup|machines\.create\.count|zones\[\d\]\.zoneName)$/;

/** The program with one of its arguments unknown. */
function withUnknown(program: PlausibleProgram, resource: string, path: string): PlausibleProgram {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const changed = <Facts extends HostFacts | GroupFacts>(all: Facts[]) =>
    all.map((one) =>
      one.name === resource
        ? { ...one, args: without(one.args, keys) as Facts["args"], unknown: new Set([path]) }
        : one,
    );
  return { ...program, hosts: changed(program.hosts), groups: changed(program.groups) };
}

/** Errors that are said of a group while the keys of its host are not known, and of the host once they are. */
const saidOfHostLater = ["KMS2238"];

function movesTo(one: string, other: string): boolean {
  const [code, known] = [one.split(" ")[1], other.split(" ")[1]];
  return code === known && saidOfHostLater.includes(code);
}

describe(`what is said of any program (PROPERTY_SEED=${seed})`, () => {
  it("does not contradict itself, and says nothing twice", () => {
    fc.assert(
      fc.property(plausibleProgram, (program) => {
        const all = review(program);
        for (const { codes, why } of contradictions) {
          for (const { name } of [...program.hosts, ...program.groups]) {
            const said = all.filter(({ resource, code }) => resource === name && codes.includes(code));
            for (const path of new Set(said.map((one) => one.path))) {
              const different = new Set(said.filter((one) => one.path === path).map(({ code }) => code));
              assert.ok(different.size < 2, `${[...different].join(" and ")} at ${name} ${path}: ${why}`);
            }
          }
        }
        const texts = all.map(({ resource, message }) => `${resource}: ${message}`);
        assert.deepEqual(texts, [...new Set(texts)]);
      }),
      runs(200),
    );
  });

  it("is no less once an unknown value is known, so that no error or strict warning goes away by itself", () => {
    fc.assert(
      fc.property(plausibleProgram, fc.nat(), (program, choice) => {
        const places = [...program.hosts, ...program.groups].flatMap(({ name, args }) =>
          pathsIn(args)
            .filter((path) => !known.test(path))
            .map((path) => [name, path] as const),
        );
        const [resource, path] = places[choice % places.length];
        const said = codesOf(review(program));
        const early = codesOf(review(withUnknown(program, resource, path))).filter(
          (one) => !said.includes(one) && !said.some((other) => movesTo(one, other)),
        );
        assert.deepEqual(early, [], `said while ${resource} ${path} is not known`);
      }),
      runs(400),
    );
  });

  it("is the same in whatever order its resources become known", () => {
    fc.assert(
      fc.property(plausibleProgram, fc.infiniteStream(fc.nat()), (program, numbers) => {
        const order = [...program.hosts, ...program.groups]
          .map((one) => ({ one, number: numbers.next().value as number }))
          .sort((left, right) => left.number - right.number)
          .map(({ one }) => one);
        assert.deepEqual(review(program, order), review(program));
      }),
      runs(200),
    );
  });

  it("has no hole in its text", () => {
    const holes =
      /undefined|NaN|\[object|\(\)|\bnone\b|\b1 (machines|members|hosts|days|minutes)\b|of an unknown date|\{| {2}|\s[,.;]/;
    fc.assert(
      fc.property(plausibleProgram, (program) => {
        for (const { message } of review(program)) {
          const text = message.replace(/(hostLimitException|activationsSpent): \{[^}]*\}/g, "");
          assert.doesNotMatch(text, holes);
        }
      }),
      runs(200),
    );
  });
});
