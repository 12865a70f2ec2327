// An action: one thing a member can do, declared once and offered everywhere.
import type { z } from "zod";
import type { Button, ButtonStyle, Call } from "../view.ts";
import type { Action, ActionDeclaration, AnyAction } from "./house.ts";
import { inputFields } from "./input.ts";

/** Reads the fields of its input off the schema; it is offered once its feature lists it. */
export function defineAction<S extends z.ZodObject, O>(declaration: ActionDeclaration<S, O>): Action<S, O> {
  return { ...declaration, fields: inputFields(declaration.input) };
}

/** The words a person writes to call it; undefined for what only buttons reach. */
export const commandOf = (action: AnyAction): string | undefined =>
  action.command === false ? undefined : (action.command ?? action.name.replace(".", " "));

export const button = <S extends z.ZodObject, O>(
  label: string,
  action: Action<S, O>,
  input: z.input<NoInfer<S>>,
  style: ButtonStyle = "plain",
): Button => ({ label, style, call: { action: action.name, input: input as Record<string, unknown> } });

/** A button that acts in the place its view was asked for in, wherever that is shown. */
export const buttonHere = <S extends z.ZodObject, O>(...given: Parameters<typeof button<S, O>>): Button => ({
  ...button(...given),
  here: true,
});

/** A button that opens a form: what is not given is asked for. */
export const formButton = <S extends z.ZodObject, O>(
  label: string,
  action: Action<S, O>,
  given: Partial<z.input<NoInfer<S>>> = {},
): Button => button(label, action, given as z.input<S>);

/** A call of an action with the input it takes; it does not compile with another. */
export const callOf = <S extends z.ZodObject, O>(action: Action<S, O>, input: z.input<NoInfer<S>>): Call => ({
  action: action.name,
  input: input as Record<string, unknown>,
});
