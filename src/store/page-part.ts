/** The parts of the page of one photo, of which a narrow screen shows one at a time. */
export const PAGE_PARTS = ['result', 'maps', 'tools'] as const;
export type PagePart = (typeof PAGE_PARTS)[number];
