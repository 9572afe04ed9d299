import { KmsError } from "../errors/kms-error";

/** Errors that every machine would meet: no sign-in to Azure, or none that could be, and an interruption. */
const errorsOfAll = new Set(["KMS3009", "KMS3034", "KMS3101", "KMS3102", "KMS3103", "KMS3105"]);

/** Whether every machine would meet this error. */
export const isAboutAllMachines = ({ code }: KmsError): boolean => errorsOfAll.has(code);

/** Whether an error is about one machine, so that it says nothing of the others. */
export const isAboutOneMachine = (error: unknown): error is KmsError =>
  error instanceof KmsError && !isAboutAllMachines(error);

/** Whether a virtual machine is stopped or deallocated. */
export const isOff = (error: KmsError): boolean => error.code === "KMS3002";

/** Errors of a machine that is not there, or does not take part in the network. */
const errorsOfAbsence = new Set(["KMS3001", "KMS3002", "KMS3201", "KMS3202", "KMS3203"]);

/** Whether nothing was begun on the machine because it is not there. */
export const isAbsent = (error: unknown): error is KmsError =>
  error instanceof KmsError && errorsOfAbsence.has(error.code);
