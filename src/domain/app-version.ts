/** That of package.json; records that outlive a version of the app name it. */
export const APP_VERSION = '0.1.0';
