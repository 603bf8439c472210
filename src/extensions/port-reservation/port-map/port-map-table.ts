/** The table below the pictures, with the same information as text. */

import type { Protocol } from '../ports/types.js';
import { type AdviceKey, adviceLink, adviceOf } from './port-map-advice.js';
import { Html, html } from './port-map-html.js';
import type { PortRun, PortState, RangeEvidence } from './port-map-layers.js';
import { renderSwatch } from './port-map-picture.js';
import { countText, evidenceText, evidenceTexts, STATE_LABELS } from './port-map-words.js';

/** Has a row for every run that is not free. A dynamic range is one row, even if its ports in use divide it. */
export function renderTable(
  protocols: readonly { readonly protocol: Protocol; readonly runs: readonly PortRun[] }[],
): Html {
  const rows = protocols.flatMap(({ protocol, runs }) => rowsOf(runs).map((row) => renderRow(protocol, row)));
  if (rows.length === 0) return html`<p class="empty">Every port is free.</p>`;
  // The roles repeat the semantics of the elements, because browsers drop them if CSS lays a table out as cards.
  return html`<table role="table">
<caption>Each row is a range of consecutive ports with the same state and reasons. The deciding reason comes first.</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Protocol</th><th role="columnheader" scope="col" class="number">Start</th><th role="columnheader" scope="col" class="number">End</th><th role="columnheader" scope="col" class="number">Ports</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Process, or why</th></tr></thead>
<tbody role="rowgroup">
${rows}</tbody>
</table>`;
}

interface Row {
  readonly startPort: number;
  readonly endPort: number;
  readonly state: PortState;
  readonly why: readonly string[];
  readonly advice: AdviceKey | undefined;
}

function rowsOf(runs: readonly PortRun[]): Row[] {
  const rows = runs
    .filter(({ state }) => state !== 'Free' && state !== 'Dynamic')
    .map((run): Row => ({ ...run, why: evidenceTexts(run), advice: adviceOf(run) }));
  return [...rows, ...dynamicRows(runs)].sort(
    (one, other) => one.startPort - other.startPort || other.endPort - one.endPort,
  );
}

function dynamicRows(runs: readonly PortRun[]): Row[] {
  const remaining = new Map<RangeEvidence, number>();
  for (const run of runs) {
    for (const evidence of run.evidence) {
      if (evidence.kind !== 'Dynamic') continue;
      const count = run.state === 'Dynamic' ? run.numberOfPorts : 0;
      remaining.set(evidence, (remaining.get(evidence) ?? 0) + count);
    }
  }
  return [...remaining].map(([evidence, count]) => dynamicRow(evidence, count));
}

function dynamicRow(evidence: RangeEvidence, count: number): Row {
  const { kind, startPort, endPort } = evidence;
  const rest = `${countText(count)} of its ports ${count === 1 ? 'has' : 'have'} no other row`;
  return { startPort, endPort, state: kind, why: [`${evidenceText(evidence)}: ${rest}`], advice: 'Dynamic' };
}

function renderRow(protocol: Protocol, { startPort, endPort, state, why: texts, advice }: Row): Html {
  const link = advice ? [adviceLink(advice)] : [];
  const why = texts.map((text) => html`<li><bdi>${text}</bdi></li>`);
  const size = startPort === endPort ? ' class="one"' : '';
  return html`<tr role="row"${new Html(size)}><td role="cell" class="protocol-name">${protocol}</td><th role="rowheader" scope="row" class="number start">${startPort}</th><td role="cell" class="number end">${endPort}</td><td role="cell" class="number count">${countText(endPort - startPort + 1)}</td><td role="cell" class="state">${renderSwatch(state)} ${STATE_LABELS[state]}</td><td role="cell" class="because"><ul class="why">${why}</ul>${link}</td></tr>\n`;
}
