/** Removes user and computer names from a text, because a report is shared. */

export interface Identity {
  readonly userName: string;
  readonly computerName: string;
  readonly homeDirectory: string;
}

/**
 * Returns the text with the home directory, the user and the computer replaced by general names, case-insensitively.
 */
export function scrub(text: string, { userName, computerName, homeDirectory }: Identity): string {
  const steps: readonly (readonly [string, string])[] = [
    // In JSON, backslashes are doubled.
    [homeDirectory.replaceAll('\\', '\\\\'), '%USERPROFILE%'],
    [homeDirectory, '%USERPROFILE%'],
    [homeDirectory.replaceAll('\\', '/'), '%USERPROFILE%'],
    [computerName, '<computer>'],
    [userName, '<user>'],
  ];
  return steps.reduce((scrubbed, [secret, general]) => replaceWord(scrubbed, secret, general), text);
}

/** Whole words only: the user "in" is not in "instance". */
function replaceWord(text: string, secret: string, general: string): string {
  if (secret === '' || secret === '/') return text;
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'giu'), () => general);
}
