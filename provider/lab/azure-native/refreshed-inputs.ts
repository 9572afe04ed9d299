import { isDeepStrictEqual } from "node:util";
import type { Mapper, Serializer } from "@azure/core-client";
import { elementOf, membersOf } from "./resource-model";
import { isObject } from "./unknown-value";

/** Old and new outputs of a resource. */
export interface OutputChange {
  olds: unknown;
  news: unknown;
}

/** The part of outputs that a program can give: without what only Azure sets. */
export function inputPart(mapper: Mapper, value: unknown, serializer: Serializer): unknown {
  const element = elementOf(mapper);
  if (Array.isArray(value)) {
    return element === undefined ? value : value.map((item) => inputPart(element, item, serializer));
  }
  const members = membersOf(mapper, serializer);
  if (!isObject(value) || members === undefined) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => members[name] !== undefined && members[name].readOnly !== true)
      .map(([name, member]) => [name, inputPart(members[name], member, serializer)]),
  );
}

/**
 * Inputs after a refresh: only what changed in Azure since the last update is taken over, so that defaults that Azure
 * filled in do not look like changes.
 */
export function refreshedInputs(inputs: unknown, { olds, news }: OutputChange): unknown {
  if (isDeepStrictEqual(olds, news)) {
    return inputs;
  }
  if (Array.isArray(inputs) && Array.isArray(olds) && Array.isArray(news)) {
    return news.map((item, index) =>
      index < inputs.length && index < olds.length
        ? refreshedInputs(inputs[index], { olds: olds[index], news: item })
        : (item as unknown),
    );
  }
  if (!isObject(inputs) || !isObject(olds) || !isObject(news)) {
    return news;
  }
  const names = new Set([...Object.keys(inputs), ...Object.keys(olds), ...Object.keys(news)]);
  const merged = [...names].map((name) => [
    name,
    refreshedInputs(inputs[name], { olds: olds[name], news: news[name] }),
  ]);
  return Object.fromEntries(merged.filter(([, member]) => member !== undefined)) as unknown;
}
