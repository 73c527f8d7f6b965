import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';

const MAX_LEVEL = 16;
/** A press that moves less is a click. */
const CLICK_DISTANCE_PX = 4;

interface LinkedPane {
  readonly frame: HTMLElement;
  readonly sheet: HTMLElement;
  readonly behaviour: ZoomBehavior<HTMLElement, unknown>;
  width: number;
  height: number;
}

/** A rectangle of the sheet, each number a share (0..1) of its width or height. */
interface SheetRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Pan and zoom that several panes of one size share. Each pane is a frame that cuts off and a sheet in it that is moved
 * and scaled by CSS: nothing is drawn again. The sheet's `--zoom` says the level, for lines that keep their width.
 */
export class LinkedZoom {
  readonly #panes = new Set<LinkedPane>();
  readonly #listeners = new Set<() => void>();
  #transform: ZoomTransform = zoomIdentity;
  /** The pane that is being moved; the others do as it does, and what they tell is not listened to. */
  #leader: LinkedPane | null = null;

  /** 1: all of the sheet is in its frame. */
  readonly level = (): number => this.#transform.k;

  /** Calls back whenever the view has moved. @returns How to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Takes a pane in. @returns How to let it go. */
  attach(frame: HTMLElement, sheet: HTMLElement): () => void {
    const behaviour = zoom<HTMLElement, unknown>();
    const pane: LinkedPane = { frame, sheet, behaviour, width: 0, height: 0 };
    behaviour
      .scaleExtent([1, MAX_LEVEL])
      .extent(() => [
        [0, 0],
        [pane.width, pane.height],
      ])
      .clickDistance(CLICK_DISTANCE_PX)
      .filter((event: Event) => isZoomGesture(event, frame, this.#transform.k))
      .on('start', () => {
        if (this.#leader === null) this.#lead(pane);
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (this.#leader === pane) this.#follow(event.transform);
      })
      .on('end', () => {
        if (this.#leader === pane) this.#settle();
      });
    measure(pane);
    // d3 keeps an element's view in this property; without it a pane that joins late would begin at the whole sheet.
    select(frame).property('__zoom', this.#transform).call(behaviour).on('dblclick.zoom', null);
    const observer = new ResizeObserver(() => {
      // Another size is another layout: what was in view is elsewhere now.
      if (measure(pane)) this.reset();
    });
    observer.observe(frame);
    frame.addEventListener('wheel', keepPageSize, { passive: false });
    this.#panes.add(pane);
    this.#move(pane);
    sheet.style.setProperty('--zoom', String(this.#transform.k));
    return () => {
      this.#panes.delete(pane);
      if (this.#leader === pane) this.#settle();
      observer.disconnect();
      frame.removeEventListener('wheel', keepPageSize);
      select(frame).on('.zoom', null);
    };
  }

  /** Makes all larger (factor above 1) or smaller, around the middle of the view. */
  zoomBy(factor: number): void {
    const [pane] = this.#panes;
    if (pane !== undefined) pane.behaviour.scaleBy(select(pane.frame), factor);
  }

  /** Back to the whole sheet. */
  reset(): void {
    const [pane] = this.#panes;
    if (pane !== undefined) pane.behaviour.transform(select(pane.frame), zoomIdentity);
  }

  /** Moves the view so that a part of the sheet can be seen; not at all if it is in view. */
  reveal({ left, top, width, height }: SheetRect): void {
    const [pane] = this.#panes;
    if (pane === undefined) return;
    const t = this.#transform;
    const [x, y] = [t.applyX(left * pane.width), t.applyY(top * pane.height)];
    const isInside =
      x >= -1 && y >= -1 && x + width * pane.width * t.k <= pane.width + 1 && y + height * pane.height * t.k <= pane.height + 1;
    if (isInside) return;
    const [middleX, middleY] = [(left + width / 2) * pane.width, (top + height / 2) * pane.height];
    pane.behaviour.translateTo(select(pane.frame), middleX, middleY);
  }

  #lead(pane: LinkedPane): void {
    this.#leader = pane;
    for (const { frame } of this.#panes) frame.dataset['moving'] = 'true';
  }

  #follow(transform: ZoomTransform): void {
    this.#transform = transform;
    for (const pane of this.#panes) {
      this.#move(pane);
      if (pane !== this.#leader) pane.behaviour.transform(select(pane.frame), transform);
    }
    for (const listener of this.#listeners) listener();
  }

  /** Once a movement is over, marks get their width back and all is drawn sharp again: doing so in it would cost frames. */
  #settle(): void {
    this.#leader = null;
    for (const { frame, sheet } of this.#panes) {
      frame.dataset['moving'] = 'false';
      sheet.style.setProperty('--zoom', String(this.#transform.k));
    }
  }

  #move({ frame, sheet }: LinkedPane): void {
    const { k, x, y } = this.#transform;
    sheet.style.transform = k === 1 ? '' : `translate(${x}px, ${y}px) scale(${k})`;
    frame.dataset['zoomed'] = String(k > 1);
  }
}

/** Whether the pane's size has changed since it was measured last. */
function measure(pane: LinkedPane): boolean {
  const { clientWidth, clientHeight } = pane.frame;
  if (clientWidth === pane.width && clientHeight === pane.height) return false;
  pane.width = clientWidth;
  pane.height = clientHeight;
  pane.behaviour.translateExtent([
    [0, 0],
    [clientWidth, clientHeight],
  ]);
  return true;
}

/** The page itself must stay scrollable by wheel and by one finger. */
function isZoomGesture(event: Event, frame: HTMLElement, level: number): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || level > 1 || frame.contains(document.activeElement);
  if ('touches' in event) return level > 1 || (event as TouchEvent).touches.length > 1;
  return event instanceof MouseEvent && event.button === 0 && level > 1;
}

/** A pinch on the maps is for the maps, also where they are as large or as small as they get. */
function keepPageSize(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault();
}
