export const diary = {};
