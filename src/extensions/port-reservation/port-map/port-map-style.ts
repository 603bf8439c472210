/**
 * The style of the page. Every state has a ground colour and a hatching in a second colour (`mark`), so that states
 * differ in brightness and pattern and not only in hue. The hues are from the palette of Okabe and Ito, which
 * colour-blind people can distinguish.
 */
import { PORT_STATES } from './port-map-layers.js';

const LIGHT = `
  color-scheme: light;
  --page: #ffffff; --ink: #1b1f23; --quiet: #565e66; --rule: #c5ccd3; --panel: #f5f7f9; --ring: #000000; --halo: #ffe14d; --link: #0b5cad;
  --Free: #e9edf0; --Free-mark: #e9edf0;
  --Dynamic: #e3eff7; --Dynamic-mark: #2f78a8;
  --Administered: #007a5a; --Administered-mark: #c9f5e6;
  --Excluded: #c75100; --Excluded-mark: #ffe3cc;
  --Reserved: #7a3aa8; --Reserved-mark: #e6d3f5;
  --InUse: #111417; --InUse-mark: #111417;`;

const DARK = `
  color-scheme: dark;
  --page: #14171a; --ink: #e8ebee; --quiet: #a7b0b8; --rule: #454d55; --panel: #1d2125; --ring: #ffffff; --halo: #b38600; --link: #7cc0ff;
  --Free: #2a3036; --Free-mark: #2a3036;
  --Dynamic: #1d3240; --Dynamic-mark: #6db8e4;
  --Administered: #2cc497; --Administered-mark: #00402e;
  --Excluded: #ff8f45; --Excluded-mark: #5c2400;
  --Reserved: #c39bf5; --Reserved-mark: #40156b;
  --InUse: #ffffff; --InUse-mark: #ffffff;`;

/** The dynamic range has no hatching, because it is the background of other ranges. */
const hatched = PORT_STATES.filter((state) => !['InUse', 'Free', 'Dynamic'].includes(state));

/** The style sheet of the port map. */
export const PORT_MAP_STYLE = `
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) { :root {${DARK}
} }
@media print { :root {${LIGHT}
} }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.625rem; line-height: 2rem; }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; }
h3 { margin: 1rem 0 .4rem; font-size: 1rem; }
.about, .help, .meaning, caption { color: var(--quiet); }
.about { margin: .25rem 0 1.5rem; }
.about time { white-space: nowrap; }
.help { margin: .5rem 0; font-size: .875rem; max-width: 34rem; }
.hatchings { position: absolute; }
.protocols { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); margin-bottom: 2rem; }
@media (min-width: 72rem) { .protocols { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.frame { display: flex; gap: .375rem; }
.axis { display: grid; grid-template-rows: repeat(16, 1fr); width: 2.5rem; flex: none; text-align: right;
  font: .6875rem/1 ui-monospace, Consolas, monospace; color: var(--quiet); }
.axis span { transform: translateY(-50%); height: 1em; }
.picture { display: block; flex: 1 1 0; min-width: 0; max-width: 512px; aspect-ratio: 1; touch-action: pan-y pinch-zoom; outline: 1px solid var(--rule); forced-color-adjust: none;
  print-color-adjust: exact; overflow: visible; }
@media (min-width: 36.5rem) { .picture { flex: none; width: 512px; height: 512px; } }
.run { shape-rendering: crispEdges; outline: none; }
.picture .run { cursor: crosshair; }
.run.Free { fill: var(--Free); }
.run.InUse { fill: var(--InUse); }
.run.Dynamic { fill: var(--Dynamic); }
.extent { fill: none; stroke: var(--Dynamic-mark); stroke-width: 1px; vector-effect: non-scaling-stroke; pointer-events: none; }
.spot { stroke-width: 4px; vector-effect: non-scaling-stroke; cursor: crosshair; }
.spot.thin { fill: none; stroke-width: 0; pointer-events: none; }
@media (max-width: 36.49rem) { .spot.thin { stroke-width: 2px; } }
${PORT_STATES.filter((state) => state !== 'Free' && state !== 'Dynamic')
  .map((state) => `.spot.${state} { stroke: var(--${state}); } .spot.${state}:not(.thin) { fill: var(--${state}); }`)
  .join('\n')}
${hatched
  .map(
    (state) =>
      `.run.${state} { fill: url(#hatch-${state}); } .ground.${state}, .run.plain.${state} { fill: var(--${state}); } .mark.${state} { stroke: var(--${state}-mark); }`,
  )
  .join('\n')}
.mark { fill: none; stroke-width: .75; }
.ring { fill: none; pointer-events: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.ring.outer { stroke: var(--halo); stroke-width: 8px; }
.ring.inner { stroke: var(--ring); stroke-width: 3px; }
.run:focus-visible { stroke: var(--ring); stroke-width: 3px; vector-effect: non-scaling-stroke; }
.detail { min-height: 9.5rem; max-width: 34rem; margin-top: .5rem; padding: .6rem .8rem; background: var(--panel); border: 1px solid var(--rule);
  border-left: 4px solid var(--quiet); border-radius: 4px; }
.detail .line { margin: 0; font-weight: 600; }
.why { margin: 0; padding: 0; list-style: none; }
.do { margin: .4rem 0 0; }
a { color: var(--link); }
.note { margin: 0 0 1rem; padding: .6rem .8rem; border: 1px solid var(--rule); border-left: 4px solid var(--Excluded); border-radius: 4px;
  background: var(--panel); max-width: 60rem; }
.owners { margin: 0; padding: 0; list-style: none; max-width: 34rem; }
.owners li { padding: .1rem 0; }
.advice { max-width: 50rem; }
.advice code { display: inline-block; max-width: 100%; font: inherit; font-weight: 600; }
.advice dt { font-weight: 600; scroll-margin-top: 1rem; }
.advice dt:target, .advice dt:focus { outline: none; text-decoration: underline; text-decoration-thickness: 3px; text-underline-offset: 4px; }
.advice dd { margin: .15rem 0 1rem; }
.advice-link { display: inline-block; padding: .25rem 0; }
.legend { margin: 0; padding: 0; list-style: none; max-width: 34rem; }
.entry { display: grid; grid-template-columns: auto 1fr auto; gap: 0 .6rem; align-items: center; padding: .2rem 0; }
.entry .count { font-variant-numeric: tabular-nums; font-weight: 600; }
.entry .meaning { grid-column: 2 / 4; font-size: .875rem; line-height: 1.35; }
.swatch { box-sizing: content-box; width: 24px; height: 16px; flex: none; vertical-align: -2px; border: 1px solid var(--quiet); forced-color-adjust: none;
  print-color-adjust: exact; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; font-size: .875rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--rule); font-weight: 400; }
thead th { font-weight: 600; border-bottom: 2px solid var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.state { white-space: nowrap; }
.because { width: 45%; }
@media (max-width: 43.99rem) {
  table, tbody { display: block; }
  caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tr { display: flex; flex-wrap: wrap; gap: 0 .4rem; padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  th, td { padding: 0; border: 0; }
  .start, .start ~ .end { font-weight: 600; }
  td.end::before { content: "\\2013\\a0"; font-weight: 400; }
  td.count::before { content: "("; }
  td.count::after { content: ")"; }
  .one .end, .one .count { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  td.state { margin-left: auto; }
  .because { width: 100%; color: var(--quiet); font-size: .9375rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .detail, .scripted, .ring { display: none; }
  .run:focus-visible { stroke: none; }
  .protocol, tr, .entry { break-inside: avoid; }
  .picture { width: 512px; height: 512px; }
}
`;
