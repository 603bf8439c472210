/**
 * Renders a module's help in three formats: MAML and the about topic in the module, and reference pages in Markdown.
 */

import { dotnetType } from '../kinds/index.js';
import { paragraphs } from './plan-help.js';
import type { HelpPlan, ModulePlan, ParameterPlan, SyntaxPlan } from './plan-types.js';
import { xmlText } from './powershell-text.js';
import { finishText, renderTemplate } from './render-template.js';
import { fenced, markdown, wrapped } from './text-layout.js';

/** The folder of the last UI culture in which PowerShell looks for help, after the user's culture and its parents. */
const FOLDER = 'en-US';

/** The help files of the module, by path. */
export function renderHelp(plan: ModulePlan): Map<string, string> {
  return new Map([
    ...[...new Set(plan.help.map(({ helpFile }) => helpFile))].map((file): [string, string] => {
      const topics = plan.help.filter(({ helpFile }) => helpFile === file);
      const data = { ...plan, topics, paras, linksOf, pipelineText, dotnetType };
      return [`${FOLDER}/${file}`, renderTemplate('help.xml.ejs', data, xmlText)];
    }),
    [
      `${FOLDER}/${plan.about.topic}.help.txt`,
      renderTemplate('about.help.txt.ejs', { ...plan, wrap: (text: string) => wrapped(text) }, String),
    ],
  ]);
}

/** The reference pages by file name: one for each command, one for the about topic, and an index. */
export function renderReference(plan: ModulePlan): Map<string, string> {
  const common = { ...plan, prose, sectionProse, fenced, syntaxLine, pipelineText, dotnetType, paragraphs };
  const page = (template: string, more: object = {}) =>
    finishText(renderTemplate(template, { ...common, ...more }, markdown));
  return new Map([
    ['README.md', page('reference-index.md.ejs')],
    [`${plan.about.topic}.md`, page('reference-about.md.ejs')],
    ...plan.help.map((topic): [string, string] => [`${topic.name}.md`, page('reference.md.ejs', { topic })]),
  ]);
}

/** Paragraphs of MAML, with an empty one if there is no text, because a description must contain one. */
function paras(texts: readonly string[]): string {
  return (texts.length === 0 ? [''] : texts).map((text) => `<maml:para>${xmlText(text)}</maml:para>\n`).join('');
}

/** The online page must be first, because `Get-Help -Online` opens the first address. */
function linksOf({ online, links, related }: HelpPlan): { text: string; uri: string }[] {
  return [
    ...(online === undefined ? [] : [{ text: 'Online Version:', uri: online }]),
    // PowerShell shows the text and the address.
    ...links.map((uri) => ({ text: uri, uri: '' })),
    ...related.map((text) => ({ text, uri: '' })),
  ];
}

function pipelineText({ help: { pipeline } }: ParameterPlan): string {
  if (pipeline === undefined) return 'False';
  return pipeline === 'value' ? 'True (ByValue, ByPropertyName)' : 'True (ByPropertyName)';
}

/** The syntax as `Get-Command -Syntax` writes it. */
export function syntaxLine(topic: Pick<HelpPlan, 'name'>, { parameters }: SyntaxPlan): string {
  return [topic.name, ...parameters.map(syntaxOf), '[<CommonParameters>]'].join(' ');
}

function syntaxOf({ name, type, help }: ParameterPlan): string {
  if (type === 'switch') return `[-${name}]`;
  const key = help.position === undefined ? `-${name}` : `[-${name}]`;
  const whole = `${key} <${dotnetType(type).replace(/^.*\./, '')}>`;
  return help.mandatory ? whole : `[${whole}]`;
}

function prose(texts: readonly string[]): string {
  return texts.map(markdown).join('\n\n');
}

/** Paragraphs; indented ones become code. */
function sectionProse(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .map((part) => (/^ /.test(part) ? fenced(part.replaceAll(/^ {4}/gm, ''), 'powershell') : markdown(part.trim())))
    .join('\n\n');
}
