/** The folder under public/model/ that the app ships and the tests read. */
export const MODEL_VERSION = 'v2.2';
