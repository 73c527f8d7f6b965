export const crop = {};
