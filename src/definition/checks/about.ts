/** Checks of the module's help topic. */
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import type { Report } from './report.js';

/** Code lines in the help topic are not wrapped, so they must fit into its width. */
export function checkAbout({ about }: DefinitionSource, report: Report): void {
  about?.sections.forEach(({ text }, index) => {
    const long = text.split('\n').find((line) => line.startsWith(' ') && line.length > 76);
    if (long !== undefined)
      report(
        pointerTo('about', 'sections', index, 'text'),
        `a line of code has more than 76 characters: '${long.trim()}'`,
      );
  });
}
