/** The picture of the ports of one protocol: 256 rows of 256 ports, one shape for each run. */

import type { Protocol } from '../ports/types.js';
import { adviceOf } from './port-map-advice.js';
import { Html, html } from './port-map-html.js';
import { PORT_STATES, type PortRun, type PortState, type RangeEvidence } from './port-map-layers.js';
import { countText, evidenceTexts, ownerText, runText, STATE_LABELS, STATE_MEANINGS } from './port-map-words.js';

/** The number of ports in a row of the picture. */
export const ROW = 256;
const LABELLED_ROWS = 16;
/**
 * In ports. Smaller runs have no hatching, because its lines could cover them, and are drawn as a spot larger than they
 * are.
 */
const HATCHED = 8;
/** In ports. Runs of up to one row are less than two pixels high on a narrow screen, and get an outline there. */
const THIN = ROW;
/** The number of owners that are listed; the table has all of them. */
const LISTED_OWNERS = 8;

/** The picture, its legend and the element that describes the focused range. */
export function renderPicture(protocol: Protocol, runs: readonly PortRun[]): Html {
  const id = protocol.toLowerCase();
  const name = protocol.toUpperCase();
  const shapes = runs.map(
    (run, index) =>
      html`<path class="run ${run.state}${run.numberOfPorts < HATCHED ? ' plain' : ''}" role="option" tabindex="${index === 0 ? 0 : -1}" data-start="${run.startPort}" data-advice="${adviceOf(run) ?? ''}" aria-label="${labelOf(run)}" d="${shapeOf(run)}"/>\n`,
  );
  const small = runs.filter(
    ({ state, numberOfPorts }) => state !== 'Free' && state !== 'Dynamic' && numberOfPorts <= THIN,
  );
  // Draw the spots last, so that no outline covers one.
  const spots = small
    .toSorted((one, other) => Number(one.numberOfPorts < HATCHED) - Number(other.numberOfPorts < HATCHED))
    .map((run) => {
      const size = run.numberOfPorts < HATCHED ? 'spot' : 'spot thin';
      return html`<path class="${size} ${run.state}" data-start="${run.startPort}" d="${shapeOf(run)}"/>\n`;
    });
  return html`<section class="protocol" id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${name} ports</h2>
<div class="frame">
<div class="axis" aria-hidden="true">${axis()}</div>
<svg class="picture" viewBox="0 0 ${ROW} ${ROW}" role="listbox" aria-label="${name}: ranges of ports" aria-describedby="${id}-help">
${shapes}<g class="spots" aria-hidden="true">${extentsOf(runs)}${spots}</g><path class="ring outer" aria-hidden="true"/><path class="ring inner" aria-hidden="true"/>
</svg>
</div>
<div class="detail" id="${id}-detail" hidden><p class="line" aria-hidden="true"></p><ul class="why" aria-hidden="true"></ul><p class="do" hidden><a class="advice-link">What to do</a></p></div>
<p class="help" id="${id}-help">256 ports a row, from port 0 at the top left to 65535 at the bottom right. <span class="scripted" hidden>Point at a range or tap it. With the keyboard, press Tab to reach the picture, then choose a range with the arrow keys, Page Up, Page Down, Home and End. Enter goes to what to do about it, Esc goes back.</span></p>
${legend(name, runs)}
${owners(name, runs)}
</section>`;
}

/** The hatchings, shared by all pictures and legends of the page. */
export function renderHatchings(): Html {
  const marks: Readonly<Partial<Record<PortState, string>>> = {
    Reserved: 'M0 1H4M1 0V4',
    Excluded: 'M-1 1L1 -1M0 4L4 0M3 5L5 3',
    Administered: 'M0 1H4',
  };
  const patterns = Object.entries(marks).map(
    ([state, mark]) =>
      html`<pattern id="hatch-${state}" width="4" height="4" patternUnits="userSpaceOnUse"><path class="ground ${state}" d="M0 0H4V4H0z"/><path class="mark ${state}" d="${mark}"/></pattern>\n`,
  );
  return html`<svg class="hatchings" width="0" height="0" aria-hidden="true" focusable="false"><defs>
${patterns}</defs></svg>`;
}

/** A small sample of a state's hatching. */
export function renderSwatch(state: PortState): Html {
  return html`<svg class="swatch" viewBox="0 0 12 8" aria-hidden="true" focusable="false"><path class="run ${state}" d="M0 0H12V8H0z"/></svg>`;
}

/** The outline of a run: a rectangle, or a stepped outline if it begins or ends within a row. */
export function shapeOf({ startPort, endPort }: Pick<PortRun, 'startPort' | 'endPort'>): string {
  const left = startPort % ROW;
  const top = Math.floor(startPort / ROW);
  const right = (endPort % ROW) + 1;
  const bottom = Math.floor(endPort / ROW) + 1;
  if (bottom - top === 1) return `M${left} ${top}H${right}V${bottom}H${left}z`;
  if (bottom - top === 2 && right <= left) {
    return `M${left} ${top}H${ROW}V${top + 1}H${left}zM0 ${top + 1}H${right}V${bottom}H0z`;
  }
  return `M${left} ${top}H${ROW}V${bottom - 1}H${right}V${bottom}H0V${top + 1}H${left}z`;
}

/** Line feeds separate the lines for the page's script. Line feeds in the data have been removed before. */
function labelOf(run: PortRun): Html {
  const lines = [runText(run), ...evidenceTexts(run)].map((line) => html`${line}`.text);
  return new Html(lines.join('&#10;'));
}

/** The outlines of the dynamic ranges. Their areas stay in the background. */
function extentsOf(runs: readonly PortRun[]): Html[] {
  const ranges = runs.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'Dynamic') as RangeEvidence[];
  return [...new Set(ranges)].map((range) => html`<path class="extent" d="${shapeOf(range)}"/>\n`);
}

/** Lists the processes that use the most ports. */
function owners(name: string, runs: readonly PortRun[]): Html {
  const byOwner = new Map<string, { ports: number; first: number }>();
  for (const { evidence, numberOfPorts, startPort } of runs) {
    for (const one of evidence) {
      if (one.kind !== 'InUse') continue;
      const known = byOwner.get(ownerText(one)) ?? { ports: 0, first: startPort };
      byOwner.set(ownerText(one), { ...known, ports: known.ports + numberOfPorts });
    }
  }
  if (byOwner.size === 0) return html``;
  const most = [...byOwner].sort(([, one], [, other]) => other.ports - one.ports || one.first - other.first);
  const rest = most.length - LISTED_OWNERS;
  const entries = most
    .slice(0, LISTED_OWNERS)
    .map(
      ([owner, { ports, first }]) =>
        html`<li><bdi>${owner}</bdi>: ${ports === 1 ? `port ${first}` : `${countText(ports)} ports, from ${first}`}</li>\n`,
    );
  return html`<h3>${name} owners: who uses the most ports</h3>
<ul class="owners">
${entries}${rest > 0 ? [html`<li>${countText(rest)} more, in the table</li>\n`] : []}</ul>`;
}

function axis(): Html[] {
  const step = (ROW * ROW) / LABELLED_ROWS;
  return Array.from({ length: LABELLED_ROWS }, (_, index) => html`<span>${index * step}</span>`);
}

function legend(name: string, runs: readonly PortRun[]): Html {
  const entries = PORT_STATES.map((state) => {
    const count = runs.reduce((sum, run) => (run.state === state ? sum + run.numberOfPorts : sum), 0);
    return html`<li class="entry">${renderSwatch(state)} <span class="name">${STATE_LABELS[state]}</span> <data class="count" value="${count}" data-state="${state}">${countText(count)}</data> <span class="meaning">${STATE_MEANINGS[state]}</span></li>\n`;
  });
  return html`<h3>${name} legend: ports in each state</h3>
<ul class="legend">
${entries}</ul>`;
}
