/* What is only convenience: every page does the same without this file. */
(() => {
  // The summary of errors is read first; the browser would leave focus at the top.
  const summary = document.querySelector('[data-summary]');
  if (summary) summary.focus();

  // A list is narrowed by name as one types; without this, by the button.
  const name = document.querySelector('input[data-narrows]');
  if (name) {
    const rows = [...document.querySelectorAll('[data-name]')];
    const said = document.querySelector('[data-said]');
    name.addEventListener('input', () => {
      const wanted = name.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !(row.dataset.name ?? '').includes(wanted);
        if (!row.hidden) shown += 1;
      }
      if (said) said.textContent = wanted === '' ? '' : `${shown} av ${rows.length} visas`;
    });
  }

  // What was typed is not lost by a click beside it.
  const form = document.querySelector('form[data-guarded]');
  if (form) {
    let changed = form.dataset.guarded === 'changed';
    form.addEventListener('input', () => (changed = true));
    form.addEventListener('submit', () => (changed = false));
    window.addEventListener('beforeunload', (event) => {
      if (changed) event.preventDefault();
    });
  }

  for (const print of document.querySelectorAll('[data-print]')) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
})();
