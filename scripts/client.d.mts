export function buildClient(target: string, checkout?: string): string[];
