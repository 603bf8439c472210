/** Draws all ports of a machine as one self-contained HTML page. */
import { createHash } from 'node:crypto';
import { renderAdvice } from './port-map-advice.js';
import { Html, html } from './port-map-html.js';
import { mergePortLayers, type ProtocolPorts } from './port-map-layers.js';
import { renderHatchings, renderPicture } from './port-map-picture.js';
import { PORT_MAP_SCRIPT } from './port-map-script.js';
import { PORT_MAP_STYLE } from './port-map-style.js';
import { renderTable } from './port-map-table.js';

export type { ProtocolPorts } from './port-map-layers.js';

export interface PortMapModel {
  readonly title: string;
  readonly computerName: string;
  /** ISO 8601, such as 2025-06-30T12:00:00Z. Part of the model, so that the same model gives the same page. */
  readonly generatedAt: string;
  readonly protocols: readonly ProtocolPorts[];
  /** True if the ranges are those of the simulated computer. */
  readonly isSimulated?: boolean;
  /** One sentence about each part of the page that is incomplete. */
  readonly notes?: readonly string[];
}

/**
 * Returns the whole page. All data in it is escaped; its content security policy allows only its own style and script.
 */
export function renderPortMap(model: PortMapModel): string {
  const protocols = model.protocols.map((ports) => ({ protocol: ports.protocol, runs: mergePortLayers(ports) }));
  const title = model.isSimulated ? `${model.title} (simulated)` : model.title;
  const notes = [...(model.isSimulated ? [SIMULATED] : []), ...(model.notes ?? [])];
  const pictures = protocols.map(({ protocol, runs }) => renderPicture(protocol, runs));
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(PORT_MAP_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="about">Computer <bdi>${model.computerName}</bdi>, as of <time datetime="${model.generatedAt}">${model.generatedAt}</time>. Port 0 means “any port” and cannot be bound.</p>
${notes.map((note) => html`<p class="note">${note}</p>\n`)}</header>
<main>
${renderHatchings()}
<div class="protocols">
${pictures}
</div>
<section aria-labelledby="ranges-heading">
<h2 id="ranges-heading">All ranges that are not free</h2>
${renderTable(protocols)}
</section>
<section aria-labelledby="advice-heading">
<h2 id="advice-heading">What to do</h2>
${renderAdvice()}
</section>
</main>
<script>${new Html(PORT_MAP_SCRIPT)}</script>
</body>
</html>
`.text;
}

const SIMULATED =
  'This is the simulated computer. Its reservations and excluded ranges are not those of your computer.';

function contentSecurityPolicy(): string {
  const [style, script] = [PORT_MAP_STYLE, PORT_MAP_SCRIPT].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return `default-src 'none'; style-src ${style}; script-src ${script}; base-uri 'none'; form-action 'none'`;
}
