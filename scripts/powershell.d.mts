export function restorePowerShell(): string;
