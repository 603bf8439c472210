/** A definition in the short form. */
export interface ScaleDefinition {
  readonly name: string;
  readonly library: Readonly<Record<string, string>>;
  readonly types: readonly string[];
  readonly functions: readonly string[];
  readonly cmdlets: Readonly<Record<string, string>>;
}

export const REAL_CALL: { readonly script: string; readonly returned: string };

export function scaleDefinition(count: number): ScaleDefinition;
