// Generated from provider/args/schema by scripts/generate-validators.mjs.
import type { ErrorObject } from "ajv";

interface GeneratedValidator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

export declare const dnsUpdate: GeneratedValidator;
export declare const kmsClientGroupArgs: GeneratedValidator;
export declare const kmsHostArgs: GeneratedValidator;
export declare const kmsHostLookupArgs: GeneratedValidator;
export declare const machineFacts: GeneratedValidator;
export declare const ssh: GeneratedValidator;
export declare const windowsVm: GeneratedValidator;
