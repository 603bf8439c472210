export function dotnet(args: readonly string[]): string;
export function hasDotnetSdk(): boolean;
export function packageFolder(name: string, version: string): string;
