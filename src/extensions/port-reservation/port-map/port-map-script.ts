/** The script of the page. It reads only the shapes and their labels: there is no other copy of the data. */
export const PORT_MAP_SCRIPT = `'use strict';
for (const hint of document.querySelectorAll('.scripted')) hint.hidden = false;
// The range whose advice was followed last.
let returnTo = null;
for (const section of document.querySelectorAll('section.protocol')) {
  const frame = section.querySelector('.frame');
  const picture = frame.querySelector('.picture');
  const detail = section.querySelector('.detail');
  const line = detail.querySelector('.line');
  const why = detail.querySelector('.why');
  const rings = [...picture.querySelectorAll('.ring')];
  const runs = [...picture.querySelectorAll('.run')];
  const advice = detail.querySelector('.do');
  let focused = null;
  let last = null;

  const show = (run, port) => {
    const [first, ...reasons] = run ? run.getAttribute('aria-label').split('\\n') : ['No range chosen.'];
    line.textContent = port === undefined ? first : 'Port ' + port + ' \\u2013 ' + first;
    why.replaceChildren(...reasons.map((reason) => {
      const item = document.createElement('li');
      item.textContent = reason;
      return item;
    }));
    advice.hidden = !run || run.dataset.advice === '';
    advice.firstChild.setAttribute('href', '#advice-' + (run ? run.dataset.advice : ''));
    advice.firstChild.setAttribute('aria-label', 'What to do about ' + first);
    detail.dataset.start = run ? run.dataset.start : '';
    for (const ring of rings) ring.setAttribute('d', run ? run.getAttribute('d') : '');
  };

  const portAt = (event) => {
    const box = picture.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * 256);
    const row = Math.floor(((event.clientY - box.top) / box.height) * 256);
    return Math.max(0, Math.min(255, row)) * 256 + Math.max(0, Math.min(255, column));
  };

  const runOf = (element) => {
    const shape = element && element.closest('.run, .spot');
    if (!shape || !picture.contains(shape)) return null;
    return shape.matches('.run') ? shape : picture.querySelector('.run[data-start="' + shape.dataset.start + '"]');
  };
  const isQuiet = (run) => run.matches('.Free, .Dynamic');

  // A finger covers more than a port: of what it covers, the closest range that is not free is meant.
  const tapped = (event) => {
    const exact = runOf(event.target);
    if (exact && !isQuiet(exact)) return exact;
    for (let away = 2; away <= 14; away += 2) {
      for (let turn = 0; turn < 16; turn += 1) {
        const angle = (turn * Math.PI) / 8;
        const run = runOf(document.elementFromPoint(
          event.clientX + away * Math.cos(angle), event.clientY + away * Math.sin(angle)));
        if (run && !isQuiet(run)) return run;
      }
    }
    return exact;
  };

  picture.addEventListener('pointermove', (event) => {
    const run = runOf(event.target);
    if (run && event.pointerType !== 'touch') show(run, portAt(event));
  });
  picture.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch') show(focused);
  });
  picture.addEventListener('click', (event) => {
    const run = event.pointerType === 'touch' ? tapped(event) : runOf(event.target);
    if (!run) return;
    run.focus({ preventScroll: true });
    show(run, run === runOf(event.target) ? portAt(event) : undefined);
  });
  // Not on the picture: Chromium makes an SVG element that listens for focus a tab stop of its own.
  frame.addEventListener('focusin', (event) => {
    const run = event.target.closest('.run');
    if (!run) return;
    for (const other of picture.querySelectorAll('[tabindex="0"], [aria-selected]')) {
      other.setAttribute('tabindex', '-1');
      other.removeAttribute('aria-selected');
    }
    run.setAttribute('tabindex', '0');
    run.setAttribute('aria-selected', 'true');
    focused = run;
    last = run;
    show(run);
  });
  section.addEventListener('focusout', (event) => {
    // The link to the advice belongs to the range, and must stay to be followed.
    if (frame.contains(event.relatedTarget) || detail.contains(event.relatedTarget)) return;
    focused = null;
    show(null);
  });
  // From the advice and its link back to the range; from the range, nothing is chosen.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !last) return;
    if (detail.contains(event.target)) last.focus();
    else if (frame.contains(event.target)) event.target.blur();
    else if (event.target.matches('.advice dt') && returnTo === last) last.focus();
  });
  picture.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = runs.indexOf(event.target);
    if (at >= 0 && event.key === 'Enter' && !advice.hidden) {
      event.preventDefault();
      advice.firstChild.click();
    }
    const to = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      PageDown: at + 10, PageUp: at - 10, Home: 0, End: runs.length - 1,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    runs[Math.max(0, Math.min(runs.length - 1, to))].focus({ preventScroll: true });
  });

  advice.firstChild.addEventListener('click', () => { returnTo = last; });

  detail.hidden = false;
  show(null);
}
`;
