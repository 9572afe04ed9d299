import * as pulumi from "@pulumi/pulumi";
import { settle } from "../rules/acknowledge";
import type { CommonValues } from "../rules/args.generated";
import type { Link } from "../rules/azure-network/declared-resource";
import type { Diagnostic } from "../rules/diagnostic";
import type { HostKey } from "../rules/facts";
import type { ProgramIndex } from "../rules/program-index";
import type { CheckedArguments } from "./checked-arguments";
import { declaredResources, linksOf } from "./declared-resources";
import { logDiagnostics } from "./diagnostics";
import { ledgerDiagnostics } from "./ledger";
import { attachedFacts, copyDiagnostics, programDeclared, runningProgram } from "./program";
import { componentOptionDiagnostics } from "./resource-options";
import { signInDiagnostics } from "./sign-in";

/** A component whose arguments are to be reviewed. */
export interface ComponentToReview<Inputs, Values extends CommonValues, Facts> {
  /** Name of the class, for messages. */
  kind: "KMSHost" | "KMSClientGroup";
  /** Resource options of the component. */
  opts: pulumi.ComponentResourceOptions;
  /** The check that the constructor started: `checkedArguments(inputs)`. */
  checked: Promise<CheckedArguments<Inputs, Values>>;
  /**
   * What the rules look at. It is asked for once the shape of the arguments is right.
   * @param links resources that the arguments are made from
   */
  facts(checked: CheckedArguments<Inputs, Values>, links: Link[]): Facts;
  /** Adds the facts to the program: `program.addHost(facts)`, `program.addGroup(facts)`. */
  join(program: ProgramIndex, facts: Facts): void;
  /**
   * The rules of the component: `reviewHost`, `reviewGroup`. They run when the program is declared and the hosts among
   * the arguments are reviewed.
   */
  rules(facts: Facts, program: ProgramIndex): readonly Diagnostic[];
  /** Host keys whose ledgers the preview looks at: `hostKeysOf(facts)`. */
  keys?(facts: Facts): readonly HostKey[];
  /** Whether the package itself signs in to Azure for the component: for its machines or its zones. */
  usesAzure(facts: Facts): boolean;
}

/** A component whose arguments were reviewed. */
export interface ReviewedComponent<Inputs, Values, Facts> {
  checked: CheckedArguments<Inputs, Values>;
  /** Undefined where the shape of the arguments is wrong. */
  facts: Facts | undefined;
  /** After `strict` and `acknowledge`; each has been logged on the component. */
  diagnostics: Diagnostic[];
  /** Whether no diagnostic is an error, also of the hosts among the arguments. Only then children are registered. */
  valid: boolean;
}

/**
 * Reviews a component: the shape of its arguments, resource options, rules, ledgers, and how it signs in to Azure. Logs
 * each diagnostic on the component, and makes the program fail where one is an error.
 */
export async function reviewComponent<Inputs, Values extends CommonValues, Facts>(
  component: pulumi.Resource,
  review: ComponentToReview<Inputs, Values, Facts>,
): Promise<ReviewedComponent<Inputs, Values, Facts>> {
  const checked = await review.checked;
  if (checked.diagnostics.length > 0) {
    logDiagnostics(checked.diagnostics, component);
    return { checked, facts: undefined, diagnostics: checked.diagnostics, valid: false };
  }
  const facts = review.facts(checked, linksOf(checked.inputs));
  const program = runningProgram();
  review.join(program, facts);
  const hosts = await Promise.all([...checked.resources.values()].map(attachedFacts));
  await programDeclared();
  program.setResources(await declaredResources());
  const found = [
    ...copyDiagnostics(checked.resources),
    ...componentOptionDiagnostics(review.opts, review.kind),
    ...review.rules(facts, program),
    ...(await ledgerDiagnostics(review.keys?.(facts) ?? [], program)),
    ...(review.usesAzure(facts) ? await signInDiagnostics(component) : []),
  ];
  const { acknowledge, strict = strictStack() } = checked.values;
  const { unknown } = checked;
  const diagnostics = settle(found, { strict, acknowledge, unknown, today: program.today });
  const invalid = logDiagnostics(diagnostics, component) || hosts.includes(undefined);
  return { checked, facts, diagnostics, valid: !invalid };
}

/** Whether the stack's configuration makes warnings errors. */
const strictStack = () => new pulumi.Config("windows-kms").getBoolean("strict") ?? false;
