import type * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../rules/diagnostic";
import type { ProgramIndex } from "../rules/program-index";
import type { ObjectNode } from "./argument-node";
import type { Validator } from "./validate-args";

/** Arguments of a component, opened: what `openArguments` returns. */
export interface OpenedArguments<Inputs, Values> {
  /** The same shape with every structure opened; each leaf is an Input. */
  inputs: Inputs;
  /** Plain values as far as they are known. */
  values: Values;
  /** Paths of the values that are not known yet, for example `machine.create.subnetId`; a parent's stands for all below. */
  unknown: ReadonlySet<string>;
  /** Whether the arguments came as a secret as a whole. */
  secret: boolean;
}

/** A component whose arguments are to be reviewed. */
export interface ComponentToReview<Inputs, Values, Facts extends object> {
  /** Name of the class, for messages. */
  kind: "KMSHost" | "KMSClientGroup";
  /** Logical name. */
  name: string;
  opts: pulumi.ComponentResourceOptions;
  /** As the program gave them; a program in JavaScript may have given anything. */
  args: unknown;
  /** What the arguments are made of, and the validator of their values. */
  tree: ObjectNode;
  validator: Validator;
  /** What the rules look at, once the shape of the arguments is known to be right. */
  facts(opened: OpenedArguments<Inputs, Values>): Facts;
  /** Adds the facts to the program, for example `program.addHost(facts)`. */
  join(program: ProgramIndex, facts: Facts): void;
  /** Resolves when what this component depends on has joined the program; of a group, when its hosts are reviewed. */
  before?(opened: OpenedArguments<Inputs, Values>): Promise<unknown>;
  /** The rules for this component; they run when the program is declared. */
  rules(
    facts: Facts,
    program: ProgramIndex,
    opened: OpenedArguments<Inputs, Values>,
  ): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
  /** Whether the package itself signs in to Azure for this component: for its machines or its zones. */
  usesAzure(facts: Facts): boolean;
}

/** A component whose arguments were reviewed. */
export interface ReviewedComponent<Inputs, Values, Facts> {
  opened: OpenedArguments<Inputs, Values>;
  /** Undefined where the shape of the arguments is wrong. */
  facts: Facts | undefined;
  /** After `strict` and `acknowledge`; all have been logged on the component. */
  diagnostics: Diagnostic[];
  /** Whether no diagnostic is an error. Children are registered for valid components only. */
  valid: boolean;
}

/**
 * Reviews the arguments of a component: their shape, the resource options, the rules, the ledger, the sign-in to Azure;
 * applies `strict` and `acknowledge`, logs each diagnostic on the component, and makes the program fail if one is an error.
 */
export declare function reviewComponent<Inputs, Values, Facts extends object>(
  component: pulumi.ComponentResource<unknown>,
  review: ComponentToReview<Inputs, Values, Facts>,
): Promise<ReviewedComponent<Inputs, Values, Facts>>;

/**
 * Facts that travel with a KMSHost, in a property of the instance that nobody exports, so that a group of another copy of
 * the package can read them. Resolves to undefined for a host that has errors.
 */
export declare function attachFacts<Facts extends object>(
  host: pulumi.Resource,
  facts: Promise<Facts | undefined>,
): void;

/**
 * The facts of a host, of whichever copy of the package.
 *
 * @throws KMS1012 where the host is of a copy of the package with another layout of the facts
 */
export declare function attachedFacts<Facts extends object>(
  host: pulumi.Resource,
): Promise<Facts | undefined>;
