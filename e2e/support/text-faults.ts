/** Looks for text that cannot be read: cut off, outside the screen, or on other text. */
import type { Page } from '@playwright/test';

/**
 * Every text on the page that is cut by what holds it, lies beside the screen without a scroller around it, leaves its own
 * control or lies on another text; each with what is wrong. Text that only screen readers get does not count.
 */
export async function findTextFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    interface Piece {
      readonly node: Node;
      readonly text: string;
      readonly layer: Element | null;
      readonly box: DOMRect;
    }
    const CONTROLS = 'button, .file-button, th, td, summary, .tag';
    const SLACK_PX = 1.5;
    const faults = new Set<string>();
    const pieces: Piece[] = [];

    const isHiddenOnScreen = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { clipPath, opacity } = getComputedStyle(at);
        if (clipPath === 'inset(50%)' || opacity === '0') return true;
      }
      return false;
    };
    const layerOf = (element: Element): Element | null => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        if (at.tagName === 'DIALOG' || ['sticky', 'fixed'].includes(getComputedStyle(at).position)) return at;
      }
      return null;
    };
    /** What holds the text and cuts it; else null. */
    const findCut = (element: Element, box: DOMRect): string | null => {
      let reachesX = false;
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        const edge = at.getBoundingClientRect();
        const isOutX = box.left < edge.left - SLACK_PX || box.right > edge.right + SLACK_PX;
        const isOutY = box.top < edge.top - SLACK_PX || box.bottom > edge.bottom + SLACK_PX;
        if (/auto|scroll/.test(overflowX)) reachesX = true;
        else if (/hidden|clip/.test(overflowX) && isOutX && !reachesX) return `cut by ${at.tagName}.${at.className}`;
        if (/auto|scroll/.test(overflowY)) return null;
        if (/hidden|clip/.test(overflowY) && isOutY) return `cut by ${at.tagName}.${at.className}`;
        if (at.matches(CONTROLS) && (isOutX || isOutY)) return `leaves ${at.tagName}.${at.className}`;
        if (position === 'fixed') return null;
      }
      const isBeside = box.left < -SLACK_PX || box.right > document.documentElement.clientWidth + SLACK_PX;
      return isBeside && !reachesX ? 'beside the screen' : null;
    };

    /** Scrolled out of what scrolls it, or the end of a long name in a table, which its tooltip tells. */
    const isOutOfSight = (element: Element, box: DOMRect): boolean => {
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const { overflowY, webkitLineClamp } = getComputedStyle(at);
        const isWindow = /auto|scroll/.test(overflowY) || (webkitLineClamp !== 'none' && at.hasAttribute('title'));
        const edge = at.getBoundingClientRect();
        if (isWindow && (box.top > edge.bottom - 1 || box.bottom < edge.top + 1)) return true;
      }
      return false;
    };

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim().slice(0, 40) ?? '';
      if (element === null || text === '' || element.closest('option, svg, title, script, style') !== null) continue;
      if (!element.checkVisibility({ visibilityProperty: true }) || isHiddenOnScreen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const layer = layerOf(element);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        // Letters are lower than their line: a fifth off either end.
        const core = new DOMRect(box.left, box.top + box.height * 0.2, box.width, box.height * 0.6);
        if (isOutOfSight(element, core)) continue;
        const cut = findCut(element, core);
        if (cut !== null) faults.add(`"${text}" ${cut}`);
        pieces.push({ node, text, layer, box: core });
      }
    }
    pieces.forEach((one, i) => {
      for (const other of pieces.slice(i + 1)) {
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (one.node !== other.node && one.layer === other.layer && width > 2 && height > 2)
          faults.add(`"${one.text}" on "${other.text}"`);
      }
    });
    return [...faults];
  });
}
