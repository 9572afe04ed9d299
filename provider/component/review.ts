import * as pulumi from "@pulumi/pulumi";
import { findAzureCloud } from "../azure/cloud";
import { errorEntry } from "../errors/kms-error";
import { settle, tolerate } from "../rules/acknowledge";
import type { CommonValues } from "../rules/args.generated";
import type { Link } from "../rules/azure-network/declared-resource";
import type { Diagnostic, Severity } from "../rules/diagnostic";
import type { HostKey } from "../rules/facts";
import type { ProgramIndex } from "../rules/program-index";
import type { Reach } from "../rules/rules";
import {
  type SecretArguments,
  type Secrets,
  plainSecretTexts,
  secretsAmong,
  withoutSecrets,
} from "../rules/secrets";
import { type CheckedArguments, checkedArguments, decideInputs } from "./checked-arguments";
import { explainAbsent } from "./argument-diagnostics";
import { rememberSecretTexts } from "../engine/secret-arguments";
import { declaredResources, linksOf } from "./declared-resources";
import { logDiagnostics, whileAlive } from "./diagnostics";
import { ledgerDiagnostics } from "./ledger";
import { attachedFacts, copyDiagnostics, type DeclaredComponent, declareComponent } from "./program";
import { componentOptionDiagnostics } from "./resource-options";
import { type CreationSubnet, signInDiagnostics, subscriptionDiagnostics } from "./sign-in";

/** A component whose arguments are to be reviewed. */
export interface ComponentToReview<Inputs, Values extends CommonValues, Facts extends SecretArguments> {
  /** Name of the class, for messages. */
  kind: "KMSHost" | "KMSClientGroup";
  /** Resource options of the component. */
  opts: pulumi.ComponentResourceOptions;
  /** What the constructor registered: `registeredInputs(checked, tree)`. The engine stores them where the review accepts them. */
  inputs: pulumi.Inputs;
  /**
   * What the rules look at. It is asked for once the shape of the arguments is right.
   * @param links resources that the arguments are made from
   */
  facts(checked: CheckedArguments<Inputs, Values>, links: Link[]): Facts;
  /** Adds the facts to the program: `program.addHost(facts, order)`, `program.addGroup(facts, order)`. */
  join(program: ProgramIndex, facts: Facts, order: number): void;
  /** Asks whoever knows more than the program, before the rules run for the first time. */
  before?(facts: Facts): Promise<void>;
  /**
   * The rules of the component: `reviewHost`, `reviewGroup`. Those that look no further than the hosts among the arguments
   * run when these are reviewed; those that look at the whole program run once more when it has ended.
   */
  rules(facts: Facts, program: ProgramIndex, reach: Reach): readonly Diagnostic[];
  /** Host keys whose ledgers the preview looks at: `hostKeysOf(facts)`. */
  keys?(facts: Facts): readonly HostKey[];
  /** Whether the package itself signs in to Azure for the component: for its machines or its zones. */
  usesAzure(facts: Facts): boolean;
  /** Subnets in which it creates machines. @default - none */
  subnets?(facts: Facts): CreationSubnet[];
  /** Whether something stays behind that others go by where nothing is done at its deletion. @default false */
  leavesTraces?(facts: Facts): boolean;
}

/** The facts of a component that its arguments and the environment tell: `facts: declaredFacts(name)`. */
export const declaredFacts =
  (name: string) =>
  <Inputs, Values>({ values, unknown, isSecret }: CheckedArguments<Inputs, Values>, links: Link[]) => ({
    name,
    args: values,
    unknown,
    isSecret,
    links,
    azureCloud: findAzureCloud(process.env),
  });

/** A component whose arguments were reviewed. */
export interface ReviewedComponent<Inputs, Values, Facts> {
  checked: CheckedArguments<Inputs, Values>;
  /** Undefined where the shape of the arguments is wrong. */
  facts: Facts | undefined;
  /** After `strict` and `acknowledge`; each is logged on the component. They are known when the whole program is. */
  diagnostics: Promise<Diagnostic[]>;
  /**
   * Those that are known when the program has ended, or has declared nothing for a second: children of the component may have
   * them as inputs.
   */
  reported: Promise<readonly Diagnostic[]>;
  /** Whether no diagnostic is an error, also of the hosts among the arguments. Only then children are registered. */
  valid: boolean;
}

/**
 * Reviews a component: the shape of its arguments, resource options, rules, ledgers, and how it signs in to Azure. Logs
 * each diagnostic on the component, and makes the program fail where one is an error.
 *
 * What is reported depends neither on the order of the program nor on what it waits for in between. What only the whole
 * program tells, such as a count of machines, is reported at its end; where that may be an error, the component waits for it.
 */
export async function reviewComponent<Inputs, Values extends CommonValues, Facts extends SecretArguments>(
  component: pulumi.Resource,
  review: ComponentToReview<Inputs, Values, Facts>,
): Promise<ReviewedComponent<Inputs, Values, Facts>> {
  const declared = declareComponent();
  try {
    const checked = await checkedArguments<Inputs, Values>(review.inputs);
    if (checked.diagnostics.length > 0) {
      logDiagnostics(checked.diagnostics, component);
      const diagnostics = Promise.resolve(checked.diagnostics);
      return { checked, facts: undefined, diagnostics, reported: diagnostics, valid: false };
    }
    const facts = review.facts(checked, linksOf(checked.inputs));
    review.join(declared.program, facts, declared.order);
    declared.joined();
    const reviewed = await reviewRules(component, review, declared, checked, facts);
    decideInputs(review.inputs, reviewed.valid);
    return reviewed;
  } finally {
    declared.joined();
    decideInputs(review.inputs, false);
  }
}

async function reviewRules<Inputs, Values extends CommonValues, Facts extends SecretArguments>(
  component: pulumi.Resource,
  review: ComponentToReview<Inputs, Values, Facts>,
  declared: DeclaredComponent,
  checked: CheckedArguments<Inputs, Values>,
  facts: Facts,
): Promise<ReviewedComponent<Inputs, Values, Facts>> {
  const { program } = declared;
  const { acknowledge, strict = strictStack() } = checked.values;
  const { resources, unknown } = checked;
  const tolerance = { strict, acknowledge, unknown, today: program.today };
  const hosts = await Promise.all([...resources.values()].map(attachedFacts));
  rememberSecretTexts(
    component,
    [facts, ...hosts].flatMap((one) => (one === undefined ? [] : plainSecretTexts(one))),
  );
  await Promise.all([declared.declaredInOneGo(), review.before?.(facts)]);
  program.setResources(await declaredResources());
  const shown = (diagnostics: Diagnostic[]) =>
    withoutSecrets(diagnostics, secretsOf(facts), [...program.hosts()].map(secretsOf));
  const own = shown(
    settle(
      [
        ...copyDiagnostics(resources),
        ...componentOptionDiagnostics(review.opts, review.kind, review.leavesTraces?.(facts)),
        ...explainAbsent(review.rules(facts, program, "own"), checked.absent),
        ...(review.usesAzure(facts) ? await signInDiagnostics(component) : []),
        ...(await subscriptionDiagnostics(component, review.subnets?.(facts) ?? [])),
      ],
      tolerance,
    ),
  );
  const ofProgram = onceForEachRevision(program, async () => {
    // Ledgers come first: they tell by which names the machines of renamed hosts are known.
    const ofLedgers = await ledgerDiagnostics(review.keys?.(facts) ?? [], program);
    return shown(tolerate([...review.rules(facts, program, "program"), ...ofLedgers], tolerance));
  });
  if ((await ofProgram()).some(isError)) {
    await declared.quiet();
  }
  const invalid = logDiagnostics(own, component) || [...own, ...(await ofProgram())].some(isError);
  void logAtEnd(component, declared, ofProgram);
  const known = async () => heaviestFirst([...own, ...(await ofProgram())].filter(isStored));
  const diagnostics = declared.known().then(known);
  const reported = declared.settled().then(known);
  return { checked, facts, diagnostics, reported, valid: !invalid && !hosts.includes(undefined) };
}

const secretsOfFacts = new WeakMap<object, Secrets>();

/** Secrets among the arguments of a component, looked for once. */
function secretsOf(facts: SecretArguments): Secrets {
  const secrets = secretsOfFacts.get(facts) ?? secretsAmong(facts);
  secretsOfFacts.set(facts, secrets);
  return secrets;
}

/** Works something out once for each state of the program. */
function onceForEachRevision<Result>(program: ProgramIndex, workOut: () => Promise<Result>) {
  let last: { revision: number; result: Promise<Result> } | undefined;
  return async () => {
    program.setResources(await declaredResources());
    const { revision } = program;
    last = last?.revision === revision ? last : { revision, result: workOut() };
    return last.result;
  };
}

const weights: Severity[] = ["error", "warning", "info"];

const heaviestFirst = (diagnostics: Diagnostic[]): Diagnostic[] =>
  diagnostics.sort((one, other) => weights.indexOf(one.severity) - weights.indexOf(other.severity));

/** Whether outputs have it; information that a preview alone looks up is only printed. */
const isStored = ({ code, severity }: Diagnostic) =>
  severity !== "info" || errorEntry(code)?.previewOnly !== true;

const isError = ({ severity }: Diagnostic) => severity === "error";

/** Logs what the whole program tells about a component, when the program has ended; the engine waits for it. */
async function logAtEnd(
  component: pulumi.Resource,
  { ended }: DeclaredComponent,
  found: () => Promise<Diagnostic[]>,
): Promise<void> {
  await whileAlive(async () => {
    await ended();
    logDiagnostics(await found(), component);
  });
}

/** Whether the stack's configuration makes warnings errors. */
export const strictStack = () => new pulumi.Config("windows-kms").getBoolean("strict") ?? false;
