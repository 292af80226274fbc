// How somebody works a page: with the mouse, or with nothing but the keyboard.

/** So many times somebody presses Tab before she gives up. */
const MOST_TABS = 800;

export const MOUSE = {
  name: 'mouse',
  go: (page, target) => target.click(),
  toggle: (page, target) => target.click(),
  choose: (page, target) => target.check(),
  write: (page, target, text) => target.fill(text),
};

export const KEYBOARD = {
  name: 'keyboard',
  async go(page, target) {
    await reach(page, target);
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    await page.waitForLoadState();
  },
  async toggle(page, target) {
    await reach(page, target);
    await page.keyboard.press('Enter');
  },
  async choose(page, target) {
    await reach(page, target);
    await page.keyboard.press('Space');
  },
  async write(page, target, text) {
    await reach(page, target);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  },
};

/** Goes on by Tab until the target has the focus, and sees that the focus shows. */
async function reach(page, target) {
  await target.waitFor({ state: 'attached' });
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const here = await target.evaluate((element) => {
      if (element !== element.ownerDocument.activeElement) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { shows: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (here) {
      if (!here.shows) throw new Error(`the focus does not show on ${String(target)}`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${String(target)}`);
}
